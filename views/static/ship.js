// @ts-check
// Scanning out with a camera or a hand scanner: one row a scan, what the code says told at once. Without it, a form of rows.
import { bindCamera } from './receive-camera.js';
import { boxRows, fieldOf } from './receive-rows.js';
import { tellOf } from './receive-told.js';
import { takeScannerKeys } from './scanner-keys.js';

const form = /** @type {HTMLFormElement | null} */ (document.getElementById('ship'));
const scan = /** @type {import('./receive-camera.js').Scan | undefined} */ (
  /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (window))['brightScan']
);
if (form !== null && scan !== undefined) ship(form, scan);

/**
 * @param {HTMLFormElement} form
 * @param {import('./receive-camera.js').Scan} scan
 */
function ship(form, scan) {
  const list = /** @type {HTMLElement} */ (form.querySelector('[data-rows]'));
  const scanner = /** @type {HTMLElement} */ (form.querySelector('[data-scanner]'));
  const said = /** @type {HTMLElement} */ (scanner.querySelector('[data-said]'));
  const rows = boxRows(form, list);

  /** @param {HTMLElement} row */
  const lookAt = (row) => void tellOf(row, () => {});

  /** @param {string} code */
  const addCode = (code) => {
    const row = rows.free();
    fieldOf(row, 'code').value = code;
    said.textContent = (form.dataset['scanned'] ?? '').replace('{code}', code);
    row.scrollIntoView({ block: 'nearest' });
    lookAt(row);
  };

  list.addEventListener('click', (event) => {
    if (!(/** @type {Element} */ (event.target).closest('[data-remove]'))) return;
    /** @type {Element} */ (event.target).closest('.box-row')?.remove();
    rows.tidy();
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
  takeScannerKeys(
    {
      isCodeField: (field) => /\.code$/.test(field.getAttribute('name') ?? ''),
      freeField: () => fieldOf(rows.free(), 'code'),
      // Enter in a code adds the next row: nothing leaves before the person says so.
      onCode: (field) => {
        lookAt(/** @type {HTMLElement} */ (field.closest('.box-row')));
        fieldOf(rows.free(), 'code').focus();
      },
    },
    form,
  );
  bindCamera(scanner, scan, addCode, form.dataset['notRead'] ?? '', said);
  for (const row of rows.listed()) if (fieldOf(row, 'code').value.trim() !== '') lookAt(row);
  rows.tidy();
}
