import { useState } from 'react';

/**
 * What is being typed, kept on the device at every key until it has been handed over. Each official's own:
 * a phone may change hands.
 */
const nameOf = (official: string, of: string): string => `field:${official}:draft:${of}`;

export function useDraft<T extends object>(official: string, of: string, begin: () => T) {
  const name = nameOf(official, of);
  const [draft, put] = useState<T>(() => {
    const kept = localStorage.getItem(name);
    return kept === null ? begin() : { ...begin(), ...(JSON.parse(kept) as Partial<T>) };
  });
  const change = (part: Partial<T>): void => {
    put((now) => {
      const next = { ...now, ...part };
      localStorage.setItem(name, JSON.stringify(next));
      return next;
    });
  };
  return { draft, change, done: () => localStorage.removeItem(name) };
}

/** Removes all this room keeps on the device for an official. */
export function forgetAll(official: string): void {
  for (const name of Object.keys(localStorage))
    if (name.startsWith(`field:${official}:`)) localStorage.removeItem(name);
}
