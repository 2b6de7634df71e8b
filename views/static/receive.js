// @ts-check
// Receiving with a camera, a hand scanner and without signal: one row a scan, what is typed kept on the phone.
import { bindCamera } from './receive-camera.js';
import { deliveryQueue, keepWaiting, waiting } from './receive-queue.js';
import { boxRows, fieldOf, parts } from './receive-rows.js';
import { tellOf } from './receive-told.js';
import { takeScannerKeys } from './scanner-keys.js';

const draftStore = 'bright-kitchen.delivery-draft';
const draftMs = 12 * 3_600_000;
const reachMs = 4_000;

/** @typedef {import('./receive-camera.js').Scan} Scan */
const form = /** @type {HTMLFormElement | null} */ (document.getElementById('receive'));
const scan = /** @type {Scan | undefined} */ (
  /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (window))['brightScan']
);
if (form !== null && scan !== undefined) receive(form, scan);

/**
 * @param {HTMLFormElement} form
 * @param {Scan} scan
 */
function receive(form, scan) {
  const list = /** @type {HTMLElement} */ (form.querySelector('[data-rows]'));
  const scanner = /** @type {HTMLElement} */ (form.querySelector('[data-scanner]'));
  const said = /** @type {HTMLElement} */ (scanner.querySelector('[data-said]'));
  const at = /** @type {HTMLInputElement} */ (form.querySelector('[data-at]'));
  const from = /** @type {HTMLInputElement} */ (form.elements.namedItem('from'));
  const rows = boxRows(form, list);

  // The time is set by the first box and stays: sending the same delivery again is then the same delivery.
  const stamp = () => {
    if (at.value === '') at.value = new Date().toISOString();
  };

  const keepDraft = () => {
    const boxes = rows.typed();
    if (boxes.length === 0) localStorage.removeItem(draftStore);
    else localStorage.setItem(draftStore, JSON.stringify({ at: at.value, from: from.value, boxes }));
  };

  /** @param {HTMLElement} row */
  const lookAt = (row) => {
    stamp();
    keepDraft();
    void tellOf(row, keepDraft);
  };

  /** @param {string} code */
  const addCode = (code) => {
    const row = rows.free();
    fieldOf(row, 'code').value = code;
    row.classList.add('is-new');
    said.textContent = (form.dataset['scanned'] ?? '').replace('{code}', code);
    row.scrollIntoView({ block: 'nearest' });
    lookAt(row);
    return row;
  };

  /** @param {{ at?: string, from?: string, boxes: Record<string, unknown>[] }} delivery */
  const fill = ({ at: began, from: whom, boxes }) => {
    if (at.value === '') at.value = began ?? '';
    if (from.value === '') from.value = whom ?? '';
    for (const box of boxes) {
      const row = addCode(String(box['code'] ?? ''));
      for (const part of parts)
        if (box[part] !== undefined && box[part] !== '') fieldOf(row, part).value = String(box[part]);
    }
    said.textContent = '';
  };

  bindRows(list, { rows, lookAt, keepDraft, stamp, form });
  takeScannerKeys(
    {
      isCodeField: (field) => /\.code$/.test(field.getAttribute('name') ?? ''),
      freeField: () => fieldOf(rows.free(), 'code'),
      // Enter in a code adds the next row; it does not send half a delivery.
      onCode: (field) => {
        lookAt(/** @type {HTMLElement} */ (field.closest('.box-row')));
        fieldOf(rows.free(), 'code').focus();
      },
    },
    form,
  );
  takeBackDraft(form, rows, fill, said);
  bindCamera(scanner, scan, addCode, form.dataset['notRead'] ?? '', said);
  bindSending(form, { rows, at, from, stamp, keepDraft, fill, said });
  for (const row of rows.listed()) if (fieldOf(row, 'code').value.trim() !== '') void tellOf(row, keepDraft);
  rows.tidy();
  void openOffline();
}

/** @typedef {ReturnType<typeof boxRows>} Rows */

