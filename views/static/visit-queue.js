// @ts-check
// Results of visits that wait on the phone for signal, photos and all: each is sent once, under the key of its form.

const base = 'bright-kitchen.visits';
const store = 'results';

/**
 * @typedef {{ key: string, owner: string, visit: string, fields: [string, string | Blob][], refused?: true }} Result
 */

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(base, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: 'key' });
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/**
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(results: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>}
 */
async function within(mode, work) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const asked = work(transaction.objectStore(store));
      // Kept only when the transaction is: the page must not say so before.
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

/** @param {Result} result */
export async function keepResult(result) {
  await within('readwrite', (results) => results.put(result));
}

/**
 * What one person left on this phone: another who signs in does not send it as their own.
 * @param {string} owner
 * @returns {Promise<Result[]>}
 */
export async function waitingOf(owner) {
  const all = await within('readonly', (results) => results.getAll());
  return all.filter((/** @type {Result} */ result) => result.owner === owner);
}

/** @param {Result} result */
async function send({ key, visit, fields }) {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return fetch(`/api/visits/${visit}/closed`, { method: 'POST', headers: { 'idempotency-key': key }, body });
}

/** @param {HTMLElement} note */
export function visitQueue(note) {
  const owner = note.dataset['owner'] ?? '';
  const said = /** @type {HTMLElement} */ (note.querySelector('[data-said]'));
  const button = /** @type {HTMLButtonElement} */ (note.querySelector('[data-send]'));
  const drop = /** @type {HTMLButtonElement} */ (note.querySelector('[data-drop]'));

  /** @param {string} [text] */
  const show = async (text) => {
    const results = await waitingOf(owner);
    const refused = results.filter((result) => result.refused);
    const open = results.length - refused.length;
    const many = (note.dataset['waitingMany'] ?? '').replace('9', String(open));
    const waiting = open === 1 ? note.dataset['waiting'] : many;
    const words = text ?? (refused.length > 0 ? note.dataset['refused'] : waiting) ?? '';
    note.hidden = results.length === 0 && text === undefined;
    said.replaceChildren(words);
    button.hidden = open === 0;
    drop.hidden = refused.length === 0;
    const [first] = refused;
    if (text === undefined && first !== undefined) {
      const link = document.createElement('a');
      link.href = `/visits/${first.visit}`;
      link.textContent = ` ${first.visit}`;
      said.append(link);
    }
  };

  const sendAll = async () => {
    let sent = 0;
    for (const result of await waitingOf(owner)) {
      if (result.refused) continue;
      let response;
      try {
        response = await send(result);
      } catch {
        break;
      }
      if (response.status >= 500 || response.status === 401 || response.status === 429) break;
      // What the server refuses stays on the phone until somebody has looked: nothing is lost.
      if (response.ok) await within('readwrite', (results) => results.delete(result.key));
      else await keepResult({ ...result, refused: true });
      if (response.ok) sent += 1;
    }
    const left = await waitingOf(owner);
    await show(left.length === 0 && sent > 0 ? note.dataset['sent'] : undefined);
  };

  // Two open pages share what waits: one of them sends it.
  const start = () => (navigator.locks === undefined ? sendAll() : navigator.locks.request(base, sendAll));

  button.addEventListener('click', () => void start());
  drop.addEventListener('click', async () => {
    for (const result of await waitingOf(owner))
      if (result.refused) await within('readwrite', (results) => results.delete(result.key));
    await show();
  });
  window.addEventListener('online', () => void start());
  return { show, start };
}
