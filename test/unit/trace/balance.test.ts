// What is where and how much of it: shipments and receipts tell of the same goods, and goods mix evenly.
import { describe, expect, it } from 'vitest';
import { replay, type StockWorld } from '../../../server/trace/chain/balance.ts';
import { differencesOf } from '../../../server/trace/chain/difference.ts';
import type { StockLines } from '../../../server/trace/chain/entry.ts';
import { doubts } from '../../../server/trace/chain/stock.ts';
import { stepOf } from '../../../server/trace/chain/strand.ts';
import { baseAmount, unitCode } from '../../../server/trace/code/balance-unit.ts';
import { edgeRoles } from '../../../server/trace/event/chain-links.ts';

const [shop, kitchen, transit, dish] = [1, 2, 3, 4];
const world: StockWorld = {
  places: 5,
  isSource: () => false,
  isTransit: (place) => place === transit,
  lotOf: () => 1,
  kindOf: () => 'ObjectEvent',
  firmOf: () => undefined,
  reachedAt: () => Number.POSITIVE_INFINITY,
};

type Line = { readonly place: number; readonly amount: number; readonly role: number; readonly dimension?: number };
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
    dimension: rows.map((row) => row.dimension ?? 0),
    role: rows.map((row) => row.role),
  };
}

function played(steps: readonly Step[], inWorld: StockWorld = world) {
  const replayed = replay(columns(steps, 'ins'), columns(steps, 'outs'), inWorld);
  const { stocks, mismatches } = replayed;
  const differences = differencesOf(replayed, inWorld.isTransit);
  const at = (place: number) =>
    Object.fromEntries(Object.entries(stocks).map(([name, column]) => [name, column[place]])) as Record<
      keyof typeof stocks,
      number
    >;
  return { at, mismatches, differences };
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

  it('counts for the shop what the shop signed for; the difference is lost or found on the way, not at the shipper', () => {
    const short = played([made(1, shop, 30), shipped(2, shop, kitchen, 10), received(3, shop, kitchen, 9)]);
    expect(short.at(kitchen)).toMatchObject({ received: 9, onHand: 9 });
    expect(short.at(shop)).toMatchObject({ left: 10, onHand: 20 });
    expect(short.differences.get(kitchen)).toMatchObject({ short: 1, over: 0, unreceived: 0 });
    const over = played([made(1, shop, 30), shipped(2, shop, kitchen, 10), received(3, shop, kitchen, 12)]);
    expect(over.at(kitchen)).toMatchObject({ received: 12 });
    expect(over.at(shop)).toMatchObject({ left: 10, onHand: 20 });
    expect(over.differences.get(kitchen)).toMatchObject({ short: 0, over: 2 });
  });

  it('never settles what is missing of one delivery with another shipper’s', () => {
    const steps = [made(1, shop, 30), made(1, dish, 30), shipped(2, shop, kitchen, 10), received(3, shop, kitchen, 8)];
    const { at } = played([...steps, received(4, dish, kitchen, 5)]);
    expect(at(kitchen)).toMatchObject({ received: 13 });
    expect(at(dish)).toMatchObject({ left: 5, onHand: 25 });
  });

  it('counts a shipment that arrives in parts once, and what has not arrived yet is on the way', () => {
    const first = [made(1, shop, 30), shipped(2, shop, kitchen, 10), received(3, shop, kitchen, 4)];
    expect(played(first).at(kitchen)).toMatchObject({ onHand: 4 });
    const { at, differences } = played([...first, received(5, shop, kitchen, 6)]);
    expect(at(kitchen)).toMatchObject({ onHand: 10, received: 10 });
    expect(at(shop)).toMatchObject({ onHand: 20, left: 10 });
    expect(differences.get(kitchen)).toMatchObject({ short: 0, over: 0, unshipped: 0 });
  });

  it('takes a shipment and its paper for one, whichever was told first', () => {
    const paper = shipped(2, shop, kitchen, 10);
    const told = { ...world, kindOf: (which: number) => (which === paper.step ? 'TransactionEvent' : 'ObjectEvent') };
    for (const at of [1.5, 2.5]) {
      const steps = [made(1, shop, 30), paper, shipped(at, shop, kitchen, 10), received(3, shop, kitchen, 10)];
      expect(played(steps, told).at(kitchen)).toMatchObject({ received: 10 });
      expect(played(steps, told).at(shop)).toMatchObject({ left: 10 });
      expect(played(steps).at(shop)).toMatchObject({ left: 20 });
    }
  });

  it('takes back what was said not to have left, the latest shipment first', () => {
    const back = step(4, edgeRoles.returned, [kitchen, 6], [shop, 6]);
    const { at } = played([made(1, shop, 30), shipped(2, shop, kitchen, 10), shipped(3, shop, kitchen, 6), back]);
    expect(at(shop)).toMatchObject({ onHand: 20, left: 10, received: 30 });
    expect(at(kitchen)).toMatchObject({ onHand: 10, received: 10 });
  });

  it('never adds kilograms to pieces: what is there is unknown until somebody counts it', () => {
    const pieces = (one: Step): Step => ({ ...one, ins: one.ins.map((line) => ({ ...line, dimension: 1 })) });
    const steps = [made(1, shop, 500), pieces(sold(2, shop, 20))];
    expect(played(steps).at(shop)).toMatchObject({ received: 500, onHandDoubt: doubts.units, left: 0 });
    const counted = step(3, edgeRoles.counted, null, [shop, 470]);
    expect(played([...steps, counted]).at(shop)).toMatchObject({ onHandDoubt: doubts.none, onHand: 470 });
  });

  it('is what a stock taking found, and goes on from there', () => {
    const counted = step(2, edgeRoles.counted, null, [shop, 27]);
    const { at } = played([made(1, shop, 30), counted, sold(3, shop, 7)]);
    expect(at(shop)).toMatchObject({ onHand: 20, received: 30, counted: -3, left: 7 });
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

  // 35 kg left before anybody told of them; then 40 kg came, 10 of them recalled.
  const short = [sold(0, dish, 35), made(1, shop, 10), made(1, kitchen, 30), mix(2, 10)];

  it('is all still there where the books were short before it came, whatever leaves and comes after', () => {
    const { at } = played([...short, sold(3, dish, 1), made(4, dish, 100)], tainted);
    expect(at(dish)).toMatchObject({ onHand: 104, tainted: 9 });
  });

  it('is never more than a stock taking found', () => {
    const counted = step(3, edgeRoles.counted, null, [dish, 4]);
    expect(played([...short, counted, made(4, dish, 96)], tainted).at(dish)).toMatchObject({ onHand: 100, tainted: 4 });
  });

  it('cannot be told where amounts cannot be compared', () => {
    const mixed = mix(2, 10);
    const portions = { ...mixed, outs: mixed.outs.map((line) => ({ ...line, dimension: 1 })) };
    const { at } = played([made(1, shop, 10), made(1, kitchen, 30), portions], tainted);
    expect(at(dish)).toMatchObject({ taintDoubt: doubts.mixed, onHand: 40 });
  });

  it('of portions made of nothing else is all of them, in whatever they are counted', () => {
    const portions: Step = {
      step: stepOf(950, 0),
      at: 2,
      ins: [{ place: shop, amount: 10, role: edgeRoles.used }],
      outs: [{ place: dish, amount: 40, role: edgeRoles.made, dimension: 1 }],
    };
    expect(played([made(1, shop, 10), portions], tainted).at(dish)).toMatchObject({
      taintDoubt: doubts.none,
      tainted: 40,
    });
  });

  it('does not grow with water: 10 kg of meat in 30 kg of soup are 10 kg', () => {
    const soup: Step = {
      step: stepOf(951, 0),
      at: 2,
      ins: [{ place: shop, amount: 10, role: edgeRoles.used }],
      outs: [{ place: dish, amount: 30, role: edgeRoles.made }],
    };
    const { at } = played([made(1, shop, 10), soup, sold(3, dish, 15)], tainted);
    expect(at(dish)).toMatchObject({ onHand: 15, tainted: 5, taintedReceived: 10 });
  });

  it('is not multiplied by signing for more than was shipped', () => {
    const steps = [made(1, shop, 10), made(1, dish, 30), mix(2, 10)];
    const { at } = played([...steps, shipped(3, dish, kitchen, 20), received(4, dish, kitchen, 24)], tainted);
    expect(at(kitchen).tainted).toBeLessThanOrEqual(10);
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

  it('of a dozen are twelve of what one piece is', () => {
    const eggs = { unit: 'KGM', factors: { C62: 0.06, DZN: 0.7 } };
    expect(baseAmount(5, 'DZN', { ...eggs, factors: { C62: 0.06 } })?.amount).toBeCloseTo(3.6, 9);
    expect(baseAmount(5, 'DZN', eggs)?.amount).toBeCloseTo(3.5, 9);
    expect(baseAmount(5, 'H87', eggs)?.amount).toBeCloseTo(0.3, 9);
    expect(baseAmount(2, 'BX', eggs)).toBeUndefined();
  });

  it('are read as people write them', () => {
    expect(['公斤', 'kg', 'KGM', '箱', 'furlong'].map(unitCode)).toEqual(['KGM', 'KGM', 'KGM', 'BX', undefined]);
  });
});
