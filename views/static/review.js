// Keys, frames and the clock of the review desk. Everything here also works as links and forms without it.
import { openAhead } from './review-ahead.js';

const main = document.getElementById('main');
const ahead = openAhead(main);

// A form was sent and is not answered yet.
let busy = false;
// What was pressed on a flag that is shown before the answer came: it waits for it.
let waiting = null;
// The key that takes a verdict back was pressed before its button came with the answer.
let takeBack = false;
let boxesHidden = false;
let visibleMs = 0;
let since = null;

const show = (on) => {
  if (on && since === null) since = performance.now();
  if (!on && since !== null) {
    visibleMs += performance.now() - since;
    since = null;
  }
};

// The clock starts when the picture can be seen, and stands still while the page cannot.
const start = () => {
  visibleMs = 0;
  since = null;
  const picture = document.getElementById('frame');
  if (!picture) return;
  const begin = () => show(document.visibilityState === 'visible');
  if (picture.complete) begin();
  else picture.addEventListener('load', begin, { once: true });
  for (const link of main.querySelectorAll('.frames [data-picture]')) new Image().src = link.dataset.picture;
  main.querySelector('[data-play]')?.removeAttribute('hidden');
};

const showFrame = (link) => {
  const picture = document.getElementById('frame');
  if (!picture || !link) return;
  picture.src = link.dataset.picture;
  const boxes = main.querySelector('.view .boxes');
  if (boxes) boxes.toggleAttribute('hidden', link.dataset.own !== 'yes');
  // What is reported as missed is on the frame that is seen.
  const at = main.querySelector('.missed input[name=at]');
  if (at) at.value = link.dataset.at;
  for (const other of main.querySelectorAll('.frames a')) other.removeAttribute('aria-current');
  link.setAttribute('aria-current', 'true');
};

const nextFrame = () => {
  const links = [...main.querySelectorAll('.frames [data-picture]')];
  const now = links.findIndex((link) => link.hasAttribute('aria-current'));
  showFrame(links[(now + 1) % links.length]);
};

// The stills a lookout decided from, as a clip: the last one is the flag's own, and stays.
const stillMs = 500;
let playing;
const playHeld = () => {
  clearInterval(playing);
  const links = [...main.querySelectorAll('.frames [data-held]')];
  playing = setInterval(() => {
    const link = links.shift();
    if (link?.isConnected) showFrame(link);
    else clearInterval(playing);
  }, stillMs);
};

// By the place of the key, so that an input method or caps lock changes nothing.
const keyOf = (event) => {
  if (event.key === '?') return '?';
  if (event.code === 'Space') return 'Space';
  if (event.code.startsWith('Key')) return event.code.slice(3);
  if (/^(Digit|Numpad)[0-9]$/.test(event.code)) return event.code.slice(-1);
  return '';
};

const typing = (target) => target.matches('textarea, select, input:not([type=radio]):not([type=checkbox])');

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const key = keyOf(event);
  if (key === '?') {
    document.getElementById('keys')?.togglePopover();
    event.preventDefault();
    return;
  }
  if (key === 'Space' && main.querySelector('.frames')) {
    nextFrame();
    event.preventDefault();
    return;
  }
  if (key === '') return;
  if (key === 'B') {
    boxesHidden = !boxesHidden;
    applyBoxes();
    event.preventDefault();
    return;
  }
  const missed = main.querySelector('.missed');
  if (key === 'R' && missed) {
    missed.open = !missed.open;
    event.preventDefault();
    return;
  }
  // One press opened the list; the second is the kind.
  const named = missed?.open ? missed.querySelector(`[data-missed-key="${key}"]`) : null;
  const pressed = named ?? main.querySelector(`[aria-keyshortcuts="${key}"]`);
  if (!pressed) {
    takeBack = busy && key === 'Z';
    return;
  }
  event.preventDefault();
  pressed.click();
  // A flag is of one kind: its number corrects and confirms at once, and Z takes it back.
  if (pressed.matches('input[type=radio]')) main.querySelector('#verdict [value=confirmed]')?.click();
});

const applyBoxes = () => document.body.classList.toggle('boxes-hidden', boxesHidden);

