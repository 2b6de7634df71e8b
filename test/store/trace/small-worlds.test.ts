// Small worlds of a few events, each of which comes out otherwise when one rule of the chain is not kept.
import { describe, expect, it } from 'vitest';
import { traceLot } from '../../../server/trace/chain/chain-store.ts';
import { recallBounds, recallScopeOf } from '../../../server/trace/scope/recall-scope-store.ts';
import {
  type ChainHouse,
  caseUri,
  events,
  hour,
  type Json,
  lotUri,
  openChainHouse,
  places,
  placeUri,
  products,
} from '../../support/cast.ts';
import { lotIdOf, reachedIn, scopeOf } from '../../support/scope.ts';

const { slaughterhouse, wholesaler, dingxiang, haiwei } = places;

const carcass = lotUri(products.carcass, 'C1');

const belly = lotUri(products.belly, 'B1');

const mince = lotUri(products.mince, 'M1');

/** 100 kg of carcass, half of it cut into 50 kg of belly, 20 kg of which go to Dingxiang; then `more` happens. */
function cutAndSent(...more: readonly Json[]): ChainHouse {
  const house = openChainHouse();
  house.capture([
    events.commission(hour(0), slaughterhouse, [[carcass, 100, 'KGM']]),
    events.transform(hour(1), slaughterhouse, [[carcass, 50, 'KGM']], [[belly, 50, 'KGM']]),
    events.ship(hour(2), slaughterhouse, dingxiang, [[belly, 20, 'KGM']]),
    events.receive(hour(3), dingxiang, slaughterhouse, [[belly, 20, 'KGM']]),
  ]);
  if (more.length > 0) house.capture(more);
  return house;
}

const bellyAt = (house: ChainHouse, site: string) => reachedIn(house, carcass, belly, site);

describe('what was recalled and is now at a shop', () => {
  it('is what came, all of it of the carcass', () => {
    expect(bellyAt(cutAndSent(), dingxiang)).toMatchObject({
      scope: 'proportional',
      received: 20,
      onHand: 20,
      share: 20,
    });
    expect(bellyAt(cutAndSent(), slaughterhouse)).toMatchObject({
      scope: 'proportional',
      received: 50,
      onHand: 30,
      share: 30,
    });
    expect(reachedIn(cutAndSent(), carcass, carcass, slaughterhouse)).toMatchObject({
      scope: 'definite',
      onHand: 50,
      share: 50,
    });
  });

  it('is not less sure for having been looked at', () => {
    const house = cutAndSent(events.observe(hour(4), dingxiang, [[belly, 20, 'KGM']]));
    expect(bellyAt(house, dingxiang)).toMatchObject({ scope: 'proportional', received: 20, onHand: 20, share: 20 });
  });

  it('may be all of it once something came whose amount nobody said', () => {
    const house = cutAndSent(events.receive(hour(4), dingxiang, slaughterhouse, [[belly]]));
    expect(bellyAt(house, dingxiang)).toMatchObject({ scope: 'potential', share: null });
  });

  it('may be all of it once something left whose amount nobody said', () => {
    const house = cutAndSent(events.sell(hour(4), dingxiang, [[belly]]));
    expect(bellyAt(house, dingxiang)).toMatchObject({ scope: 'potential', share: null });
  });

  it('goes on with goods that leave when the books are empty', () => {
    const house = cutAndSent(
      events.sell(hour(4), dingxiang, [[belly, 20, 'KGM']]),
      events.ship(hour(5), dingxiang, haiwei, [[belly, 5, 'KGM']]),
    );
    expect(bellyAt(house, haiwei)).toMatchObject({ scope: 'proportional', share: 5 });
  });

  it('is counted where the goods arrived, not at the place the papers named', () => {
    const named = { destinationList: [{ type: 'location', destination: placeUri(wholesaler) }] };
    const house = cutAndSent(events.receive(hour(5), haiwei, slaughterhouse, [[belly, 3, 'KGM']], named));
    expect(bellyAt(house, haiwei)).toMatchObject({ received: 3 });
  });

  it('is not moved by a shipment to oneself', () => {
    const house = cutAndSent(events.ship(hour(5), dingxiang, dingxiang, [[belly, 7, 'KGM']]));
    expect(bellyAt(house, dingxiang)).toMatchObject({ received: 20, onHand: 20, share: 20 });
  });

  it('is gone when it was sold, destroyed or decommissioned', () => {
    for (const bizStep of ['retail_selling', 'destroying', 'decommissioning']) {
      const house = cutAndSent(events.observe(hour(4), dingxiang, [[belly, 15, 'KGM']], { bizStep }));
      expect(bellyAt(house, dingxiang), bizStep).toMatchObject({ received: 20, onHand: 5, share: 5 });
    }
  });

  it('comes back when its shipment is declared void before it arrived', () => {
    const house = openChainHouse();
    const cut = events.transform(hour(1), slaughterhouse, [[carcass, 50, 'KGM']], [[belly, 50, 'KGM']]);
    const sent = events.ship(hour(2), slaughterhouse, dingxiang, [[belly, 20, 'KGM']]);
    const taken = events.ship(hour(3), slaughterhouse, dingxiang, [[belly, 20, 'KGM']], { bizStep: 'void_shipping' });
    house.capture([events.commission(hour(0), slaughterhouse, [[carcass, 100, 'KGM']]), cut, sent, taken]);
    expect(bellyAt(house, slaughterhouse)).toMatchObject({ onHand: 50, share: 50 });
    expect(bellyAt(house, dingxiang)).toMatchObject({ onHand: 0 });
  });

  it('is weighed whatever unit of weight was said, however rare, and never counted as pieces', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), slaughterhouse, [[carcass, 10, 'DTN']]),
      events.transform(hour(1), slaughterhouse, [[carcass, 10, 'DTN']], [[belly, 8, 'DTN']]),
      events.ship(hour(2), slaughterhouse, dingxiang, [[belly, 3, 'DTN']]),
    ]);
    expect(reachedIn(house, carcass, belly, dingxiang)).toMatchObject({ unit: 'KGM', received: 300, share: 300 });
  });
});

