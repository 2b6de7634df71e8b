// The lines of events in the order of the books: by event time, then by sequence, both sides of a step together.
import { edgeRoles } from '../event/chain-links.ts';
import { isCounted } from './chain-columns.ts';
import { sortRows } from './row-order.ts';
import { isMixing } from './strand.ts';

/** Lines of edge_in or edge_out in columns; row i is the i-th of each. */
export type StockLines = {
  /** Place of the holding in the results, from 0 without gaps. */
  readonly place: readonly number[];
  readonly step: readonly number[];
  /** Unix ms. */
  readonly at: readonly number[];
  /** In the base unit of its dimension; NaN: not said. */
  readonly amount: readonly number[];
  /** Amounts of one dimension may be added: kilograms, pieces, boxes of a product that says no weight … */
  readonly dimension: readonly number[];
  readonly role: readonly number[];
};

/** One step each, in the order of the books; entry i is the i-th. */
export type Entries = {
  readonly count: number;
  readonly atOf: (entry: number) => number;
  readonly stepOf: (entry: number) => number;
  readonly roleOf: (entry: number) => number;
  /** Places; nowhere: no line on that side. Of a mixing step the first of its lines: see linesIn and linesOut. */
  readonly fromOf: (entry: number) => number;
  readonly toOf: (entry: number) => number;
  readonly amountOf: (entry: number) => number;
  readonly dimensionOf: (entry: number) => number;
  readonly linesIn: (entry: number) => readonly Line[];
  readonly linesOut: (entry: number) => readonly Line[];
  /** Step → the place of the receiver that the shipper was said to have named. */
  readonly via: ReadonlyMap<number, number>;
};

export type Line = { readonly place: number; readonly amount: number; readonly dimension: number };

export const nowhere = -1;

export function entriesOf(ins: StockLines, outs: StockLines): Entries {
  const [sideIn, sideOut] = [inTime(ins), inTime(outs)];
  const count = joinSteps(sideIn, sideOut);
  const rowIn = (entry: number) => rowAt(sideIn, entry);
  const rowOut = (entry: number) => rowAt(sideOut, entry);
  const either = (column: 'at' | 'step' | 'role' | 'amount' | 'dimension') => (entry: number) => {
    const row = rowIn(entry);
    return (row === nowhere ? outs[column][rowOut(entry)] : ins[column][row]) ?? 0;
  };
  return {
    count,
    atOf: either('at'),
    stepOf: either('step'),
    roleOf: either('role'),
    amountOf: either('amount'),
    dimensionOf: either('dimension'),
    fromOf: (entry) => ins.place[rowIn(entry)] ?? nowhere,
    toOf: (entry) => outs.place[rowOut(entry)] ?? nowhere,
    linesIn: (entry) => linesAt(sideIn, entry),
    linesOut: (entry) => linesAt(sideOut, entry),
    via: namedPlaces(ins),
  };
}

/** Rows in order, and for each entry the first of its rows; those of entry i end where those of i + 1 begin. */
type Side = { readonly lines: StockLines; readonly rows: Uint32Array; first: Uint32Array };

/** Row numbers by time, then step: lines that only link are left out. */
function inTime(lines: StockLines): Side {
  const { at, step, role } = lines;
  const rows = new Uint32Array(at.length);
  let count = 0;
  for (let row = 0; row < at.length; row++) if (isCounted(role[row] ?? 0)) rows[count++] = row;
  return { lines, rows: sortRows(rows.subarray(0, count), at, step), first: new Uint32Array(0) };
}

/** Gives both sides of a step one number; how many steps there are. */
function joinSteps(ins: Side, outs: Side): number {
  const most = ins.rows.length + outs.rows.length + 1;
  [ins.first, outs.first] = [new Uint32Array(most), new Uint32Array(most)];
  let [i, o, count] = [0, 0, 0];
  while (i < ins.rows.length || o < outs.rows.length) {
    const order = orderOf(ins, i, outs, o);
    const step = (order <= 0 ? ins.lines.step[ins.rows[i] ?? 0] : outs.lines.step[outs.rows[o] ?? 0]) ?? 0;
    ins.first[count] = i;
    outs.first[count] = o;
    while (i < ins.rows.length && ins.lines.step[ins.rows[i] ?? 0] === step) i++;
    while (o < outs.rows.length && outs.lines.step[outs.rows[o] ?? 0] === step) o++;
    count += 1;
  }
  ins.first[count] = i;
  outs.first[count] = o;
  return count;
}

/** Negative: the next row of `ins` comes first; 0: both are of one step. */
function orderOf(ins: Side, i: number, outs: Side, o: number): number {
  if (i >= ins.rows.length) return 1;
  if (o >= outs.rows.length) return -1;
  const [rowIn, rowOut] = [ins.rows[i] ?? 0, outs.rows[o] ?? 0];
  const byTime = (ins.lines.at[rowIn] ?? 0) - (outs.lines.at[rowOut] ?? 0);
  return byTime || (ins.lines.step[rowIn] ?? 0) - (outs.lines.step[rowOut] ?? 0);
}

function rowAt({ rows, first }: Side, entry: number): number {
  const row = first[entry] ?? 0;
  return row < (first[entry + 1] ?? 0) ? (rows[row] ?? nowhere) : nowhere;
}

function linesAt({ lines, rows, first }: Side, entry: number): Line[] {
  const { place, amount, dimension } = lines;
  return Array.from(rows.subarray(first[entry] ?? 0, first[entry + 1] ?? 0), (row) => ({
    place: place[row] ?? 0,
    amount: amount[row] ?? Number.NaN,
    dimension: dimension[row] ?? 0,
  }));
}

function namedPlaces({ role, step, place }: StockLines): Map<number, number> {
  const named = new Map<number, number>();
  for (let row = 0; row < role.length; row++) {
    if (role[row] === edgeRoles.moved && !isMixing(step[row] ?? 0)) named.set(step[row] ?? 0, place[row] ?? nowhere);
  }
  return named;
}
