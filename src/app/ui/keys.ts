import { useEffect, useRef } from 'react';

type Keys = Record<string, ((event: KeyboardEvent) => void) | undefined>;

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The screens that listen, the one that came last at the end: a form that was opened hears before the page it is on. */
const screens: { readonly current: Keys }[] = [];

function onKey(event: KeyboardEvent): void {
  if (event.isComposing || event.altKey || event.defaultPrevented) return;
  // Over the page lies something that has to be answered first; the browser closes it by Escape, if nobody takes the key.
  if (document.querySelector('dialog:modal') !== null) return;
  const strong = event.ctrlKey || event.metaKey;
  // Keys with Ctrl are taken on the way down, before a field makes something of its own of them.
  if (strong !== (event.eventPhase === Event.CAPTURING_PHASE)) return;
  const name = strong ? `Ctrl+${event.key}` : event.key;
  const take = screens.findLast(({ current }) => current[name] !== undefined)?.current[name];
  if (take === undefined) return;
  if (strong) event.stopPropagation();
  if (isWriting(event.target) && !strong && event.key !== 'Escape') return;
  const onControl = event.target instanceof HTMLElement && /^(BUTTON|A)$/.test(event.target.tagName);
  if (event.key === 'Enter' && !strong && onControl) return;
  event.preventDefault();
  take(event);
}

/**
 * Keys of a screen: `{ j: next, Enter: open, 'Ctrl+Enter': send }`. A plain key is not taken from somebody
 * who is writing; `Escape` and the ones with Ctrl are.
 */
export function useKeys(keys: Keys): void {
  const held = useRef(keys);
  held.current = keys;
  useEffect(() => {
    if (screens.length === 0) {
      document.addEventListener('keydown', onKey, true);
      document.addEventListener('keydown', onKey);
    }
    screens.push(held);
    return () => {
      screens.splice(screens.indexOf(held), 1);
      if (screens.length > 0) return;
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
}