// Across the picture with a finger: left clears, right confirms. Up and down scroll as ever.
let touch = null;
const leastSwipePx = 80;
document.addEventListener('touchstart', (event) => {
  const [finger] = event.touches;
  const onStage = event.touches.length === 1 && event.target.closest('.stage .view');
  touch = onStage ? { x: finger.clientX, y: finger.clientY } : null;
});
document.addEventListener('touchend', (event) => {
  if (touch === null) return;
  const [finger] = event.changedTouches;
  const [x, y] = [finger.clientX - touch.x, finger.clientY - touch.y];
  touch = null;
  if (Math.abs(x) < leastSwipePx || Math.abs(y) > Math.abs(x) / 2) return;
  main.querySelector(`#verdict [value=${x < 0 ? 'cleared' : 'confirmed'}]`)?.click();
});

// A closed tab gives its flag back at once; the lease that is named is this page's own.
window.addEventListener('pagehide', () => {
  const [flag, until] = main.querySelector('[data-lease]')?.dataset.lease.split(' ') ?? [];
  if (flag && !busy) navigator.sendBeacon('/review/lease-end', new URLSearchParams({ flag, until }));
});
// Back from the browser's memory the flag may be another's: ask anew.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-play]')) playHeld();
  const link = event.target.closest('.frames [data-picture]');
  if (!link) return;
  clearInterval(playing);
  event.preventDefault();
  showFrame(link);
});

document.addEventListener(
  'submit',
  (event) => {
    show(false);
    if (busy) {
      waiting = event.submitter;
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const field = event.target.querySelector('input[name=ms]');
    if (field) field.value = String(Math.round(visibleMs));
    busy = true;
  },
  true,
);

// Of an audited frame that is confirmed without a kind the answer is a question: the next flag waits for it.
const isWhole = ({ verdict }) =>
  verdict !== 'confirmed' ||
  main.querySelector('input[name=kinds]') === null ||
  main.querySelector('input[name=kinds]:checked') !== null;

document.body.addEventListener('htmx:configRequest', ({ detail }) => {
  const flag = ahead.flag();
  if (detail.elt.id !== 'verdict' || flag === undefined || !isWhole(detail.parameters)) return;
  detail.parameters.ahead = flag;
  detail.elt.addEventListener('htmx:beforeSend', () => queueMicrotask(showAhead), { once: true });
  // Its form has left the page by then, so that it is told there.
  for (const failed of ['htmx:sendError', 'htmx:timeout', 'htmx:abort'])
    detail.elt.addEventListener(failed, () => answered(ahead.comeBack));
});

const showAhead = () => {
  if (ahead.show()) start();
};

/** What waits is pressed on the flag it was meant for, which is still shown, or not at all. */
const answered = (act) => {
  const pressed = waiting;
  [busy, waiting] = [false, null];
  act();
  if (act === ahead.comeBack) return start();
  countDown();
  const again = pressed?.closest('#undo') ? main.querySelector('#undo button') : pressed;
  if (again?.isConnected) again.click();
};

document.body.addEventListener('htmx:beforeSwap', ({ detail }) => {
  if (detail.target !== main || detail.xhr.getResponseHeader('desk-shown') === null) return;
  detail.shouldSwap = false;
  answered(() => ahead.settle(detail.serverResponse));
});

document.addEventListener('visibilitychange', () => {
  if (document.getElementById('frame')?.complete) show(document.visibilityState === 'visible');
});
// The bar stands outside of what is swapped; its numbers follow.
const countDown = () => {
  const counts = main.querySelector('[data-bar]')?.dataset.bar;
  for (const [path, count] of Object.entries(JSON.parse(counts ?? '{}'))) {
    for (const place of document.querySelectorAll(
      `.bar-nav a[href="${path}"] .count, .menu-nav a[href="${path}"] span`,
    ))
      place.textContent = count;
  }
};

document.body.addEventListener('htmx:afterSwap', (event) => {
  if (event.detail.target !== main) return;
  [busy, waiting] = [false, null];
  ahead.prepare();
  start();
  countDown();
});
document.body.addEventListener('htmx:afterSettle', ({ detail }) => {
  if (detail.target !== main) return;
  const wanted = takeBack;
  takeBack = false;
  if (wanted) main.querySelector('#undo button')?.click();
});
for (const failed of ['htmx:sendError', 'htmx:responseError', 'htmx:timeout']) {
  document.body.addEventListener(failed, () => {
    [busy, takeBack] = [false, false];
    show(document.visibilityState === 'visible');
  });
}
ahead.prepare();
start();
