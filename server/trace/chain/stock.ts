// The books of places in columns: what came, left, is there, and how much of it is recalled; and goods on their way between two of them.
import type { Line } from './entry.ts';

/**
 * Kept true by every change, where nothing is unknown: onHand = received − left + counted, and taintedReceived never grows by
 * more than went in. Amounts are in the place's own dimension. An amount in another one, or one that nobody said, is never
 * added: the place is unknown from then on, until somebody counts it.
 */
export type Stocks = {
  /** What amounts of the place are counted in; noDimension: none was ever said. */
  readonly dimension: Int32Array;
  readonly received: Float64Array;
  readonly left: Float64Array;
  /** Negative: more left than ever came. */
  readonly onHand: Float64Array;
  /** What stock takings found more (or less) than the books said. */
  readonly counted: Float64Array;
  readonly lowest: Float64Array;
  /** When it first fell below zero, unix ms; NaN: never. */
  readonly negativeAt: Float64Array;
  /** How much of `onHand` is recalled goods by mass balance, and how much of them ever came. */
  readonly tainted: Float64Array;
  readonly taintedReceived: Float64Array;
  /** Why an amount is not known (see doubts): of what is there, of all that came, of the recalled goods in it. */
  readonly onHandDoubt: Uint8Array;
  readonly receivedDoubt: Uint8Array;
  readonly taintDoubt: Uint8Array;
  /** What ever came (see goods). */
  readonly goods: Uint8Array;
};

/** One row of Stocks. */
export type Stock = { readonly [column in keyof Stocks]: number };

export const noDimension = -1;

/**
 * `unsaid`: an event names no amount. `units`: kilograms and pieces, and the product says no weight. `mixed`: made of goods
 * whose amounts cannot be compared. `clock`: received before the shipper can have had it.
 */
export const doubts = { none: 0, unsaid: 1, units: 2, mixed: 3, clock: 4 } as const;

/** `clean`: nothing recalled. `some`: recalled goods and others. `pure`: recalled goods and nothing else. */
export const goods = { nothing: 0, clean: 1, some: 2, pure: 3 } as const;

export function emptyStocks(places: number): Stocks {
  const numbers = () => new Float64Array(places);
  return {
    dimension: new Int32Array(places).fill(noDimension),
    received: numbers(),
    left: numbers(),
    onHand: numbers(),
    counted: numbers(),
    lowest: numbers(),
    negativeAt: numbers().fill(Number.NaN),
    tainted: numbers(),
    taintedReceived: numbers(),
    onHandDoubt: new Uint8Array(places),
    receivedDoubt: new Uint8Array(places),
    taintDoubt: new Uint8Array(places),
    goods: new Uint8Array(places),
  };
}

export function stockAt(stocks: Stocks, place: number): Stock {
  const entries = Object.entries(stocks).map(([name, column]) => [name, of(column, place)]);
  return Object.fromEntries(entries) as Stock;
}

/** What may be told of a place's amounts; null: not known. */
export function knownAmounts(stock: Stock | undefined): { received: number | null; onHand: number | null } {
  if (stock === undefined || stock.dimension === noDimension) return { received: null, onHand: null };
  return {
    received: stock.receivedDoubt === doubts.none ? stock.received : null,
    onHand: stock.onHandDoubt === doubts.none ? Math.max(0, stock.onHand) : null,
  };
}

type Column = Float64Array | Uint8Array | Int32Array;

/** Every place has its row. */
export function of(column: Column, place: number): number {
  return column[place] ?? 0;
}

export function grow(column: Float64Array, place: number, by: number): void {
  column[place] = of(column, place) + by;
}

/** Sums of decimal fractions are off by less than this. */
export function dustOf({ received, left, counted }: Stocks, place: number): number {
  return 1e-9 * Math.max(1, of(received, place), of(left, place), Math.abs(of(counted, place)));
}

/** The share of what is there; when the books say nothing is left, the share of all that ever came. */
export function shareOf(stocks: Stocks, place: number): number {
  const onHand = of(stocks.onHand, place);
  if (onHand > dustOf(stocks, place)) return Math.min(1, of(stocks.tainted, place) / onHand);
  const received = of(stocks.received, place);
  return received > 0 ? Math.min(1, of(stocks.taintedReceived, place) / received) : 0;
}

/** Goods between two places. */
export type Load = {
  /** NaN: not said. */
  readonly amount: number;
  readonly dimension: number;
  /** Means nothing where there is a doubt. */
  readonly tainted: number;
  /** See goods. */
  readonly goods: number;
  /** Why nobody knows how much of it is recalled (see doubts). */
  readonly doubt: number;
};

export function cleanGoods(amount: number, dimension: number): Load {
  return { amount, dimension, tainted: 0, goods: goods.clean, doubt: doubts.none };
}

export function unsureGoods(amount: number, dimension: number): Load {
  return { amount, dimension, tainted: 0, goods: goods.some, doubt: doubts.clock };
}

/** `amount` of a load; weighed where it was counted, only what is recalled through and through stays known. */
export function partOf(load: Load, amount: number, dimension: number): Load {
  if (load.goods <= goods.clean) return cleanGoods(amount, dimension);
  const part = { ...load, amount, dimension };
  if (amount === load.amount && dimension === load.dimension) return load;
  if (dimension === load.dimension && load.amount > 0)
    return { ...part, tainted: (load.tainted * amount) / load.amount };
  if (load.goods === goods.pure) return { ...part, tainted: amount };
  return { ...part, tainted: 0, doubt: load.doubt || doubts.units };
}

/** What came of a mixture: a gain in weight adds no recalled goods, a loss takes its part of them. */
export function mixtureOf(loads: readonly Load[], outs: readonly Line[]): readonly Load[] {
  const put = loads.filter((load) => load.amount !== 0);
  if (put.every((load) => load.goods <= goods.clean))
    return outs.map(({ amount, dimension }) => cleanGoods(amount, dimension));
  const all = put.every((load) => load.goods === goods.pure) ? goods.pure : goods.some;
  const known = isComparable([...put, ...outs]) && put.every(({ doubt }) => doubt === doubts.none);
  const doubt = put.find((load) => load.doubt !== doubts.none)?.doubt ?? doubts.mixed;
  const tainted = put.reduce((total, load) => total + load.tainted, 0);
  const perUnit = known && sumOf(outs) > 0 ? (tainted * Math.min(1, sumOf(outs) / sumOf(put))) / sumOf(outs) : 0;
  return outs.map(({ amount, dimension }): Load => {
    const made = { amount, dimension, goods: all, doubt: doubts.none };
    if (known) return { ...made, tainted: amount * perUnit };
    // Made of nothing else, all of it is recalled goods, in whatever it is counted.
    return all === goods.pure ? { ...made, tainted: amount } : { ...made, tainted: 0, doubt };
  });
}

export function isComparable(lines: readonly Pick<Line, 'amount' | 'dimension'>[]): boolean {
  const dimension = lines[0]?.dimension;
  return lines.every((line) => !Number.isNaN(line.amount) && line.dimension === dimension);
}

export function sumOf(lines: readonly { readonly amount: number }[]): number {
  return lines.reduce((total, { amount }) => total + amount, 0);
}
