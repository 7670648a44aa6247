/**
 * Keeps the app itself readable without the server: the page is asked of the server first, its hashed assets of the cache first. Answers of
 * the API are never kept here; the app stores the last list by itself.
 */
const CACHE = 'segue-app-1';

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(['/', '/favicon.svg', '/manifest.webmanifest']))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

async function kept(request, key) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(key);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(key, answer.clone());
  return answer;
}

async function fresh(request) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put('/', answer.clone());
    return answer;
  } catch (error) {
    const found = await cache.match('/');
    if (found) return found;
    throw error;
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith('/assets/')) event.respondWith(kept(request, url.pathname));
  else if (request.mode === 'navigate' && url.pathname === '/') event.respondWith(fresh(request));
});

// The first visit's assets were loaded before this worker was there: the page names them. Now and then Chromium's claim at activation misses that
// page, which would then stay without this worker until it is loaded again: it is claimed here once more.
self.addEventListener('message', (event) => {
  if (!Array.isArray(event.data)) return;
  const paths = event.data.filter((path) => typeof path === 'string' && /^\/assets\/[\w.-]+$/.test(path)).slice(0, 100);
  event.waitUntil(Promise.allSettled([self.clients.claim(), ...paths.map((path) => kept(path, path))]));
});
