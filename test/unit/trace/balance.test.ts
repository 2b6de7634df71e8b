// What is where and how much of it: shipments and receipts tell of the same goods, and goods mix evenly.
import { describe, expect, it } from 'vitest';
import { replay, type StockLines, type StockWorld } from '../../../server/trace/chain/balance.ts';
import { stepOf } from '../../../server/trace/chain/strand.ts';
import { baseAmount, unitCode } from '../../../server/trace/code/balance-unit.ts';
import { edgeRoles } from '../../../server/trace/event/chain-links.ts';

const [shop, kitchen, transit, dish] = [1, 2, 3, 4];
const world: StockWorld = {
  places: 5,
  isSource: () => false,
  isTransit: (place) => place === transit,
  comparable: () => true,
};

type Line = { readonly place: number; readonly amount: number; readonly role: number };
type Step = {
  readonly step: number;
  readonly at: number;
  readonly ins: readonly Line[];
  readonly outs: readonly Line[];
};
let event = 0;

function step(at: number, role: number, from: [number, number] | null, to: [number, number] | null, strand = 1): Step {
  const line = (side: [number, number] | null) => (side === null ? [] : [{ place: side[0], amount: side[1], role }]);
  event += 1;
  return { step: stepOf(event, strand), at, ins: line(from), outs: line(to) };
}
const made = (at: number, to: number, amount: number) => step(at, edgeRoles.made, null, [to, amount]);
const shipped = (at: number, from: number, to: number, amount: number) =>
  step(at, edgeRoles.shipped, [from, amount], [to, amount]);
const received = (at: number, from: number, to: number, amount: number) =>
  step(at, edgeRoles.received, [from, amount], [to, amount]);
const sold = (at: number, from: number, amount: number) => step(at, edgeRoles.gone, [from, amount], null);

function columns(steps: readonly Step[], side: 'ins' | 'outs'): StockLines {
  const rows = steps.flatMap((one) => one[side].map((line) => ({ ...line, step: one.step, at: one.at })));
  return {
    place: rows.map((row) => row.place),
    step: rows.map((row) => row.step),
    at: rows.map((row) => row.at),
    amount: rows.map((row) => row.amount),
    role: rows.map((row) => row.role),
  };
}

function played(steps: readonly Step[], inWorld: StockWorld = world) {
  const { stocks, mismatches } = replay(columns(steps, 'ins'), columns(steps, 'outs'), inWorld);
  const at = (place: number) =>
    Object.fromEntries(Object.entries(stocks).map(([name, column]) => [name, column[place]])) as Record<
      keyof typeof stocks,
      number
    >;
  return { at, mismatches };
}

