// Edges in columns instead of objects: a giant recall has half a million, and each object would cost more than its walk.
import { edgeRoles } from './chain-links.ts';
import { strandSpan } from './chain-step.ts';

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

/** Holdings or steps asked for at once: their number takes 13 bits of a packed row, and leaves 31 to a holding's id. */
export const mostAsked = 2 ** 13;

const roles = 16;
const codes = 32 * roles;
const rareUnit = unitNames.length;
const unitAndRole = `(CASE ${unitNames.map((name, index) => (name === null ? `WHEN x.unit IS NULL THEN ${index * roles}` : `WHEN x.unit = '${name}' THEN ${index * roles}`)).join(' ')} ELSE ${rareUnit * roles} END + x.role)`;
const askedAndCode = `(j.key * ${codes} + ${unitAndRole})`;

/** SQL that packs a row `x` of what holding or step `j` of a list was asked for; rows are joined by commas with group_concat. */
export const packedRow = {
  ofHolding: `(x.event_id * ${strandSpan} + x.strand) || ',' || x.at || ',' || coalesce(x.quantity, '') || ',' || ${askedAndCode}`,
  ofStep: `(x.holding_id * ${mostAsked * codes} + ${askedAndCode}) || ',' || x.at || ',' || coalesce(x.quantity, '')`,
} as const;

/** Appends the rows packed for `holdings` from number `from` on. */
export function appendOfHoldings(
  columns: EdgeColumns,
  packed: string,
  holdings: readonly number[],
  from: number,
): void {
  const numbers = numbersOf(packed);
  for (let i = 0; i < numbers.length; i += 4) {
    const askedAndCode = numbers[i + 3] ?? 0;
    const asked = from + Math.floor(askedAndCode / codes);
    columns.asked.push(asked);
    columns.holding.push(holdings[asked] ?? 0);
    columns.step.push(numbers[i] ?? 0);
    columns.at.push(numbers[i + 1] ?? 0);
    appendAmount(columns, numbers[i + 2] ?? Number.NaN, askedAndCode % codes);
  }
}

/** Appends the rows packed for `steps` from number `from` on. */
export function appendOfSteps(columns: EdgeColumns, packed: string, steps: readonly number[], from: number): void {
  const numbers = numbersOf(packed);
  for (let i = 0; i < numbers.length; i += 3) {
    const row = numbers[i] ?? 0;
    const holding = Math.floor(row / (mostAsked * codes));
    const askedAndCode = row - holding * (mostAsked * codes);
    const asked = from + Math.floor(askedAndCode / codes);
    columns.asked.push(asked);
    columns.holding.push(holding);
    columns.step.push(steps[asked] ?? 0);
    columns.at.push(numbers[i + 1] ?? 0);
    appendAmount(columns, numbers[i + 2] ?? Number.NaN, askedAndCode % codes);
  }
}

function appendAmount(columns: EdgeColumns, quantity: number, code: number): void {
  const unit = Math.floor(code / roles);
  columns.quantity.push(quantity);
  columns.unit.push(unit === rareUnit ? -1 : unit);
  columns.role.push(code % roles);
}

const comma = 44;
const point = 46;
// A number takes one character and a comma at least. The buffer is used again: its content holds until the next call.
let buffer = new Float64Array(1_024);

/** The numbers of a text, joined by commas; an empty field is NaN. They hold until the next call. */
export function numbersOf(packed: string): Float64Array {
  if (buffer.length < packed.length / 2 + 1) buffer = new Float64Array(packed.length);
  let count = 0;
  for (let from = 0; from <= packed.length; ) {
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
    buffer[count] =
      until === from
        ? Number.NaN
        : isPlain && digits <= Number.MAX_SAFE_INTEGER
          ? pointAt < 0
            ? digits
            : digits / 10 ** (until - pointAt - 1)
          : Number(packed.slice(from, until));
    count += 1;
    from = until + 1;
  }
  return buffer.subarray(0, count);
}

/** Whether the line counts in a balance: `moved` and `seen` only link. */
export function isCounted(role: number): boolean {
  return role !== edgeRoles.moved && role !== edgeRoles.seen;
}
