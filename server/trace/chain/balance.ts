// What is where and how much of it is recalled goods: the entries of some holdings replayed in the order of the books.
import { edgeRoles } from '../event/chain-links.ts';
import { type Deliveries, type DeliveryWorld, settleDeliveries } from './delivery.ts';
import { type Entries, entriesOf, type Line, nowhere, type StockLines } from './entry.ts';
import type { Movement } from './movement.ts';
import {
  cleanGoods,
  doubts,
  dustOf,
  emptyStocks,
  goods,
  grow,
  isComparable,
  type Load,
  mixtureOf,
  noDimension,
  of,
  partOf,
  type Stocks,
  shareOf,
  sumOf,
  unsureGoods,
} from './stock.ts';
import { isMixing } from './strand.ts';

/** What the places mean. */
export type StockWorld = DeliveryWorld & {
  /** Of the recalled lot itself, tainted through and through. */
  readonly isSource: (place: number) => boolean;
};

/** A step that made more or less than was put in, in one dimension. */
export type Mismatch = {
  readonly step: number;
  readonly at: number;
  readonly amountIn: number;
  readonly amountOut: number;
};

/** A line in another dimension than its place is counted in. */
export type Conflict = { readonly place: number; readonly step: number; readonly dimension: number };

/** A stock taking: what the books said before it, and what was found. */
export type Recount = {
  readonly place: number;
  readonly step: number;
  readonly at: number;
  readonly books: number;
  readonly found: number;
};

export type Replay = {
  readonly stocks: Stocks;
  readonly mismatches: readonly Mismatch[];
  readonly conflicts: readonly Conflict[];
  readonly recounts: readonly Recount[];
  readonly entries: Entries;
  readonly deliveries: Deliveries;
};

/** Goods mix evenly in a holding, so a departure takes recalled goods by their share at that time. */
export function replay(ins: StockLines, outs: StockLines, world: StockWorld): Replay {
  const entries = entriesOf(ins, outs);
  const deliveries = settleDeliveries(entries, world);
  const state = {
    world,
    stocks: emptyStocks(world.places),
    mismatches: [],
    conflicts: [],
    recounts: [],
    step: 0,
    at: 0,
  };
  for (let entry = 0; entry < entries.count; entry++) {
    state.step = entries.stepOf(entry);
    state.at = entries.atOf(entry);
    const movements = deliveries.movements[entry];
    if (isMixing(state.step)) mix(state, entries.linesIn(entry), entries.linesOut(entry));
    else if (movements === undefined) pass(state, entries, entry);
    else for (const movement of movements) move(state, movement);
  }
  const { stocks, mismatches, conflicts, recounts } = state;
  return { stocks, mismatches, conflicts, recounts, entries, deliveries };
}

type State = {
  readonly world: StockWorld;
  readonly stocks: Stocks;
  readonly mismatches: Mismatch[];
  readonly conflicts: Conflict[];
  readonly recounts: Recount[];
  /** The entry that is being replayed. */
  step: number;
  at: number;
};

// What a transformation may gain or lose by rounding of scales before it is worth a look.
const tolerance = 0.005;
const mostListed = 1_000;

function pass(state: State, entries: Entries, entry: number): void {
  const [from, to] = [entries.fromOf(entry), entries.toOf(entry)];
  const [amount, dimension] = [entries.amountOf(entry), entries.dimensionOf(entry)];
  if (entries.roleOf(entry) === edgeRoles.counted) {
    count(state, to, amount, dimension);
    return;
  }
  const load = from === nowhere ? cleanGoods(amount, dimension) : take(state, from, amount, dimension);
  if (to !== nowhere) put(state, to, load);
}

function move(state: State, { from, taken, dimension, arrivals, goods: what }: Movement): void {
  const load = from === nowhere ? undefined : take(state, from, taken, dimension);
  for (const { to, amount, dimension: unit } of arrivals) {
    if (what === 'beyond') putBeyond(state, to, amount, unit);
    else if (what === 'unsure') put(state, to, unsureGoods(amount, unit));
    else put(state, to, load === undefined ? cleanGoods(amount, unit) : partOf(load, amount, unit));
  }
}

function mix(state: State, ins: readonly Line[], outs: readonly Line[]): void {
  const loads = ins.map(({ place, amount, dimension }) => take(state, place, amount, dimension));
  for (const [index, load] of mixtureOf(loads, outs).entries()) put(state, outs[index]?.place ?? nowhere, load);
  const [amountIn, amountOut] = [sumOf(loads), sumOf(outs)];
  if (outs.length === 0 || amountIn <= 0 || !isComparable([...loads, ...outs])) return;
  if (Math.abs(amountOut - amountIn) > amountIn * tolerance)
    state.mismatches.push({ step: state.step, at: state.at, amountIn, amountOut });
}

