import { useSyncExternalStore } from 'react';
import { t } from './english.ts';

/** A sentence at the foot of the screen; with `undo` it can be taken back for ten seconds. */
interface Toast {
  readonly id: number;
  readonly text: string;
  readonly undo: (() => void) | undefined;
}

const UNDO_MS = 10_000;
const READ_MS = 5_000;

let toasts: readonly Toast[] = [];
let last = 0;
const listeners = new Set<() => void>();

function put(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const drop = (id: number): void => put(toasts.filter((t) => t.id !== id));

/** Tells what has happened, and offers to take it back when that can be done. */
export function tell(text: string, undo?: () => void): void {
  const id = ++last;
  // Said twice it stands once: two of the same cover what was just written.
  put([...toasts.filter((other) => other.text !== text || other.undo !== undefined).slice(-2), { id, text, undo }]);
  setTimeout(() => drop(id), undo === undefined ? READ_MS : UNDO_MS);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map(({ id, text, undo }) => (
        <div key={id} className="toast">
          <span>{text}</span>
          {undo !== undefined && (
            <button
              type="button"
              onClick={() => {
                drop(id);
                undo();
              }}
            >
              {t('撤销')}
            </button>
          )}
          <button type="button" aria-label={t('关闭')} onClick={() => drop(id)}>
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
