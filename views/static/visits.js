// @ts-check
// The list of visits on a phone: sorts by where it is, keeps each open visit for a cellar, sends what waits.
import { visitQueue } from './visit-queue.js';

const kept = 'bright-kitchen.visits.2';
const mostKept = 30;

const note = document.getElementById('queue');
if (note !== null) {
  const queue = visitQueue(note);
  void queue.show();
  if (navigator.onLine) void queue.start();
}
bindPosition();
void keepVisits();

function bindPosition() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-sorting]'));
  const button = /** @type {HTMLButtonElement | null} */ (form?.querySelector('[data-here]') ?? null);
  if (form === null || button === null || !('geolocation' in navigator)) return;
  button.hidden = false;
  button.addEventListener('click', () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        /** @param {string} name */
        const field = (name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
        field('lat').value = coords.latitude.toFixed(5);
        field('lon').value = coords.longitude.toFixed(5);
        field('near').value = '';
        field('sort').value = 'near';
        form.requestSubmit();
      },
      () => {
        const said = form.querySelector('[data-said]');
        if (said !== null) said.textContent = form.dataset['noPosition'] ?? '';
      },
      { timeout: 10_000, maximumAge: 60_000 },
    );
  });
}

/** The visits of the day are kept on the phone as they stand, to be opened where there is no signal. */
async function keepVisits() {
  const worker = await navigator.serviceWorker
    ?.register('/static/visit-worker.js', { scope: '/visits' })
    .catch(() => undefined);
  if (worker === undefined || !navigator.onLine) return;
  const links = [...document.querySelectorAll('[data-visits] a[href^="/visits/"]')].slice(0, mostKept);
  const cache = await caches.open(kept);
  for (const link of links) {
    const path = new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname;
    const answer = await fetch(path, { headers: { accept: 'text/html' } }).catch(() => undefined);
    if (answer?.ok && !answer.redirected) await cache.put(path, answer);
  }
  document.documentElement.dataset['visitsKept'] = String(links.length);
}