describe('a balance', () => {
  it('counts a shipment and its receipt once, whichever comes first', () => {
    for (const order of [
      [shipped(2, shop, kitchen, 10), received(3, shop, kitchen, 10)],
      [received(2, shop, kitchen, 10), shipped(3, shop, kitchen, 10)],
    ]) {
      const steps = [made(1, shop, 30), ...order];
      expect(played(steps).at(shop)).toMatchObject({ onHand: 20, left: 10 });
      expect(played(steps).at(kitchen)).toMatchObject({ onHand: 10, received: 10 });
    }
  });

  it('counts goods shipped to nobody named once when somebody receives them', () => {
    for (const order of [
      [shipped(2, shop, transit, 10), received(3, shop, kitchen, 10)],
      [received(2, shop, kitchen, 10), shipped(3, shop, transit, 10)],
      [shipped(2, shop, transit, 10), received(3, transit, kitchen, 10)],
    ]) {
      const steps = [made(1, shop, 30), ...order];
      expect(played(steps).at(shop)).toMatchObject({ onHand: 20 });
      expect(played(steps).at(kitchen)).toMatchObject({ onHand: 10 });
      expect(played(steps).at(transit).onHand).toBe(0);
    }
  });

  it('tells what shipper and receiver disagree about', () => {
    const short = played([made(1, shop, 30), shipped(2, shop, kitchen, 10), received(3, shop, kitchen, 9)]);
    expect(short.at(kitchen)).toMatchObject({ awaited: 1, ahead: 0, shipments: 1, receipts: 1 });
    const over = played([made(1, shop, 30), shipped(2, shop, kitchen, 10), received(3, shop, kitchen, 12)]);
    expect(over.at(kitchen)).toMatchObject({ awaited: 0, ahead: 2, received: 12 });
  });

  it('is negative from the moment more has left than came', () => {
    const stock = played([made(1, shop, 5), sold(2, shop, 4), sold(3, shop, 4), made(4, shop, 10)]).at(shop);
    expect(stock).toMatchObject({ onHand: 7, lowest: -3, negativeAt: 3 });
  });

  it('is not thrown off by sums of decimal fractions', () => {
    const stock = played([made(1, shop, 0.1), made(1, shop, 0.2), sold(2, shop, 0.3)]).at(shop);
    expect(stock.negativeAt).toBeNaN();
  });

  it('finds more made than was put in', () => {
    const mix: Step = {
      step: stepOf(900, 0),
      at: 2,
      ins: [{ place: shop, amount: 10, role: edgeRoles.used }],
      outs: [{ place: dish, amount: 12, role: edgeRoles.made }],
    };
    expect(played([made(1, shop, 10), mix]).mismatches).toEqual([
      { step: stepOf(900, 0), at: 2, amountIn: 10, amountOut: 12 },
    ]);
  });
});

describe('taint', () => {
  const tainted: StockWorld = { ...world, isSource: (place) => place === shop };
  const mix = (at: number, amount: number): Step => ({
    step: stepOf(800 + at, 0),
    at,
    ins: [
      { place: shop, amount, role: edgeRoles.used },
      { place: kitchen, amount: 30, role: edgeRoles.used },
    ],
    outs: [{ place: dish, amount: amount + 30, role: edgeRoles.made }],
  });

  it('is spread by weight over what it was mixed into', () => {
    const { at } = played([made(1, shop, 10), made(1, kitchen, 30), mix(2, 10), sold(3, dish, 20)], tainted);
    expect(at(dish)).toMatchObject({ onHand: 20, tainted: 5, taintedReceived: 10 });
  });

  it('leaves alone what was sold before it came', () => {
    const { at } = played(
      [made(0, dish, 8), sold(1, dish, 8), made(1, shop, 10), made(1, kitchen, 30), mix(2, 10)],
      tainted,
    );
    expect(at(dish)).toMatchObject({ onHand: 40, tainted: 10 });
  });

  it('cannot be told where amounts cannot be compared', () => {
    const { at } = played([made(1, shop, 10), made(1, kitchen, 30), mix(2, 10)], {
      ...tainted,
      comparable: () => false,
    });
    expect(at(dish).vague).toBe(1);
  });
});

describe('units', () => {
  it('become kilograms, litres or pieces', () => {
    expect(baseAmount(1500, 'GRM', { unit: undefined, factors: {} })).toEqual({ amount: 1.5, dimension: 'mass' });
    expect(baseAmount(3, undefined, { unit: undefined, factors: {} })).toEqual({ amount: 3, dimension: 'pieces' });
  });

  it('become the unit of the product only through a factor the product has', () => {
    expect(baseAmount(4, 'CS', { unit: 'KGM', factors: { CS: 12.5 } })).toEqual({ amount: 50, dimension: 'mass' });
    expect(baseAmount(4, 'CS', { unit: 'KGM', factors: {} })).toBeUndefined();
    expect(baseAmount(4, undefined, { unit: 'KGM', factors: {} })).toBeUndefined();
  });

  it('are read as people write them', () => {
    expect(['公斤', 'kg', 'KGM', '箱', 'furlong'].map(unitCode)).toEqual(['KGM', 'KGM', 'KGM', 'BX', undefined]);
  });
});
