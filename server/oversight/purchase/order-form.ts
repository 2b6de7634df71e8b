// The forms of an order read into inputs: rows that nobody filled in are left out, and faults go back to their rows.
import type { Fault } from '../../http/problem.ts';
import { mostOrderLines, mostParcels } from './purchase.ts';

export type FormValues = Readonly<Record<string, string>>;

const usualRows = 3;

/** The order's fields, and which row of the form each line stands in. */
export function orderOfForm(values: FormValues): { input: object; rows: readonly number[] } {
  const rows = rowsIn(values, 'lines', ['product', 'quantity', 'price'], mostOrderLines);
  const lines = rows.map((row) => fieldsOf(values, `lines.${row}`, ['product', 'quantity', 'unit', 'price']));
  return { input: { ...fieldsOf(values, '', ['key', 'site', 'supplier', 'due']), lines }, rows };
}

/** An amount of 0 sends nothing. */
export function sentOfForm(values: FormValues): { input: object; rows: readonly number[] } {
  const all = rowsIn(values, 'parcels', ['code'], mostParcels);
  const rows = all.filter((row) => Number(values[`parcels.${row}.quantity`] ?? '') !== 0 || isTyped(values, row));
  const names = ['line', 'code', 'quantity', 'quarantine', 'quality'];
  return { input: { parcels: rows.map((row) => fieldsOf(values, `parcels.${row}`, names)) }, rows };
}

/** What is no number is no 0. */
function isTyped(values: FormValues, row: number): boolean {
  return /[^\s0.]/.test(values[`parcels.${row}.quantity`] ?? '');
}

export function receivedOfForm(values: FormValues): { input: object; rows: readonly number[] } {
  const rows = rowsIn(values, 'parcels', ['id'], mostParcels);
  const parcels = rows.map((row) => fieldsOf(values, `parcels.${row}`, ['id', 'quantity']));
  return { input: { ...fieldsOf(values, '', ['celsius']), parcels }, rows };
}

/** Faults of the inputs' rows at the rows of the form. */
export function atRows(faults: readonly Fault[], rows: readonly number[]): Fault[] {
  return faults.map((fault) => ({
    ...fault,
    place: fault.place.replace(/^\/(lines|parcels)\/(\d+)/, (_all, list: string, index: string) => {
      return `/${list}/${rows[Number(index)] ?? 0}`;
    }),
  }));
}

export function shownRows(values: FormValues): number {
  const typed = rowsIn(values, 'lines', ['product', 'quantity', 'price'], mostOrderLines);
  const asked = Number(values['rows'] ?? 0) || 0;
  return Math.min(mostOrderLines, Math.max(usualRows, asked, (typed.at(-1) ?? -1) + 1));
}

function fieldsOf(values: FormValues, prefix: string, names: readonly string[]): Record<string, string> {
  const of = (name: string) => (values[prefix === '' ? name : `${prefix}.${name}`] ?? '').trim();
  return Object.fromEntries(names.filter((name) => of(name) !== '').map((name) => [name, of(name)]));
}

/** Rows in which one of `names` was filled in, in their order. */
function rowsIn(values: FormValues, list: string, names: readonly string[], most: number): number[] {
  const pattern = new RegExp(`^${list}\\.(\\d{1,3})\\.(${names.join('|')})$`);
  const rows = Object.entries(values).flatMap(([name, value]) => {
    const row = pattern.exec(name)?.[1];
    return row === undefined || value.trim() === '' ? [] : [Number(row)];
  });
  return [...new Set(rows)].filter((row) => row < most).sort((a, b) => a - b);
}
