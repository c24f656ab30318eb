import { useSyncExternalStore } from 'react';
import { languageTag } from '../../language/saying.ts';

/** How a person likes to see the screens: kept on the device, the same in every room. */
const switches = { theme: 'dark', type: 'large' } as const;
type Switch = keyof typeof switches;

const listeners = new Set<() => void>();
const isOn = (name: Switch): boolean => document.documentElement.dataset[name] === switches[name];

function set(name: Switch, on: boolean): void {
  if (on) document.documentElement.dataset[name] = switches[name];
  else delete document.documentElement.dataset[name];
}

function followStored(): void {
  for (const name of Object.keys(switches) as Switch[]) set(name, localStorage.getItem(name) === switches[name]);
  for (const listener of listeners) listener();
}

/** Puts what was chosen before onto the page, and what is chosen in another window; call it before the first paint. */
export function restoreAppearance(): void {
  document.documentElement.lang = languageTag();
  followStored();
  addEventListener('storage', followStored);
}

/** Turns dark or large type on or off, here and in the other rooms on this device. */
export function turn(name: Switch, on: boolean): void {
  set(name, on);
  if (on) localStorage.setItem(name, switches[name]);
  else localStorage.removeItem(name);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Whether dark and large type are on; follows the switches. */
export const useAppearance = (): { dark: boolean; large: boolean } => {
  const dark = useSyncExternalStore(subscribe, () => isOn('theme'));
  const large = useSyncExternalStore(subscribe, () => isOn('type'));
  return { dark, large };
};
