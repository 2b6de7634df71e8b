// @ts-check
// Deliveries that wait on the phone for signal: each is sent once under a key of its own, and what is refused comes back.

const store = 'bright-kitchen.deliveries';

/**
 * @typedef {{ key: string, owner?: string, body: { site: string, at: string, from?: string, boxes: Record<string, unknown>[] } }} Delivery
 * @typedef {object} QueuePage
 * @property {HTMLElement} note
 * @property {string} owner
 * @property {(body: Delivery['body']) => void} takeBack puts a refused delivery into the form again
 */

/** @returns {Delivery[]} */
function all() {
  return JSON.parse(localStorage.getItem(store) ?? '[]');
}

/**
 * What one person left on this phone: another who signs in does not send it as their own.
 * @param {string} owner
 */
export function waiting(owner) {
  return all().filter((each) => each.owner === undefined || each.owner === owner);
}

/** @param {Delivery} delivery */
export function keepWaiting(delivery) {
  localStorage.setItem(store, JSON.stringify([...all(), delivery]));
}

/** @param {string} key */
function letGo(key) {
  localStorage.setItem(store, JSON.stringify(all().filter((each) => each.key !== key)));
}

/** @param {Delivery} delivery */
function send({ key, body }) {
  return fetch('/api/receipts', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  });
}

/** @param {QueuePage} page */
export function deliveryQueue({ note, owner, takeBack }) {
  const said = /** @type {HTMLElement} */ (note.querySelector('[data-said]'));
  const button = /** @type {HTMLButtonElement} */ (note.querySelector('[data-send]'));

  /** @param {string} [text] */
  const show = (text) => {
    const count = waiting(owner).length;
    note.hidden = count === 0 && text === undefined;
    const many = (note.dataset['waitingMany'] ?? '').replace('9', String(count));
    said.textContent = text ?? (count === 1 ? (note.dataset['waiting'] ?? '') : many);
    button.hidden = count === 0;
  };

  // Oldest first. What the server refuses comes back into the form, to be put right: nothing is lost.
  const sendAll = async () => {
    let [sent, refused, warned] = [0, 0, 0];
    for (const delivery of waiting(owner)) {
      let response;
      try {
        response = await send(delivery);
      } catch {
        break;
      }
      if (response.status >= 500 || response.status === 401 || response.status === 429) break;
      letGo(delivery.key);
      if (!response.ok) {
        refused += 1;
        takeBack(delivery.body);
        continue;
      }
      sent += 1;
      const { warnings = [] } = await response.json();
      if (warnings.length > 0) warned += 1;
    }
    const { refused: isBack, warned: isWarned, sent: isSent } = note.dataset;
    show(refused > 0 ? isBack : warned > 0 ? isWarned : waiting(owner).length === 0 && sent > 0 ? isSent : undefined);
  };

  // Two open pages share what waits: one of them sends it.
  const start = () =>
    navigator.locks === undefined ? sendAll() : navigator.locks.request('bright-kitchen.deliveries', sendAll);

  button.addEventListener('click', () => void start());
  window.addEventListener('online', () => void start());
  return { show, start };
}