describe('a recall’s rows', () => {
  const running = { transformationID: 'urn:example:process:1' };

  function processed(inAt: number, outAt: number): ChainHouse {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), slaughterhouse, [[carcass, 9, 'KGM']]),
      events.transform(inAt, slaughterhouse, [[carcass, 9, 'KGM']], [], running),
      events.transform(outAt, slaughterhouse, [], [[belly, 9, 'KGM']], running),
    ]);
    return house;
  }

  it('name holdings of lots, never the process that lies between two events of one transformation', () => {
    const rows = scopeOf(processed(hour(1), hour(2)), carcass);
    expect(rows.map(({ lot }) => lot).sort()).toEqual([belly, carcass].sort());
  });

  it('hold what came out of a process at the very moment something went in', () => {
    expect(scopeOf(processed(hour(1), hour(1)), carcass).map(({ lot }) => lot)).toContain(belly);
  });

  it('a process deepens no lot: one transformation is one step, in however many events it was told', () => {
    const house = processed(hour(1), hour(2));
    const { lots } = traceLot(house.db, { lotId: lotIdOf(house, carcass), direction: 'forward' });
    expect(lots.map(({ code, depth }) => [code, depth])).toEqual([
      [carcass, 0],
      [belly, 1],
    ]);
  });
});

describe('time', () => {
  it('a lot that is reached again by an earlier way is walked on from the earlier time', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), slaughterhouse, [[carcass, 9, 'KGM']]),
      events.transform(hour(5), slaughterhouse, [[carcass, 1, 'KGM']], [[belly, 1, 'KGM']]),
      events.transform(hour(1), slaughterhouse, [[carcass, 1, 'KGM']], [[mince, 1, 'KGM']]),
      events.transform(hour(2), slaughterhouse, [[mince, 1, 'KGM']], [[belly, 1, 'KGM']]),
      events.ship(hour(3), slaughterhouse, dingxiang, [[belly, 1, 'KGM']]),
    ]);
    expect(scopeOf(house, carcass).some(({ site }) => site === dingxiang)).toBe(true);
    const back = traceLot(house.db, { lotId: lotIdOf(house, belly), direction: 'backward' });
    expect(back.lots.map(({ code }) => code)).toContain(mince);
  });

  it('what left before the tainted goods came is not reached, what left at that very moment is', () => {
    for (const [leaves, reached] of [
      [0.9, false],
      [1, true],
    ] as const) {
      const house = openChainHouse();
      house.capture([
        events.commission(hour(0), slaughterhouse, [[carcass, 9, 'KGM']]),
        events.commission(hour(0), slaughterhouse, [[belly, 9, 'KGM']]),
        events.transform(hour(1), slaughterhouse, [[carcass, 1, 'KGM']], [[belly, 1, 'KGM']]),
        events.ship(hour(leaves), slaughterhouse, haiwei, [[belly, 1, 'KGM']]),
      ]);
      expect(scopeOf(house, carcass).some(({ site }) => site === haiwei)).toBe(reached);
    }
  });

  it('a walk that stops at its depth says so, and one that just fits does not', () => {
    const house = cutAndSent();
    const ask = (maxDepth: number) =>
      traceLot(house.db, { lotId: lotIdOf(house, carcass), direction: 'forward', maxDepth });
    expect(ask(2)).toMatchObject({ truncated: false, cutBy: undefined });
    expect(ask(1)).toMatchObject({ truncated: true, cutBy: 'depth' });
    expect(ask(1).holdings.map(({ siteId }) => siteId)).not.toContain(dingxiang);
  });

  it('a walk that reaches too many holdings says so, and one that just fits does not', () => {
    const house = cutAndSent();
    const ask = (maxHoldings: number) =>
      traceLot(house.db, { lotId: lotIdOf(house, carcass), direction: 'forward', maxHoldings });
    const all = ask(5_000).holdings.length;
    expect(ask(all).truncated).toBe(false);
    expect(ask(all - 1)).toMatchObject({ truncated: true, cutBy: 'holdings', holdings: { length: all - 1 } });
  });
});