/**
 * @param {HTMLElement} list
 * @param {{ rows: Rows, lookAt: (row: HTMLElement) => void, keepDraft: () => void, stamp: () => void, form: HTMLFormElement }} page
 */
function bindRows(list, { rows, lookAt, keepDraft, stamp, form }) {
  list.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (!target.closest('[data-remove]')) return;
    target.closest('.box-row')?.remove();
    rows.tidy();
    keepDraft();
  });
  form.addEventListener('input', () => {
    stamp();
    keepDraft();
  });
  list.addEventListener('change', (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (field.closest('.box-row'));
    if (row !== null && field.name.endsWith('.code')) lookAt(row);
  });
  for (const button of form.querySelectorAll('[data-no-script]'))
    button.addEventListener('click', (event) => {
      event.preventDefault();
      fieldOf(rows.add(), 'code').focus();
    });
}

/**
 * @param {HTMLFormElement} form
 * @param {Rows} rows
 * @param {(delivery: { at: string, from: string, boxes: Record<string, unknown>[] }) => void} fill
 * @param {HTMLElement} said
 */
function takeBackDraft(form, rows, fill, said) {
  const draft = JSON.parse(localStorage.getItem(draftStore) ?? 'null');
  if (form.hasAttribute('data-taken')) localStorage.removeItem(draftStore);
  else if (draft && rows.typed().length === 0 && Date.now() - Date.parse(draft.at) < draftMs) {
    fill(draft);
    said.textContent = form.dataset['restored'] ?? '';
  }
}

/**
 * @param {HTMLFormElement} form
 * @param {{ rows: Rows, at: HTMLInputElement, from: HTMLInputElement, stamp: () => void, keepDraft: () => void,
 *   fill: (delivery: { at?: string, from?: string, boxes: Record<string, unknown>[] }) => void, said: HTMLElement }} page
 */
function bindSending(form, { rows, at, from, stamp, keepDraft, fill, said }) {
  const note = /** @type {HTMLElement} */ (document.getElementById('queue'));
  const owner = form.dataset['owner'] ?? '';
  const queue = deliveryQueue({ note, owner, takeBack: fill });

  const keepForLater = () => {
    stamp();
    const boxes = rows.typed().flatMap(boxSent);
    if (boxes.length === 0) return;
    const site = /** @type {HTMLInputElement} */ (form.elements.namedItem('site')).value;
    const whom = from.value.trim();
    keepWaiting({
      key: crypto.randomUUID(),
      owner,
      body: { site, at: at.value, boxes, ...(whom === '' ? {} : { from: whom }) },
    });
    for (const row of rows.listed()) row.remove();
    at.value = '';
    rows.add();
    keepDraft();
    said.textContent = form.dataset['offline'] ?? '';
    queue.show();
  };

  let asked = false;
  form.addEventListener('submit', async (event) => {
    if (asked || event.submitter?.hasAttribute('data-no-script')) return;
    event.preventDefault();
    if (!(await reachable())) return keepForLater();
    asked = true;
    form.requestSubmit(event.submitter ?? undefined);
  });
  queue.show();
  if (navigator.onLine && waiting(owner).length > 0) void queue.start();
}

/**
 * A box as the API takes it; without a code there is none.
 * @param {Record<string, string>} box
 */
function boxSent({ acknowledged, ...box }) {
  if (box['code'] === '') return [];
  const filled = Object.entries(box).filter(
    ([part, value]) => value !== '' && !(part === 'unit' && box['quantity'] === ''),
  );
  return [{ ...Object.fromEntries(filled), ...(acknowledged ? { acknowledged: acknowledged.split(',') } : {}) }];
}

/** A phone often believes it has signal where there is none: the server is asked before the form is let go. */
async function reachable() {
  if (!navigator.onLine) return false;
  try {
    await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(reachMs) });
    return true;
  } catch {
    return false;
  }
}

/** This page is kept on the phone, to be opened in a cold store or a cellar. */
async function openOffline() {
  await navigator.serviceWorker?.register('/static/receive-worker.js', { scope: '/receive' }).catch(() => undefined);
}
