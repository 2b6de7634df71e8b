// @ts-check
// Keeps the pages of lots that somebody scanned on the phone, so that they open without signal: marked as kept, never as new.
/// <reference lib="webworker" />

const kept = 'bright-kitchen.diner.1';
const patienceMs = 6_000;
const mostPages = 30;
const made = [
  '/static/look.css',
  '/static/product.css',
  '/static/trace.css',
  '/static/mark.svg',
  '/static/icons.svg',
  '/static/diner.js',
];

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (globalThis));

worker.addEventListener('install', (event) => {
  const keep = async () => (await caches.open(kept)).addAll(made.map((path) => new Request(path, { cache: 'reload' })));
  event.waitUntil(keep().then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(worker.clients.claim());
});

// The page that brought this worker was read before it was there.
worker.addEventListener('message', (event) => {
  const url = String(event.data);
  if (!url.startsWith(`${worker.location.origin}/`)) return;
  event.waitUntil(fetch(url, { headers: { accept: 'text/html' } }).then((response) => keepPage(url, response)));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (made.includes(pathname)) event.respondWith(part(request));
});

/**
 * What the server says now. Only where it cannot be reached the page of last time, which says on top that it is old:
 * a lot may have been recalled since.
 * @param {Request} request
 */
async function page(request) {
  try {
    const response = await Promise.race([fetch(request), tooLate()]);
    await keepPage(request.url, response.clone());
    return response;
  } catch (error) {
    const last = await (await caches.open(kept)).match(request.url, { ignoreVary: true });
    if (last === undefined) throw error;
    const text = (await last.text()).replace('<body>', '<body class="is-kept">');
    return new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } });
  }
}

/** @returns {Promise<never>} */
function tooLate() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('no answer in time')), patienceMs));
}

/**
 * The oldest goes when there are too many; a page that is gone is not kept either, nor one with somebody's name on it.
 * @param {string} url
 * @param {Response} response
 */
async function keepPage(url, response) {
  const cache = await caches.open(kept);
  if (!response.ok || response.type !== 'basic' || response.redirected) return;
  const text = await response.text();
  await cache.delete(url);
  if (text.includes('action="/sign-out"')) return;
  await cache.put(url, new Response(text, { headers: { 'content-type': 'text/html; charset=utf-8' } }));
  const pages = (await cache.keys()).filter((each) => !new URL(each.url).pathname.startsWith('/static/'));
  await Promise.all(pages.slice(0, Math.max(0, pages.length - mostPages)).map((each) => cache.delete(each)));
}

/** @param {Request} request */
async function part(request) {
  const fresh = await fetch(request).catch(() => undefined);
  return fresh ?? (await (await caches.open(kept)).match(request, { ignoreVary: true })) ?? Response.error();
}
