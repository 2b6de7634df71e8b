// Edges in columns instead of objects: a giant recall has half a million, and each object would cost more than its walk.
import { edgeRoles } from '../event/chain-links.ts';
import { strandSpan } from './strand.ts';

/** Row i of edge_in or edge_out is the i-th of each list. */
export type EdgeColumns = {
  /** Which of the holdings or steps asked for brought it, from 0. */
  readonly asked: number[];
  readonly holding: number[];
  /** Event and strand in one number (see chain-step.ts). */
  readonly step: number[];
  /** Unix ms. */
  readonly at: number[];
  /** NaN: not said. */
  readonly quantity: number[];
  /** Index into unitNames; −1: a unit that is not in that list. */
  readonly unit: number[];
  readonly role: number[];
};

/** The units a row can carry as a number; the first is "pieces, none given". */
export const unitNames = [
  null,
  'KGM',
  'GRM',
  'TNE',
  'LBR',
  'ONZ',
  'LTR',
  'MLT',
  'C62',
  'H87',
  'EA',
  'CS',
  'BX',
  'PK',
  'BG',
  'PF',
] as const;

export function emptyColumns(): EdgeColumns {
  return { asked: [], holding: [], step: [], at: [], quantity: [], unit: [], role: [] };
}

// A key, a unit and a role in one whole number below 2^31.
const roleBits = 4;
const codeBits = 9;
const roles = 2 ** roleBits;
const codes = 2 ** codeBits;
const rareUnit = unitNames.length;
const unitAndRole = `(CASE ${unitNames.map((name, index) => (name === null ? `WHEN x.unit IS NULL THEN ${index * roles}` : `WHEN x.unit = '${name}' THEN ${index * roles}`)).join(' ')} ELSE ${rareUnit * roles} END + x.role)`;
/**
 * SQL of a row `x` of holding or step number `key` of those asked for, column by column: each column of all rows comes as one
 * text. A value each would cost more than finding it, and so would one text put together of all columns.
 */
export function packedColumns(key: string, own: 'step' | 'holding'): string {
  const id = own === 'step' ? `x.event_id * ${strandSpan} + x.strand` : 'x.holding_id';
  return [`${key} * ${codes} + ${unitAndRole}`, id, 'x.at', "coalesce(x.quantity, '')"]
    .map((column) => `group_concat(${column})`)
    .join(', ');
}

/** What packedColumns selects; null: no row. */
export type Packed = readonly [keysAndCodes: string | null, ids: string, at: string, quantity: string];

/** What stands where an id of a span was not asked for. */
export const notAsked = 2 ** 32 - 1;

/** Appends the rows packed for `asked`, which are holdings when the rows' own ids are steps; `askedOf`: which of them a key means. */
export function appendPacked(
  columns: EdgeColumns,
  packed: Packed,
  asked: readonly number[],
  askedOf: Uint32Array,
  own: 'step' | 'holding',
): void {
  if (packed[0] === null) return;
  const [askedIds, ownIds] = own === 'step' ? [columns.holding, columns.step] : [columns.step, columns.holding];
  // Numbers of the rows of a span that nobody asked for: every column passes them over.
  const strangers: number[] = [];
  const keysAndCodes = numbersOf(packed[0]);
  for (let row = 0; row < keysAndCodes.length; row++) {
    const keyAndCode = keysAndCodes[row] ?? 0;
    const place = askedOf[keyAndCode >>> codeBits] ?? notAsked;
    if (place === notAsked) {
      strangers.push(row);
      continue;
    }
    const unit = (keyAndCode & (codes - 1)) >>> roleBits;
    columns.asked.push(place);
    askedIds.push(asked[place] ?? 0);
    columns.unit.push(unit === rareUnit ? -1 : unit);
    columns.role.push(keyAndCode & (roles - 1));
  }
  appendNumbers(ownIds, packed[1], strangers);
  appendNumbers(columns.at, packed[2], strangers);
  appendNumbers(columns.quantity, packed[3], strangers);
}

/** The numbers of a text, joined by commas; an empty field is NaN. */
export function numbersOf(packed: string): number[] {
  const numbers: number[] = [];
  appendNumbers(numbers, packed, []);
  return numbers;
}

// Exact, and so is the quotient of two exact numbers as near as a number can be.
const powersOfTen = Array.from({ length: 23 }, (_, power) => 10 ** power);
const comma = 44;
const point = 46;

/** Appends the numbers of a text but those at `skipped`, which ascend. */
function appendNumbers(numbers: number[], packed: string, skipped: readonly number[]): void {
  let [row, next] = [0, 0];
  for (let from = 0; from <= packed.length; row++) {
    let until = from;
    let digits = 0;
    let pointAt = -1;
    let isPlain = true;
    for (; until < packed.length; until++) {
      const code = packed.charCodeAt(until);
      if (code === comma) break;
      if (code >= 48 && code <= 57) digits = digits * 10 + code - 48;
      else if (code === point && pointAt < 0) pointAt = until;
      else isPlain = false;
    }
    if (skipped[next] === row) next += 1;
    else if (until === from) numbers.push(Number.NaN);
    else if (!isPlain || digits > Number.MAX_SAFE_INTEGER || until - from >= powersOfTen.length)
      numbers.push(Number(packed.slice(from, until)));
    else numbers.push(pointAt < 0 ? digits : digits / (powersOfTen[until - pointAt - 1] ?? 1));
    from = until + 1;
  }
}

/** Whether the line counts in a balance: `moved` and `seen` only link. */
export function isCounted(role: number): boolean {
  return role !== edgeRoles.moved && role !== edgeRoles.seen;
}
