// What a word about a delivery moves in the books: how much leaves which place and arrives where, when, and as what.
import { describe, expect, it } from 'vitest';
import type { Claim, Matched } from '../../../server/trace/chain/claim.ts';
import { movementsOf } from '../../../server/trace/chain/movement.ts';
import { edgeRoles } from '../../../server/trace/event/chain-links.ts';

const [plant, shop, firm, road] = [1, 2, 3, 4];
const [kilograms, boxes] = [0, 1];
const world = { isTransit: (place: number) => place === road, reachedAt: () => Number.POSITIVE_INFINITY };
const unsaid = Number.NaN;

function claim(role: number, said: Partial<Claim>): Claim {
  const amount = said.amount ?? 10;
  return {
    ...{ entry: 0, step: 1, at: 5, role, from: plant, to: shop, via: undefined, dimension: kilograms },
    ...{ amount, left: amount, cancelled: 0, matches: [], told: 'once' },
    ...said,
  };
}
const shipped = (said: Partial<Claim> = {}) => claim(edgeRoles.shipped, said);
const received = (said: Partial<Claim> = {}) => claim(edgeRoles.received, said);

/** Puts both together as `how`, `amount` of them. */
function pair(shipment: Claim, receipt: Claim, how: Matched, amount: number, takenDimension: number = kilograms): void {
  const both = { shipment, receipt, how, taken: amount, takenDimension, amount, dimension: receipt.dimension };
  shipment.matches.push(both);
  receipt.matches.push(both);
}

describe('a receipt', () => {
  it('moves nothing when the goods are in its books since they were shipped', () => {
    const [sent, got] = [shipped(), received({ left: 0 })];
    pair(sent, got, 'direct', 10);
    expect(movementsOf(got, world)).toEqual([]);
  });

  it('of more than was shipped is more, and nobody’s loss', () => {
    const [sent, got] = [shipped(), received({ amount: 12, left: 2 })];
    pair(sent, got, 'direct', 10);
    const over = {
      from: -1,
      taken: 0,
      dimension: kilograms,
      arrivals: [{ to: shop, amount: 2, dimension: kilograms }],
    };
    expect(movementsOf(got, world)).toEqual([{ ...over, goods: 'beyond' }]);
  });

  it('before the shipment is of doubtful goods only where the shipper had recalled ones when it sent', () => {
    const [sent, got] = [shipped({ at: 9 }), received({ left: 0 })];
    pair(sent, got, 'unsure', 10);
    const goodsWhen = (reachedAt: number) => movementsOf(got, { ...world, reachedAt: () => reachedAt })[0]?.goods;
    expect([8, 9, 10].map(goodsWhen)).toEqual(['unsure', 'unsure', 'clean']);
  });
});

describe('a shipment', () => {
  it('to another place of the receiver leaves nothing at the one it named, unless some came there', () => {
    const sent = shipped();
    pair(sent, received({ to: firm }), 'elsewhere', 6);
    const arrivals = () => movementsOf(sent, world)[0]?.arrivals.map(({ to, amount }) => [to, amount]);
    expect(arrivals()).toEqual([
      [firm, 6],
      [shop, 0],
    ]);
    pair(sent, received(), 'direct', 4);
    expect(arrivals()).toEqual([
      [firm, 6],
      [shop, 4],
    ]);
  });

  it('signed for under the firm’s number says that the firm had nothing, and says so of nobody else', () => {
    const [sent, other] = [shipped(), shipped()];
    pair(sent, received({ from: firm }), 'firm', 10);
    pair(other, received(), 'direct', 10);
    const arrivals = (one: Claim) => movementsOf(one, world)[0]?.arrivals.map(({ to, amount }) => [to, amount]);
    expect(arrivals(sent)).toEqual([
      [shop, 10],
      [firm, 0],
    ]);
    expect(arrivals(other)).toEqual([[shop, 10]]);
  });
});

describe('a shipment of nobody knows how much', () => {
  const left = (said: Partial<Claim>, pairs: readonly (readonly [Matched, number, number?])[] = []) => {
    const sent = shipped({ amount: unsaid, ...said });
    for (const [how, amount, dimension] of pairs) pair(sent, received(), how, amount, dimension);
    const [movement] = movementsOf(sent, world);
    return [movement?.taken, movement?.dimension];
  };

  it('took what was received of it after it left', () => {
    expect(left({}, [['direct', 3]])).toEqual([3, kilograms]);
    expect(
      left({}, [
        ['ahead', 5],
        ['direct', 3],
      ]),
    ).toEqual([3, kilograms]);
    expect(left({}, [['ahead', 5]])).toEqual([0, kilograms]);
  });

  it('is counted as its receivers count it, where they agree', () => {
    expect(left({}, [['direct', 3, boxes]])).toEqual([3, boxes]);
    expect(
      left({}, [
        ['direct', 3, boxes],
        ['direct', 4, kilograms],
      ]),
    ).toEqual([unsaid, boxes]);
  });

  it('that nobody received is unknown, and nothing when it was taken back', () => {
    expect(left({})).toEqual([unsaid, kilograms]);
    expect(left({ cancelled: unsaid })).toEqual([0, kilograms]);
  });
});
