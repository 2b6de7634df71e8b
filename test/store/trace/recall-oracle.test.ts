// Hundreds of recalls of small random worlds, thousands in the long form: every amount is what exact fractions say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { setPackSize } from '../../../server/trace/lot/set-pack-size.ts';
import { mergeLots } from '../../../server/trace/merge/merge-lots.ts';
import { registerProduct } from '../../../server/trace/place/register-place.ts';
import { type ChainHouse, gtin, openChainHouse } from '../../support/cast.ts';
import { expectedOf } from '../../support/exact-books.ts';
import { toMillionth } from '../../support/fraction.ts';
import { eventsOf, sitesById, worldOf } from '../../support/goods-events.ts';
import { merged, pieceWeighs, weighed } from '../../support/goods-later.ts';
import { goodsWorld, planOf } from '../../support/goods-plan.ts';
import { scopeOf } from '../../support/scope.ts';

const runs = Number(process.env['RECALL_WORLDS'] ?? 300);
const seed = Number(process.env['RECALL_SEED'] ?? 20_261_130);

describe('a recall', () => {
  it('says of every holding what exact fractions say, whoever told what, in whatever order', () => {
    const house = openChainHouse();
    let number = 0;
    let rows = 0;
    fc.assert(
      fc.property(goodsWorld, ({ all, order, together, asked: named, later, other }) => {
        number += 1;
        const planned = planOf(all);
        const weights = later === 'weighed' ? weighed(planned) : undefined;
        const merge = later === 'merged' ? merged(planned, named, other) : undefined;
        const story = weights ?? merge ?? planned;
        const world = weights === undefined ? worldOf(number) : weighedWorld(house, number);
        const told = planned.flatMap((happening) => eventsOf(world, happening));
        const shuffled = told
          .map((event, index) => ({ event, turn: order[index % order.length] ?? 0 }))
          .sort((a, b) => a.turn - b.turn)
          .map(({ event }) => event);
        for (let from = 0; from < shuffled.length; from += together) {
          const { refused } = house.capture(shuffled.slice(from, from + together));
          expect(refused).toBe(0);
        }
        const [from, into] = [named, other].map((lot) => lotByCode(house.db, world.lotOf(lot))?.id);
        if (from === undefined || (merge !== undefined && into === undefined)) return;
        if (weights !== undefined) setPackSize(house, from, { pack: '个', holds: pieceWeighs, unit: 'kg' }, null);
        if (merge !== undefined && into !== undefined)
          mergeLots(house, { fromId: from, intoId: into, reason: '同一批' }, null);
        const asked = merge === undefined ? named : other;
        const said = scopeOf(house, world.lotOf(asked)).map(({ lot, site, ...row }) => ({
          holding: holding(world.lotsByCode.get(lot), sitesById.get(site) ?? null),
          ...{ scope: row.scope, reason: row.reason },
          ...{ received: row.received, onHand: row.onHand, share: row.share },
        }));
        const right = expectedOf(story, asked).map((row) => ({
          holding: holding(row.lot, row.site),
          ...{ scope: row.scope, reason: row.reason },
          received: row.received && near(toMillionth(row.received)),
          onHand: row.onHand && near(toMillionth(row.onHand)),
          share: row.share && near(toMillionth(row.share)),
        }));
        rows += right.length;
        expect(byHolding(said)).toEqual(byHolding(right));
      }),
      { seed, numRuns: runs },
    );
    expect(rows).toBeGreaterThan(runs);
  }, 900_000);
});

/** A world whose product is known to be counted in kilograms, and not yet what a piece of it weighs. */
function weighedWorld(house: ChainHouse, number: number) {
  const product = gtin(1_000_000 + number);
  registerProduct(house, { gtin: product, name: '整鸡', unit: 'KGM' });
  return worldOf(number, product);
}

const holding = (lot: number | undefined, site: number | null) => `${lot}@${site ?? 'road'}`;

function byHolding<Row extends { readonly holding: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => a.holding.localeCompare(b.holding));
}

/** To two millionths: what is told is rounded to one. */
function near(amount: number) {
  return expect.closeTo(amount, 5);
}
