import { useSyncExternalStore } from 'react';
import { takeFilling } from './filling.ts';

/** Where in the room we are: the address is the only state of navigation. */
const listeners = new Set<() => void>();
const tellAll = (): void => {
  // What was begun on the page left is not part of what is written on the next.
  takeFilling();
  listeners.forEach((listener) => listener());
};

const subscribe = (listener: () => void) => {
  if (listeners.size === 0) addEventListener('popstate', tellAll);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) removeEventListener('popstate', tellAll);
  };
};

export const usePlace = (): string => useSyncExternalStore(subscribe, () => location.pathname + location.search);

/** Goes to a page of this room. @param replace the page left is not one to come back to */
export function go(place: string, { replace = false }: { replace?: boolean } = {}): void {
  if (replace) history.replaceState(null, '', place);
  else history.pushState({ within: true }, '', place);
  tellAll();
  scrollTo(0, 0);
}

/** Back to the page before, or to `otherwise` when this page was opened first. */
export function back(otherwise: string): void {
  if ((history.state as { within?: boolean } | null)?.within === true) history.back();
  else go(otherwise, { replace: true });
}

/** The parts of a path that a pattern like `/field/sign/:visit` names; undefined when it is another path. */
export function matched(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.replace(/\/$/, '').split('/');
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i]!;
    if (part.startsWith(':')) found[part.slice(1)] = value;
    else if (part !== value) return undefined;
  }
  return found;
}
