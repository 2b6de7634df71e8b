// What is where and how much of it is tainted: the lines of some holdings replayed in the order of event time.

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
  /** In the base unit of the lot; NaN: not said, or not to be converted. */
  readonly amount: readonly number[];
  readonly role: readonly number[];
};

/** What the places mean. */
export type StockWorld = {
  readonly places: number;
  /** Of the recalled lot itself, tainted through and through. */
  readonly isSource: (place: number) => boolean;
  /** No place at all: a lot between a shipper who named nobody and a receiver who named nobody. */
  readonly isTransit: (place: number) => boolean;
  /** Whether a mixing step's lines are in one dimension, so that their sums mean something. */
  readonly comparable: (step: number) => boolean;
};

/** Results by place. */
export type Stocks = {
  readonly received: Float64Array;
  readonly left: Float64Array;
  /** Negative: more left than ever came. */
  readonly onHand: Float64Array;
  readonly lowest: Float64Array;
  /** When it first fell below zero, unix ms; NaN: never. */
  readonly negativeAt: Float64Array;
  /** How much of `onHand` is tainted by mass balance, and how much tainted goods ever came. */
  readonly tainted: Float64Array;
  readonly taintedReceived: Float64Array;
  /** 1: some line has no amount, so the numbers are a lower bound. */
  readonly vague: Uint8Array;
  /** Shipped here and not (yet) received; received here and not (yet) told by a shipper. */
  readonly awaited: Float64Array;
  readonly ahead: Float64Array;
  readonly shipments: Uint32Array;
  readonly receipts: Uint32Array;
  /** When the last shipment to it left, unix ms; NaN: none. */
  readonly shippedAt: Float64Array;
};

/** One row of Stocks. */
export type Stock = { readonly [column in keyof Stocks]: number };

export function stockAt(stocks: Stocks, place: number): Stock {
  const entries = Object.entries(stocks).map(([name, column]) => [name, column[place] ?? 0]);
  return Object.fromEntries(entries) as Stock;
}

/** A step that made more or less than was put in, in the base unit of both sides. */
export type Mismatch = {
  readonly step: number;
  readonly at: number;
  readonly amountIn: number;
  readonly amountOut: number;
};

export type Replay = { readonly stocks: Stocks; readonly mismatches: readonly Mismatch[] };

/**
 * Goods mix evenly in a holding, so a departure takes tainted goods by their share at that time. A shipment and its
 * receipt tell of the same goods: whichever is later adds only what the other had not said.
 */
export function replay(ins: StockLines, outs: StockLines, world: StockWorld): Replay {
  const state = newState(world);
  const [orderIn, orderOut] = [inTime(ins), inTime(outs)];
  let [i, o] = [0, 0];
  while (i < orderIn.length || o < orderOut.length) {
    const first = earlier(ins, orderIn[i], outs, orderOut[o]);
    const [fromIn, fromOut] = [i, o];
    while (i < orderIn.length && ins.step[orderIn[i] ?? 0] === first.step) i++;
    while (o < orderOut.length && outs.step[orderOut[o] ?? 0] === first.step) o++;
    if (isMixing(first.step)) {
      mix(state, first.step, first.at, linesOf(ins, orderIn, fromIn, i), linesOf(outs, orderOut, fromOut, o));
    } else {
      const from = i > fromIn ? lineAt(ins, orderIn[fromIn] ?? 0) : undefined;
      const to = o > fromOut ? lineAt(outs, orderOut[fromOut] ?? 0) : undefined;
      pass(state, first.at, from, to);
    }
  }
  return { stocks: state.stocks, mismatches: state.mismatches };
}

type Line = { readonly place: number; readonly amount: number; readonly role: number };
type Load = { readonly amount: number; readonly tainted: number; readonly vague: boolean };
type State = {
  readonly world: StockWorld;
  readonly stocks: Stocks;
  /** Place → shipped from it to nobody named and not yet received by anybody; where those goods are meanwhile. */
  readonly onTheWay: Map<number, number>;
  readonly transitOf: Map<number, number>;
  /** Place → received from it by somebody and not yet told by a shipment. */
  readonly takenFrom: Map<number, number>;
  readonly mismatches: Mismatch[];
};

// What a transformation may gain or lose by rounding of scales before it is worth a look.
const tolerance = 0.005;
const nowhere = -1;

