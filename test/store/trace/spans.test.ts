// What lies together is read together, and what lies between is not taken for it.
import { describe, expect, it } from 'vitest';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { recallScopeOf } from '../../../server/trace/scope/recall-scope-store.ts';
import { events, gln, hour, type Json, lotUri, openChainHouse, places, products } from '../../support/cast.ts';

const recalled = lotUri(products.mince, 'R1');
const stranger = lotUri(products.mince, 'S1');
const shops = 300;

/** `recalled` goes to every shop; with `apart`, as much of another lot goes to the same shops in between. */
function scope(apart: number) {
  const house = openChainHouse();
  const list: Json[] = [recalled, stranger].map((lot) =>
    events.commission(hour(0), places.slaughterhouse, [[lot, 1_000, 'KGM']]),
  );
  for (let shop = 0; shop < shops; shop++) {
    const moved = (lot: string, at: number, site: number) =>
      events.ship(hour(1 + at / 100), places.slaughterhouse, gln(site), [[lot, 2.5, 'KGM']]);
    for (let n = 1; n <= apart; n++) list.push(moved(stranger, shop + n / 10, 10_000 * n + shop));
    list.push(moved(recalled, shop, 1_000 + shop));
  }
  expect(house.capture(list).refused).toBe(0);
  const { rows } = recallScopeOf(house.db, lotByCode(house.db, recalled)?.id ?? 0);
  return rows.map(({ siteKey: _, holdingId: __, lotId: ___, ...row }) => row).sort((a, b) => a.reachedAt - b.reachedAt);
}

describe('a recall over hundreds of holdings', () => {
  it('is the same whether they lie side by side, between those of others, or far apart', () => {
    const alone = scope(0);
    expect(alone).toHaveLength(shops + 1);
    expect(alone.filter(({ received }) => received === 1_000)).toMatchObject([
      { received: 1_000, onHand: 1_000 - 2.5 * shops },
    ]);
    expect(alone.filter(({ received, share }) => received === 2.5 && share === 2.5)).toHaveLength(shops);
    expect(scope(1)).toEqual(alone);
    expect(scope(4)).toEqual(alone);
  });
});
