// @ts-check
// What a scanned code is, before anything is sent: its goods, what its label says, what speaks against taking them.
import { fieldOf } from './receive-rows.js';

/**
 * @typedef {{ batch: string, product: string | null, productEn: string | null, expiresOn: string | null }} ToldLot
 * @typedef {{ code: string, said: string }} Warning
 * @typedef {{ is: 'goods', lot: ToldLot | null, quantity: number | null, unit: string | null, producedOn: string | null,
 *   expiresOn: string | null, warnings: Warning[] }} Goods
 * @typedef {{ is: 'unsure' | 'several' | 'refused', said: string, choices: { code: string, label: string }[] }} Refused
 */

const mustBeSeen = ['recalled', 'held', 'expired'];

/**
 * Asks about the row's code and shows the answer in the row. Without signal nothing is shown.
 * @param {HTMLElement} row
 * @param {(row: HTMLElement) => void} onFilled
 */
export async function tellOf(row, onFilled) {
  const code = fieldOf(row, 'code').value.trim();
  // A page that came back with its warnings is asked about again: what was ticked meanwhile is of this very code and stays.
  if (row.dataset['toldCode'] !== code) {
    show(row, [], 'plain');
    acknowledge(row, []);
    choose(row, [], onFilled);
  }
  row.dataset['toldCode'] = code;
  const answer =
    code === '' || !navigator.onLine
      ? undefined
      : await ask(code, /** @type {HTMLElement} */ (row.closest('form')).dataset['way'] ?? 'in');
  if (answer === undefined || fieldOf(row, 'code').value.trim() !== code) return;
  if (answer.is !== 'goods') {
    show(row, [answer.said], 'bad');
    choose(row, answer.choices, onFilled);
    return;
  }
  fill(row, answer);
  const said = answer.warnings.map((warning) => warning.said);
  show(row, [nameOf(answer), ...said], said.length === 0 ? 'plain' : 'bad');
  acknowledge(
    row,
    answer.warnings.map((warning) => warning.code).filter((each) => mustBeSeen.includes(each)),
  );
  if (said.length > 0) navigator.vibrate?.([80, 60, 80]);
  onFilled(row);
}

/**
 * @param {string} code
 * @param {string} way
 * @returns {Promise<Goods | Refused | undefined>}
 */
async function ask(code, way) {
  try {
    const answer = await fetch(`/api/scans?code=${encodeURIComponent(code)}&way=${way}`, {
      headers: { accept: 'application/json' },
    });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the label says fills what is empty; what a person typed stays.
 * @param {HTMLElement} row
 * @param {Goods} goods
 */
function fill(row, { quantity, unit, producedOn, expiresOn }) {
  const amount = fieldOf(row, 'quantity');
  if (quantity !== null && amount.value === '') {
    amount.value = String(quantity);
    const units = fieldOf(row, 'unit');
    const known = [.../** @type {HTMLSelectElement} */ (/** @type {unknown} */ (units)).options];
    if (unit !== null && known.some(({ value }) => value === unit)) units.value = unit;
  }
  for (const [part, day] of Object.entries({ expiresOn, producedOn })) {
    // Goods that leave have their days already.
    const field = /** @type {HTMLInputElement | null} */ (fieldOf(row, part));
    if (field !== null && field.value === '') field.value = day ?? '';
  }
}

/** @param {Goods} goods */
function nameOf({ lot }) {
  if (lot === null) return '';
  const product = document.documentElement.lang === 'en' ? (lot.productEn ?? lot.product) : lot.product;
  return [product ?? '', lot.batch, lot.expiresOn ?? ''].filter((part) => part !== '').join(' · ');
}

/**
 * @param {HTMLElement} row
 * @param {string[]} lines
 * @param {'plain' | 'bad'} tone
 */
function show(row, lines, tone) {
  const told = /** @type {HTMLElement} */ (row.querySelector('[data-told]'));
  const said = lines.filter((line) => line !== '');
  told.replaceChildren(...said.map((line) => Object.assign(document.createElement('span'), { textContent: line })));
  told.className = tone === 'bad' ? 'told is-bad' : 'told';
  told.hidden = said.length === 0;
}

/**
 * Goods that must not be used are only sent when the person has ticked that it was seen.
 * @param {HTMLElement} row
 * @param {string[]} codes
 */
function acknowledge(row, codes) {
  const block = /** @type {HTMLElement | null} */ (row.querySelector('[data-acknowledge]'));
  if (block === null) return;
  const seen = /** @type {HTMLInputElement} */ (row.querySelector('[data-acknowledged]'));
  const value = codes.join(',');
  if (seen.value !== value) seen.checked = false;
  seen.value = value;
  seen.disabled = codes.length === 0;
  block.hidden = codes.length === 0;
}

/**
 * @param {HTMLElement} row
 * @param {{ code: string, label: string }[]} choices
 * @param {(row: HTMLElement) => void} onFilled
 */
function choose(row, choices, onFilled) {
  const list = /** @type {HTMLElement} */ (row.querySelector('[data-choices]'));
  list.hidden = choices.length === 0;
  list.replaceChildren(
    ...choices.map(({ code, label }) => {
      const button = Object.assign(document.createElement('button'), {
        type: 'button',
        className: 'btn',
        textContent: label,
      });
      button.addEventListener('click', () => {
        fieldOf(row, 'code').value = code;
        void tellOf(row, onFilled);
      });
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
}
