// @ts-check
// Keeps the visits of the day and what their pages are made of on the phone, so that they open without signal. It sends nothing itself.
/// <reference lib="webworker" />

const kept = 'bright-kitchen.visits.2';
const patienceMs = 4_000;
const made = [
  '/static/look.css',
  '/static/product.css',
  '/static/trace.css',
  '/static/mark.svg',
  '/static/icons.svg',
  '/static/visits.js',
  '/static/visit.js',
  '/static/visit-queue.js',
  '/static/search-key.js',
  '/static/vendor/htmx.min.js',
];

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

worker.addEventListener('install', (event) => {
  event.waitUntil(keepParts().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate' && /^\/visits(\/\d+)?$/.test(pathname)) event.respondWith(page(request, pathname));
  else if (made.includes(pathname)) event.respondWith(part(request));
});

async function keepParts() {
  const cache = await caches.open(kept);
  await cache.addAll(made.map((path) => new Request(path, { cache: 'reload' })));
}

/**
 * The page as the server has it; the one of last time where there is no signal.
 * @param {Request} request
 * @param {string} path
 */
async function page(request, path) {
  const cache = await caches.open(kept);
  const fresh = fetch(request).then(async (response) => {
    await keepPage(cache, path, response);
    return response;
  });
  return firstOf(fresh, await cache.match(path));
}

/**
 * Whoever has signed out leaves nothing of theirs on the phone.
 * @param {Cache} cache
 * @param {string} path
 * @param {Response} response
 */
async function keepPage(cache, path, response) {
  if (response.ok && response.type === 'basic' && !response.redirected) await cache.put(path, response.clone());
  else if (response.type === 'opaqueredirect' || response.status === 401 || response.status === 403)
    await caches.delete(kept);
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
