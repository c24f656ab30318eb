import { useState } from 'react';

/**
 * What is being typed, kept on the device at every key until it has been handed over; sealed like everything else the
 * phone keeps. Each official's own: a phone may change hands.
 */
const drafts = new Map<string, string>();
let put: (name: string, value: string | undefined) => void = () => undefined;

/** Takes up what was begun before, and says where it is kept from now on. */
export function openDrafts(begun: Iterable<readonly [string, string]>, keep: typeof put): void {
  drafts.clear();
  for (const [name, value] of begun) drafts.set(name, value);
  put = keep;
}

export function useDraft<T extends object>(official: string, of: string, begin: () => T) {
  const name = `${official}:${of}`;
  const [draft, show] = useState<T>(() => {
    const kept = drafts.get(name);
    return kept === undefined ? begin() : { ...begin(), ...(JSON.parse(kept) as Partial<T>) };
  });
  const change = (part: Partial<T>): void => {
    show((now) => {
      const next = { ...now, ...part };
      const value = JSON.stringify(next);
      drafts.set(name, value);
      put(name, value);
      return next;
    });
  };
  const done = (): void => {
    drafts.delete(name);
    put(name, undefined);
  };
  return { draft, change, done };
}
