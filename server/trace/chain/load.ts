// Goods between two places: how much, and how much of it is recalled; and what comes of them when they are mixed or parted.
import type { Line } from './entry.ts';
import { doubts, goods } from './stock.ts';

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