function newState(world: StockWorld): State {
  const numbers = () => new Float64Array(world.places);
  const stocks: Stocks = {
    received: numbers(),
    left: numbers(),
    onHand: numbers(),
    lowest: numbers(),
    negativeAt: numbers().fill(Number.NaN),
    tainted: numbers(),
    taintedReceived: numbers(),
    vague: new Uint8Array(world.places),
    awaited: numbers(),
    ahead: numbers(),
    shipments: new Uint32Array(world.places),
    receipts: new Uint32Array(world.places),
    shippedAt: numbers().fill(Number.NaN),
  };
  return { world, stocks, onTheWay: new Map(), transitOf: new Map(), takenFrom: new Map(), mismatches: [] };
}

/** Row numbers by time, then step: lines that only link are left out. */
function inTime({ at, step, role }: StockLines): Uint32Array<ArrayBuffer> {
  const rows = new Uint32Array(at.length);
  let count = 0;
  for (let row = 0; row < at.length; row++) if (isCounted(role[row] ?? 0)) rows[count++] = row;
  return sortRows(rows.subarray(0, count), at, step);
}

function earlier(
  ins: StockLines,
  i: number | undefined,
  outs: StockLines,
  o: number | undefined,
): { step: number; at: number } {
  const [atIn, atOut] = [i === undefined ? Infinity : (ins.at[i] ?? 0), o === undefined ? Infinity : (outs.at[o] ?? 0)];
  const [stepIn, stepOut] = [
    i === undefined ? Infinity : (ins.step[i] ?? 0),
    o === undefined ? Infinity : (outs.step[o] ?? 0),
  ];
  return atIn < atOut || (atIn === atOut && stepIn <= stepOut)
    ? { step: stepIn, at: atIn }
    : { step: stepOut, at: atOut };
}

function linesOf(lines: StockLines, order: Uint32Array, from: number, until: number): Line[] {
  return [...order.subarray(from, until)].map((row) => lineAt(lines, row));
}

function lineAt({ place, amount, role }: StockLines, row: number): Line {
  return { place: place[row] ?? 0, amount: amount[row] ?? Number.NaN, role: role[row] ?? 0 };
}

function mix(state: State, step: number, at: number, ins: readonly Line[], outs: readonly Line[]): void {
  const loads = ins.map((line) => take(state, line.place, line.amount, at));
  const amountIn = sum(loads, (load) => load.amount);
  const tainted = sum(loads, (load) => load.tainted);
  const known =
    state.world.comparable(step) &&
    loads.every((load) => !load.vague) &&
    outs.every((line) => !Number.isNaN(line.amount));
  const share = amountIn > 0 ? tainted / amountIn : 0;
  // Without comparable amounts any taint may be all of it, and nobody can say how much.
  const vague = !known && loads.some((load) => load.tainted > 0 || load.vague);
  for (const { place, amount } of outs) {
    const said = Number.isNaN(amount) ? 0 : amount;
    put(state, place, { amount: said, tainted: said * share, vague: vague || Number.isNaN(amount) });
  }
  const amountOut = sum(outs, (line) => line.amount);
  if (known && amountIn > 0 && outs.length > 0 && Math.abs(amountOut - amountIn) > amountIn * tolerance)
    state.mismatches.push({ step, at, amountIn, amountOut });
}

function pass(state: State, at: number, from: Line | undefined, to: Line | undefined): void {
  const line = from ?? to;
  if (line === undefined) return;
  if (line.role === edgeRoles.shipped) ship(state, at, from, to);
  else if (line.role === edgeRoles.received) receive(state, at, from, to);
  else carry(state, at, line.amount, from, to);
}

function ship(state: State, at: number, from: Line | undefined, to: Line | undefined): void {
  const { world, stocks, onTheWay, takenFrom, transitOf } = state;
  const said = from?.amount ?? to?.amount ?? Number.NaN;
  const amount = Number.isNaN(said) ? 0 : said;
  const source = from?.place ?? nowhere;
  const toNobody = to !== undefined && world.isTransit(to.place);
  // What somebody has received from here already, before this shipment was told, is not taken out again.
  const told = toNobody ? takenFrom.get(source) : to === undefined ? 0 : stocks.ahead[to.place];
  const already = Math.min(told ?? 0, amount);
  add(takenFrom, source, -Math.min(already, takenFrom.get(source) ?? 0));
  if (toNobody) {
    transitOf.set(source, to.place);
    add(onTheWay, source, amount - already);
  } else if (to !== undefined) {
    stocks.shipments[to.place] = (stocks.shipments[to.place] ?? 0) + 1;
    stocks.shippedAt[to.place] = at;
    grow(stocks.ahead, to.place, -already);
    grow(stocks.awaited, to.place, amount - already);
  }
  carry(state, at, said - already, from, to);
}

