import { useSyncExternalStore } from 'react';

/** A newer build is here and waits for the person. */
let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();
const tell = (): void => listeners.forEach((listener) => listener());
const AGAIN_MS = 30 * 60_000;

/** Installs the worker that opens the room without network, and watches for newer builds. */
export function installWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  const worker = navigator.serviceWorker;
  const begun = worker.controller !== null;
  worker.addEventListener('controllerchange', () => {
    // The first worker takes over a page of the same build; a later one comes because the person asked for it.
    if (begun) location.reload();
  });
  worker
    .register('/field-sw.js', { scope: '/field', updateViaCache: 'none' })
    .then((registration) => {
      const look = (): void => {
        waiting = begun ? registration.waiting : null;
        tell();
      };
      registration.addEventListener('updatefound', () =>
        registration.installing?.addEventListener('statechange', look),
      );
      look();
      setInterval(() => void registration.update().catch(() => undefined), AGAIN_MS);
    })
    // Plain HTTP, or a browser that forbids it: the room works as long as there is a line.
    .catch(() => undefined);
}

export const useUpdate = (): (() => void) | undefined =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (waiting === null ? undefined : update),
  );

// A worker, not a window: it has no target.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const update = (): void => waiting?.postMessage('now');
