// @ts-check
// One visit on a phone: photos made smaller, the shop's signature drawn, and the result kept where there is no signal.
import { keepResult, visitQueue } from './visit-queue.js';

const reachMs = 4_000;
const longestSide = 1_600;

const form = /** @type {HTMLFormElement | null} */ (document.getElementById('visit'));
const note = document.getElementById('queue');
if (form !== null && note !== null) start(form, note);

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} note
 */
function start(form, note) {
  const queue = visitQueue(note);
  const pen = bindPen(form);
  for (const choice of form.querySelectorAll('input[type=radio]'))
    choice.addEventListener('change', () => {
      const details = choice.closest('section')?.querySelector('details');
      if (details) details.open = /** @type {HTMLInputElement} */ (choice).value === 'bad';
    });
  let asked = false;
  form.addEventListener('submit', async (event) => {
    if (asked) return;
    event.preventDefault();
    const body = await bodyOf(form, pen);
    if (await reachable()) {
      asked = true;
      attach(form, body);
      form.requestSubmit();
      return;
    }
    const key = String(body.get('key') ?? '');
    const fields = /** @type {[string, string | Blob][]} */ ([...body.entries()]);
    await keepResult({ key, owner: form.dataset['owner'] ?? '', visit: form.dataset['visit'] ?? '', fields });
    form.hidden = true;
    await queue.show(note.dataset['kept']);
  });
  void queue.show();
  if (navigator.onLine) void queue.start();
}

/**
 * The form's fields with photos made smaller and the signature as a picture.
 * @param {HTMLFormElement} form
 * @param {() => Promise<Blob | undefined>} pen
 */
async function bodyOf(form, pen) {
  const body = new FormData(form);
  for (const [name, value] of [...body.entries()])
    if (value instanceof File) {
      if (value.size === 0) body.delete(name);
      else body.set(name, await smaller(value), 'photo.jpg');
    }
  const signature = await pen();
  if (signature !== undefined) body.set('signature', signature, 'signature.png');
  return body;
}

/**
 * Puts the pictures into the form's own fields, so that the browser sends them as any form.
 * @param {HTMLFormElement} form
 * @param {FormData} body
 */
function attach(form, body) {
  for (const [name, value] of body.entries()) {
    if (!(value instanceof File)) continue;
    const files = new DataTransfer();
    files.items.add(value);
    let field = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[type=file][name="${name}"]`));
    if (field === null) {
      field = document.createElement('input');
      Object.assign(field, { type: 'file', name, hidden: true });
      form.append(field);
    }
    field.files = files.files;
  }
}

/**
 * A photo as it is worth sending from a phone; as it was, where it cannot be read here.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
async function smaller(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return (await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))) ?? file;
  } catch {
    return file;
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {() => Promise<Blob | undefined>} the signature, when there is one
 */
function bindPen(form) {
  const box = /** @type {HTMLElement} */ (form.querySelector('[data-pen]'));
  const canvas = /** @type {HTMLCanvasElement} */ (box.querySelector('canvas'));
  const context = canvas.getContext('2d');
  if (context === null) return () => Promise.resolve(undefined);
  box.hidden = false;
  let [drawn, down] = [false, false];
  const clear = () => {
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  };
  /** @param {PointerEvent} event */
  const at = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return /** @type {const} */ ([
      ((event.clientX - left) * canvas.width) / width,
      ((event.clientY - top) * canvas.height) / height,
    ]);
  };
  clear();
  Object.assign(context, { lineWidth: 4, lineCap: 'round', strokeStyle: '#111' });
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    down = true;
    context.beginPath();
    context.moveTo(...at(event));
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!down) return;
    drawn = true;
    context.lineTo(...at(event));
    context.stroke();
  });
  for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => (down = false));
  box.querySelector('[data-clear]')?.addEventListener('click', clear);
  return async () =>
    drawn
      ? ((await new Promise((/** @type {BlobCallback} */ resolve) => canvas.toBlob(resolve, 'image/png'))) ?? undefined)
      : undefined;
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
