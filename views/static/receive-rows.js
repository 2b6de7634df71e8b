// @ts-check
// The rows of a form that is scanned into, one a box: made from the template, and what stands in them.

export const parts = ['code', 'quantity', 'unit', 'celsius', 'producedOn', 'expiresOn'];

/** @typedef {Record<string, string> & { acknowledged?: string }} Box */

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement} rows
 */
export function boxRows(form, rows) {
  const template = /** @type {HTMLTemplateElement} */ (form.querySelector('[data-row-template]'));

  const listed = () => /** @type {HTMLElement[]} */ ([...rows.querySelectorAll('.box-row')]);

  const add = () => {
    const number = listed().reduce((most, row) => Math.max(most, numberOf(row)), -1) + 1;
    const row = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    for (const element of row.querySelectorAll('*')) numberElement(element, number);
    rows.append(row);
    // The unit of the box before is likely this one's too.
    const before = row.previousElementSibling;
    if (before instanceof HTMLElement) fieldOf(row, 'unit').value = fieldOf(before, 'unit').value;
    tidy();
    return row;
  };

  const tidy = () => {
    const all = listed();
    for (const [index, row] of all.entries()) {
      const remove = /** @type {HTMLElement | null} */ (row.querySelector('[data-remove]'));
      if (remove !== null) remove.hidden = all.length < 2;
      const name = row.querySelector('[data-number]');
      if (name !== null) name.textContent = (form.dataset['box'] ?? '#').replace('#', String(index + 1));
    }
  };

  /** A row whose code is still empty. */
  const free = () => listed().find((row) => fieldOf(row, 'code').value.trim() === '') ?? add();

  /** @returns {Box[]} */
  const typed = () =>
    listed().flatMap((row) => {
      const box = Object.fromEntries(parts.map((part) => [part, fieldOf(row, part).value.trim()]));
      const seen = /** @type {HTMLInputElement | null} */ (row.querySelector('[data-acknowledged]'));
      const acknowledged = seen?.checked ? seen.value : '';
      return box['code'] === '' && box['quantity'] === '' && box['celsius'] === '' ? [] : [{ ...box, acknowledged }];
    });

  return { listed, add, tidy, free, typed };
}

/**
 * @param {HTMLElement} row
 * @param {string} part
 * @returns {HTMLInputElement}
 */
export function fieldOf(row, part) {
  return /** @type {HTMLInputElement} */ (row.querySelector(`[name$=".${part}"]`));
}

/** @param {HTMLElement} row */
function numberOf(row) {
  return Number(/^\w+\.(\d+)/.exec(fieldOf(row, 'code').name)?.[1] ?? 0);
}

/**
 * Field names and ids carry the row's number; the template has # in its place.
 * @param {Element} element
 * @param {number} number
 */
function numberElement(element, number) {
  for (const name of ['name', 'id', 'for', 'aria-describedby']) {
    const value = element.getAttribute(name);
    if (value === null) continue;
    element.setAttribute(name, value.replace('.#.', `.${number}.`).replace(/f-(boxes|lines)-/g, `f-$1-${number}-`));
  }
}
