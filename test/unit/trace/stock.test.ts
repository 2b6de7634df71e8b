// Small sums of the books: what is known of a place, what part of goods is recalled, and what a mixture holds.
import { describe, expect, it } from 'vitest';
import {
  cleanGoods,
  doubts,
  emptyStocks,
  goods,
  isComparable,
  knownAmounts,
  type Load,
  mixtureOf,
  noDimension,
  partOf,
  shareOf,
  stockAt,
} from '../../../server/trace/chain/stock.ts';
import { findingsOfHolding } from '../../../server/trace/finding/finding.ts';
import { usualRule } from '../../../server/trace/state/loss.ts';

const load = (said: Partial<Load>): Load => ({ ...cleanGoods(10, 0), ...said });
const pure = load({ goods: goods.pure, tainted: 10 });
const some = load({ goods: goods.some, tainted: 4 });

describe('what is told of a place', () => {
  const books = (said: Partial<ReturnType<typeof stockAt>>) => ({
    ...stockAt(emptyStocks(1), 0),
    dimension: 0,
    ...said,
  });

  it('is its amounts, each unless it is in doubt', () => {
    expect(knownAmounts(books({ received: 9, onHand: 4 }))).toEqual({ received: 9, onHand: 4 });
    expect(knownAmounts(books({ received: 9, onHand: -4 }))).toEqual({ received: 9, onHand: 0 });
    expect(knownAmounts(books({ received: 9, onHand: 4, receivedDoubt: doubts.unsaid }))).toEqual({
      received: null,
      onHand: 4,
    });
    expect(knownAmounts(books({ received: 9, onHand: 4, onHandDoubt: doubts.units }))).toEqual({
      received: 9,
      onHand: null,
    });
  });

  it('is nothing where nobody said an amount, or nobody was asked', () => {
    const nothing = { received: null, onHand: null };
    expect(knownAmounts(books({ dimension: noDimension }))).toEqual(nothing);
    expect(knownAmounts(undefined)).toEqual(nothing);
  });
});

describe('the share of recalled goods', () => {
  const share = (said: Record<'received' | 'onHand' | 'tainted' | 'taintedReceived', number>) => {
    const stocks = emptyStocks(1);
    for (const [name, amount] of Object.entries(said)) stocks[name as keyof typeof said][0] = amount;
    return shareOf(stocks, 0);
  };

  it('is that of what is there, and of all that came where nothing is left', () => {
    expect(share({ received: 20, onHand: 8, tainted: 2, taintedReceived: 10 })).toBe(0.25);
    expect(share({ received: 20, onHand: 0, tainted: 0, taintedReceived: 10 })).toBe(0.5);
    expect(share({ received: 20, onHand: 2, tainted: 8, taintedReceived: 10 })).toBe(1);
    expect(share({ received: 5, onHand: 0, tainted: 0, taintedReceived: 10 })).toBe(1);
    expect(share({ received: 0, onHand: 0, tainted: 0, taintedReceived: 0 })).toBe(0);
  });

  it('does not take the dust of sums for goods, a billion kilograms leave a little more of it', () => {
    expect(share({ received: 1, onHand: 1e-9, tainted: 1e-9, taintedReceived: 0.5 })).toBe(0.5);
    expect(share({ received: 1, onHand: 2e-9, tainted: 2e-9, taintedReceived: 0.5 })).toBe(1);
    expect(share({ received: 1e12, onHand: 500, tainted: 500, taintedReceived: 5e11 })).toBe(0.5);
  });
});