it('a recall that is cut by its depth says so, and one that just reaches its end does not', () => {
  const steps = recallBounds.maxDepth;
  const lot = (number: number) => lotUri(products.mince, `D${number}`);
  const made = (number: number) =>
    events.transform(hour(0) + number, slaughterhouse, [[lot(number - 1), 1, 'KGM']], [[lot(number), 1, 'KGM']]);
  const house = openChainHouse();
  house.capture([
    events.commission(hour(0), slaughterhouse, [[lot(0), 1, 'KGM']]),
    ...Array.from({ length: steps }, (_, index) => made(index + 1)),
  ]);
  expect(recallScopeOf(house.db, lotIdOf(house, lot(0)))).toMatchObject({
    truncated: false,
    rows: { length: steps + 1 },
  });
  house.capture([made(steps + 1)]);
  expect(recallScopeOf(house.db, lotIdOf(house, lot(0)))).toMatchObject({
    truncated: true,
    rows: { length: steps + 1 },
  });
});

describe('packing', () => {
  const [pack, box, case_, pallet] = [1, 2, 3, 4].map(caseUri) as [string, string, string, string];

  it('may be four deep: packs in boxes in cases on a pallet', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), slaughterhouse, [[belly, 9, 'KGM']]),
      events.pack(hour(1), slaughterhouse, pack, [[belly, 9, 'KGM']]),
      events.pack(hour(1.1), slaughterhouse, box, [], { childEPCs: [pack] }),
      events.pack(hour(1.2), slaughterhouse, case_, [], { childEPCs: [box] }),
      events.pack(hour(1.3), slaughterhouse, pallet, [], { childEPCs: [case_] }),
      events.ship(hour(2), slaughterhouse, dingxiang, [], { epcList: [pallet] }),
    ]);
    expect(reachedIn(house, belly, belly, dingxiang)).toMatchObject({ received: 9 });
  });

  it('counts a lot once that is named and lies in the case that is named beside it', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), slaughterhouse, [[belly, 9, 'KGM']]),
      events.pack(hour(1), slaughterhouse, pack, [[belly, 9, 'KGM']]),
      events.ship(hour(2), slaughterhouse, dingxiang, [[belly, 9, 'KGM']], { epcList: [pack] }),
    ]);
    expect(reachedIn(house, belly, belly, dingxiang)).toMatchObject({ received: 9 });
    expect(reachedIn(house, belly, belly, slaughterhouse)).toMatchObject({ onHand: 0 });
  });

  it('adds up a lot that lies in two cases, and a case named twice counts once', () => {
    const house = openChainHouse();
    house.capture([
      events.commission(hour(0), slaughterhouse, [[belly, 9, 'KGM']]),
      events.pack(hour(1), slaughterhouse, pack, [[belly, 2, 'KGM']]),
      events.pack(hour(1.1), slaughterhouse, box, [[belly, 3, 'KGM']], { childEPCs: [pack] }),
      events.ship(hour(2), slaughterhouse, dingxiang, [], { epcList: [box, pack] }),
    ]);
    expect(reachedIn(house, belly, belly, dingxiang)).toMatchObject({ received: 5 });
  });
});