function receive(state: State, at: number, from: Line | undefined, to: Line | undefined): void {
  const { stocks, onTheWay, takenFrom, transitOf, world } = state;
  const said = to?.amount ?? from?.amount ?? Number.NaN;
  const source = from?.place ?? nowhere;
  const awaited = to === undefined || Number.isNaN(said) ? 0 : Math.min(stocks.awaited[to.place] ?? 0, said);
  if (to !== undefined) {
    stocks.receipts[to.place] = (stocks.receipts[to.place] ?? 0) + 1;
    grow(stocks.awaited, to.place, -awaited);
  }
  const rest = said - awaited;
  const amount = Number.isNaN(rest) ? 0 : rest;
  if (source !== nowhere && world.isTransit(source)) {
    if (to !== undefined) grow(stocks.ahead, to.place, Math.max(0, amount - Math.max(0, stocks.onHand[source] ?? 0)));
    carry(state, at, rest, from, to);
    return;
  }
  // Shipped by the same source to nobody named: it comes out of transit, not out of the source again.
  const transit = transitOf.get(source);
  const moving = transit === undefined ? 0 : Math.min(amount, onTheWay.get(source) ?? 0);
  add(onTheWay, source, -moving);
  if (moving > 0 && from !== undefined && transit !== undefined)
    carry(state, at, moving, { ...from, place: transit }, to);
  if (to !== undefined) grow(stocks.ahead, to.place, amount - moving);
  add(takenFrom, source, amount - moving);
  carry(state, at, rest - moving, from, to);
}

type At = Pick<Line, 'place'> | undefined;

function carry(state: State, at: number, amount: number, from: At, to: At): void {
  if (amount === 0) return;
  const vague = Number.isNaN(amount);
  const load =
    from === undefined ? { amount: vague ? 0 : amount, tainted: 0, vague } : take(state, from.place, amount, at);
  if (to !== undefined) put(state, to.place, load);
}

function take({ stocks, world }: State, place: number, said: number, at: number): Load {
  const unsaid = Number.isNaN(said);
  const amount = unsaid ? 0 : said;
  const share = world.isSource(place) ? 1 : shareOf(stocks, place);
  const tainted = amount * share;
  grow(stocks.left, place, amount);
  grow(stocks.onHand, place, -amount);
  const onHand = stocks.onHand[place] ?? 0;
  stocks.tainted[place] = Math.max(0, Math.min((stocks.tainted[place] ?? 0) - tainted, Math.max(0, onHand)));
  if (unsaid) stocks.vague[place] = 1;
  if (onHand < (stocks.lowest[place] ?? 0)) stocks.lowest[place] = onHand;
  if (onHand < -dustOf(stocks, place) && Number.isNaN(stocks.negativeAt[place])) stocks.negativeAt[place] = at;
  return { amount, tainted, vague: unsaid || (stocks.vague[place] === 1 && share > 0) };
}

function put({ stocks, world }: State, place: number, load: Load): void {
  const tainted = world.isSource(place) ? load.amount : load.tainted;
  grow(stocks.received, place, load.amount);
  grow(stocks.onHand, place, load.amount);
  grow(stocks.tainted, place, tainted);
  grow(stocks.taintedReceived, place, tainted);
  if (load.vague) stocks.vague[place] = 1;
}

/** The share of what is there; when the books say nothing is left, the share of all that ever came. */
function shareOf(stocks: Stocks, place: number): number {
  const onHand = stocks.onHand[place] ?? 0;
  if (onHand > dustOf(stocks, place)) return Math.min(1, (stocks.tainted[place] ?? 0) / onHand);
  const received = stocks.received[place] ?? 0;
  return received > 0 ? Math.min(1, (stocks.taintedReceived[place] ?? 0) / received) : 0;
}

/** Sums of decimal fractions are off by less than this. */
function dustOf(stocks: Stocks, place: number): number {
  return 1e-9 * Math.max(1, stocks.received[place] ?? 0, stocks.left[place] ?? 0);
}

function grow(column: Float64Array, place: number, by: number): void {
  column[place] = (column[place] ?? 0) + by;
}

function add(map: Map<number, number>, key: number, amount: number): void {
  if (amount !== 0) map.set(key, (map.get(key) ?? 0) + amount);
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += of(item);
  return total;
}
