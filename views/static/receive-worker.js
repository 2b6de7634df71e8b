// @ts-check
// Keeps the receiving page and what it is made of on the phone, so that it opens without signal. It sends nothing itself.
/// <reference lib="webworker" />

const kept = 'bright-kitchen.receive.3';
const patienceMs = 4_000;
const made = [
  '/static/look.css',
  '/static/product.css',
  '/static/trace.css',
  '/static/mark.svg',
  '/static/icons.svg',
  '/static/scan.js',
  '/static/receive.js',
  '/static/receive-camera.js',
  '/static/receive-rows.js',
  '/static/receive-told.js',
  '/static/receive-queue.js',
  '/static/scanner-keys.js',
  '/static/search-key.js',
  '/static/vendor/htmx.min.js',
  '/static/vendor/zxing-reader.js',
  '/static/vendor/zxing_reader.wasm',
];

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

worker.addEventListener('install', (event) => {
  event.waitUntil(keepParts().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && pathname === '/receive') event.respondWith(page(request));
  else if (made.includes(pathname)) event.respondWith(part(request));
});

async function keepParts() {
  const cache = await caches.open(kept);
  await cache.addAll(made.map((path) => new Request(path, { cache: 'reload' })));
  await keepPage(cache, await fetch('/receive', { headers: { accept: 'text/html' }, redirect: 'manual' }));
}

async function forgetOlder() {
  const names = await caches.keys();
  await Promise.all(
    names
      .filter((name) => name.startsWith('bright-kitchen.receive') && name !== kept)
      .map((name) => caches.delete(name)),
  );
}

/**
 * The page as the server has it; the one of last time where there is no signal.
 * @param {Request} request
 */
async function page(request) {
  const cache = await caches.open(kept);
  const fresh = fetch(request).then(async (response) => {
    if (new URL(request.url).search === '') await keepPage(cache, response);
    return response;
  });
  return firstOf(fresh, await cache.match('/receive'));
}

/**
 * Whoever has signed out, or may no longer receive, leaves nothing of theirs on the phone.
 * @param {Cache} cache
 * @param {Response} response
 */
async function keepPage(cache, response) {
  if (response.ok && response.type === 'basic' && !response.redirected) await cache.put('/receive', response.clone());
  else if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403)
    await cache.delete('/receive');
}

/** @param {Request} request */
async function part(request) {
  const cache = await caches.open(kept);
  const fresh = fetch(request).then(async (response) => {
    if (response.ok) await cache.put(request, response.clone());
    return response;
  });
  return firstOf(fresh, await cache.match(request, { ignoreSearch: true }));
}

/**
 * The server's answer while somebody would wait for it, else what was kept.
 * @param {Promise<Response>} fresh
 * @param {Response | undefined} last
 */
async function firstOf(fresh, last) {
  if (last === undefined) return fresh;
  const tooLate = new Promise((resolve) => setTimeout(resolve, patienceMs));
  const answer = await Promise.race([fresh.catch(() => undefined), tooLate]);
  fresh.catch(() => undefined);
  return answer instanceof Response ? answer : last;
}