describe('a part of some goods', () => {
  it('has its part of the recalled ones', () => {
    expect(partOf(some, 5, 0)).toEqual({ ...some, amount: 5, tainted: 2 });
    expect(partOf(some, 10, 0)).toEqual(some);
    expect(partOf(load({ amount: 0, goods: goods.some }), 0, 0)).toMatchObject({ doubt: doubts.none });
  });

  it('is clean where the whole was, in whatever it is counted', () => {
    expect(partOf(load({}), 3, 1)).toEqual(cleanGoods(3, 1));
    expect(partOf(load({ goods: goods.nothing }), 3, 0)).toEqual(cleanGoods(3, 0));
  });

  it('counted anew is recalled through and through, or nobody knows how much of it', () => {
    expect(partOf(pure, 3, 1)).toMatchObject({ amount: 3, dimension: 1, tainted: 3, doubt: doubts.none });
    expect(partOf(pure, 10, 1)).toMatchObject({ dimension: 1, tainted: 10 });
    expect(partOf(some, 3, 1)).toMatchObject({ tainted: 0, doubt: doubts.units });
    expect(partOf({ ...some, doubt: doubts.clock }, 3, 1)).toMatchObject({ tainted: 0, doubt: doubts.clock });
    expect(partOf(load({ amount: 0, goods: goods.some, tainted: 0 }), 3, 0)).toMatchObject({ doubt: doubts.units });
    expect(partOf(load({ amount: Number.NaN, goods: goods.pure, tainted: 0 }), 3, 0)).toMatchObject({ tainted: 3 });
  });
});

describe('a mixture', () => {
  const kilos = (amount: number) => ({ place: 0, amount, dimension: 0 });
  const clean = load({});

  it('of clean goods is clean, though something else came to nothing in it', () => {
    expect(mixtureOf([clean], [kilos(9)])).toEqual([cleanGoods(9, 0)]);
    expect(mixtureOf([clean, load({ amount: 0, goods: goods.some, dimension: 1 })], [kilos(9)])).toEqual([
      cleanGoods(9, 0),
    ]);
    expect(mixtureOf([pure, load({ amount: 0, dimension: 1, doubt: doubts.unsaid })], [kilos(9)])).toMatchObject([
      { goods: goods.pure, tainted: 9, doubt: doubts.none },
    ]);
  });

  it('loses recalled goods with the rest, and gains none with water', () => {
    expect(mixtureOf([pure, clean], [kilos(10)])).toMatchObject([{ goods: goods.some, tainted: 5 }]);
    expect(mixtureOf([pure, clean], [kilos(30), kilos(10)])).toMatchObject([{ tainted: 7.5 }, { tainted: 2.5 }]);
    expect(mixtureOf([pure, clean], [kilos(0)])).toMatchObject([{ tainted: 0 }]);
  });

  it('is unknown for the reason of what went in, and else because it cannot be compared', () => {
    const unsaid = load({ amount: Number.NaN, goods: goods.some, doubt: doubts.unsaid });
    expect(mixtureOf([pure, unsaid], [kilos(9)])).toMatchObject([
      { goods: goods.some, tainted: 0, doubt: doubts.unsaid },
    ]);
    expect(mixtureOf([some, { ...some, doubt: doubts.clock }], [kilos(9)])).toMatchObject([{ doubt: doubts.clock }]);
    expect(mixtureOf([some, load({ dimension: 1 })], [kilos(9)])).toMatchObject([{ doubt: doubts.mixed }]);
    expect(mixtureOf([pure], [{ ...kilos(4), dimension: 1 }])).toMatchObject([{ tainted: 4, doubt: doubts.none }]);
  });

  it('of nothing is comparable', () => {
    expect([isComparable([]), isComparable([kilos(1), kilos(Number.NaN)])]).toEqual([true, false]);
  });
});

it('what shipper and receiver disagree about is the larger of too little and too much', () => {
  const said = { unreceived: 0, unreceivedAt: 0, unshipped: 0, unshippedAt: 0, shippedAt: 1, early: undefined };
  const differenceOf = (short: number, over: number) =>
    findingsOfHolding(
      {
        ...{ holdingId: 1, lotId: 1, siteKey: 9, unit: 'KGM' },
        ...{ stock: { ...stockAt(emptyStocks(1), 0), received: 100 }, difference: { ...said, short, over } },
      },
      { life: null, rule: usualRule },
      2,
    ).map(({ kind, detail }) => [kind, detail['difference']]);
  expect([differenceOf(5, 2), differenceOf(2, 5), differenceOf(0.4, 0.4)]).toEqual([
    [['differ', -5]],
    [['differ', 5]],
    [],
  ]);
});
