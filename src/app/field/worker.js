/**
 * Opens the room without network: every file of this build is fetched once and answered from here. A new build waits
 * until the person says so (新版本，点一下更新): nothing changes under a half-written note.
 *
 * The two lines below are filled in by the build (`vite.config.ts`).
 */
const VERSION = '__VERSION__';
const FILES = __FILES__;
const PAGE = '/field';
const CACHE = `field-${VERSION}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(CACHE);
      await cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })));
      // The first one has nobody to wait for.
      if (self.registration.active === null) await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('field-') && name !== CACHE) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  if (event.data === 'now') void self.skipWaiting();
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  const room = request.mode === 'navigate' && (url.pathname === PAGE || url.pathname.startsWith(`${PAGE}/`));
  if (!room && !FILES.includes(url.pathname)) return;
  event.respondWith(
    (async () => {
      const kept = await caches.match(room ? PAGE : url.pathname, { cacheName: CACHE });
      return kept ?? (await fetch(request));
    })(),
  );
});
