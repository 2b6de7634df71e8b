// Edges in columns instead of objects: a giant recall has half a million, and each object would cost more than its walk.
import { edgeRoles } from './chain-links.ts';
import { stepOf } from './chain-step.ts';

/** Row i of edge_in or edge_out is the i-th of each list. */
export type EdgeColumns = {
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
  return { holding: [], step: [], at: [], quantity: [], unit: [], role: [] };
}

/** The SQL expression that packs one row `x`; rows are joined by commas with group_concat. */
export const packedRow = [
  'x.holding_id',
  'x.event_id',
  'x.strand',
  'x.at',
  "coalesce(x.quantity, '')",
  `CASE ${unitNames.map((name, index) => (name === null ? `WHEN x.unit IS NULL THEN ${index}` : `WHEN x.unit = '${name}' THEN ${index}`)).join(' ')} ELSE -1 END`,
  'x.role',
].join(" || ',' || ");

const fields = 7;
const comma = 44;

/** Appends the rows that `packed` holds. */
export function appendPacked(columns: EdgeColumns, packed: string): void {
  eachPackedRow(packed, fields, (row) => append(columns, row));
}

/** Reads rows of `width` numbers joined by commas; an empty field is NaN. The row is the same array every time. */
export function eachPackedRow(packed: string, width: number, take: (row: Float64Array) => void): void {
  const row = new Float64Array(width);
  let field = 0;
  for (let from = 0; from < packed.length; ) {
    let until = from;
    let whole = 0;
    let plain = true;
    for (; until < packed.length; until++) {
      const code = packed.charCodeAt(until);
      if (code === comma) break;
      if (code >= 48 && code <= 57) whole = whole * 10 + code - 48;
      else plain = false;
    }
    row[field] = plain ? (until === from ? Number.NaN : whole) : Number(packed.slice(from, until));
    field += 1;
    if (field === width) {
      take(row);
      field = 0;
    }
    from = until + 1;
  }
}

function append(columns: EdgeColumns, row: Float64Array): void {
  columns.holding.push(row[0] ?? 0);
  columns.step.push(stepOf(row[1] ?? 0, row[2] ?? 0));
  columns.at.push(row[3] ?? 0);
  columns.quantity.push(row[4] ?? Number.NaN);
  columns.unit.push(row[5] ?? -1);
  columns.role.push(row[6] ?? 0);
}

/** Whether the line counts in a balance: `moved` and `seen` only link. */
export function isCounted(role: number): boolean {
  return role !== edgeRoles.moved && role !== edgeRoles.seen;
}