function take(state: State, place: number, amount: number, dimension: number): Load {
  const { stocks, world } = state;
  const isSource = world.isSource(place);
  const what = isSource ? goods.pure : of(stocks.goods, place);
  const known = { amount, dimension, goods: what, tainted: 0, doubt: doubts.none };
  if (amount === 0) return known;
  const reason = doubtOf(state, place, amount, dimension);
  if (reason !== doubts.none) {
    doubtStock(stocks.onHandDoubt, place, reason);
    if (what <= goods.clean) return known;
    if (what === goods.pure) return { ...known, tainted: Number.isNaN(amount) ? 0 : amount };
    return { ...known, doubt: of(stocks.taintDoubt, place) || reason };
  }
  const doubted = of(stocks.onHandDoubt, place);
  const share = isSource || (what === goods.pure && doubted !== doubts.none) ? 1 : shareOf(stocks, place);
  leave(state, place, amount, amount * share);
  if (what === goods.pure) return { ...known, tainted: amount * share };
  return {
    ...known,
    tainted: amount * share,
    doubt: what === goods.some ? of(stocks.taintDoubt, place) || doubted : 0,
  };
}

function leave({ stocks, at }: State, place: number, amount: number, tainted: number): void {
  grow(stocks.left, place, amount);
  grow(stocks.onHand, place, -amount);
  const onHand = of(stocks.onHand, place);
  // Where more had left than came, the books say less than what is there: recalled goods that came are still all there.
  stocks.tainted[place] = Math.max(0, of(stocks.tainted, place) - tainted);
  if (of(stocks.onHandDoubt, place) !== doubts.none) return;
  if (onHand < of(stocks.lowest, place)) stocks.lowest[place] = onHand;
  if (onHand < -dustOf(stocks, place) && Number.isNaN(of(stocks.negativeAt, place))) stocks.negativeAt[place] = at;
}

function put(state: State, place: number, load: Load): void {
  const { stocks, world } = state;
  if (load.amount === 0) {
    if (of(stocks.dimension, place) === noDimension) stocks.dimension[place] = load.dimension;
    return;
  }
  const isSource = world.isSource(place);
  addGoods(stocks.goods, place, isSource ? goods.pure : load.goods);
  const reason = doubtOf(state, place, load.amount, load.dimension);
  if (load.goods === goods.some && (load.doubt || reason) !== doubts.none)
    doubtStock(stocks.taintDoubt, place, load.doubt || reason);
  if (reason !== doubts.none) {
    doubtStock(stocks.onHandDoubt, place, reason);
    doubtStock(stocks.receivedDoubt, place, reason);
    return;
  }
  const tainted = isSource ? load.amount : load.tainted;
  grow(stocks.received, place, load.amount);
  grow(stocks.onHand, place, load.amount);
  grow(stocks.tainted, place, tainted);
  grow(stocks.taintedReceived, place, tainted);
}

/** More than was shipped to it: the goods are the same, and no more recalled ones than before. */
function putBeyond(state: State, place: number, amount: number, dimension: number): void {
  const isPure = of(state.stocks.goods, place) === goods.pure;
  put(state, place, { ...cleanGoods(amount, dimension), goods: isPure ? goods.pure : goods.clean });
}

/** A stock taking says what is there. What is missing is missing evenly; what was found is not recalled goods come anew. */
function count(state: State, place: number, found: number, dimension: number): void {
  const { stocks, world } = state;
  if (Number.isNaN(found)) return;
  if (doubtOf(state, place, found, dimension) !== doubts.none) {
    doubtStock(stocks.onHandDoubt, place, doubts.units);
    return;
  }
  const [books, doubt, what] = [of(stocks.onHand, place), of(stocks.onHandDoubt, place), of(stocks.goods, place)];
  const before = of(stocks.tainted, place);
  const still = books > dustOf(stocks, place) ? before * Math.min(1, found / books) : found * shareOf(stocks, place);
  const pure = world.isSource(place) || (what === goods.pure && doubt !== doubts.none);
  stocks.tainted[place] = pure ? found : Math.min(still, found, of(stocks.taintedReceived, place));
  if (doubt !== doubts.none && what === goods.some) doubtStock(stocks.taintDoubt, place, doubt);
  stocks.onHandDoubt[place] = doubts.none;
  grow(stocks.counted, place, found - books);
  stocks.onHand[place] = found;
  if (doubt === doubts.none && state.recounts.length < mostListed)
    state.recounts.push({ place, step: state.step, at: state.at, books, found });
}

/** Why an amount cannot be added to the books of a place, which are kept in the first dimension that was said there. */
function doubtOf({ stocks, conflicts, step }: State, place: number, amount: number, dimension: number): number {
  if (Number.isNaN(amount)) return doubts.unsaid;
  const kept = of(stocks.dimension, place);
  if (kept === noDimension) stocks.dimension[place] = dimension;
  if (kept === noDimension || kept === dimension) return doubts.none;
  if (conflicts.length < mostListed) conflicts.push({ place, step, dimension });
  return doubts.units;
}

/** The first reason stands: what came later is not known because of it. */
function doubtStock(column: Uint8Array, place: number, reason: number): void {
  if (of(column, place) === doubts.none) column[place] = reason;
}

function addGoods(column: Uint8Array, place: number, more: number): void {
  const before = of(column, place);
  const added = more === goods.nothing ? goods.clean : more;
  column[place] = before === goods.nothing || before === added ? added : goods.some;
}
