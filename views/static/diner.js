// @ts-check
// Keeps the page of a lot on the phone of whoever scanned it: the page that was just read, and those that are scanned next.

void keep();

async function keep() {
  if (document.body.classList.contains('is-kept')) return;
  const scope = location.pathname.startsWith('/lot/') ? '/lot/' : '/01/';
  const registered = await navigator.serviceWorker
    ?.register('/static/diner-worker.js', { scope })
    .catch(() => undefined);
  if (registered === undefined) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(location.href);
}
