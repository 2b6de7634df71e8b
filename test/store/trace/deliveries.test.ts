// Deliveries told by shipper and receiver, by one of them, twice, or by another name: in a recall their goods count once.
import { describe, expect, it } from 'vitest';
import { events, hour, lotUri, places, products } from '../../support/cast.ts';
import { recallOf } from '../../support/recalled.ts';

const meat = lotUri(products.belly, 'X');
const mince = lotUri(products.mince, 'P');
const dish = lotUri(products.prawn, 'Q');
const { slaughterhouse: plant, dingxiang, haiwei, wholesaler } = places;

describe('a delivery', () => {
  const made = events.commission(hour(0), plant, [[meat, 100, 'KGM']]);

  it('told as a transaction and as goods, and then received, is one delivery', () => {
    const shipped = events.ship(hour(2), plant, dingxiang, [[meat, 45, 'KGM']]);
    const paper = {
      ...shipped,
      type: 'TransactionEvent',
      action: 'ADD',
      bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:x:d1' }],
    };
    const received = events.receive(hour(3), dingxiang, plant, [[meat, 45, 'KGM']]);
    for (const list of [
      [paper, shipped, received],
      [shipped, paper, received],
      [shipped, paper],
      [received, paper, shipped],
    ]) {
      const { at } = recallOf(meat, [made, ...list]);
      expect(at(meat, plant)).toMatchObject({ onHand: 55 });
      expect(at(meat, dingxiang)).toMatchObject({ received: 45, onHand: 45 });
    }
  });

  it('also where the paper names nobody', () => {
    const shipped = events.ship(hour(2), plant, dingxiang, [[meat, 45, 'KGM']]);
    const paper = {
      ...events.ship(hour(4), plant, undefined, [[meat, 45, 'KGM']]),
      type: 'TransactionEvent',
      action: 'ADD',
      bizTransactionList: [{ type: 'desadv', bizTransaction: 'urn:x:d1' }],
    };
    const { at } = recallOf(meat, [made, shipped, paper]);
    expect(at(meat, plant)).toMatchObject({ onHand: 55 });
    expect(at(meat, dingxiang)).toMatchObject({ onHand: 45 });
  });

  it('counts for the shop what the shop signed for; what is missing is a finding, and nobody else’s', () => {
    const { at, findings } = recallOf(meat, [
      made,
      events.ship(hour(2), plant, dingxiang, [[meat, 50, 'KGM']]),
      events.receive(hour(3), dingxiang, plant, [[meat, 45, 'KGM']]),
      events.commission(hour(0), wholesaler, [[meat, 20, 'KGM']]),
      events.receive(hour(4), dingxiang, wholesaler, [[meat, 5, 'KGM']]),
    ]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 50, onHand: 50 });
    expect(at(meat, plant)).toMatchObject({ onHand: 50 });
    expect(at(meat, wholesaler)).toMatchObject({ onHand: 15 });
    expect(findings().map(({ kind, detail }) => [kind, detail['difference'] ?? detail['amount']])).toEqual(
      expect.arrayContaining([
        ['differ', -5],
        ['unscanned', 5],
      ]),
    );
  });

  it('is one where the receiver names the firm and one of its plants tells of the shipment', () => {
    const firm = places.farm;
    const shipped = events.ship(hour(2), plant, dingxiang, [[meat, 45, 'KGM']]);
    const received = events.receive(hour(3), dingxiang, firm, [[meat, 45, 'KGM']]);
    const { at, findings } = recallOf(meat, [made, shipped, received]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 45, onHand: 45 });
    expect(at(meat, plant)).toMatchObject({ onHand: 55 });
    expect(at(meat, firm)).toMatchObject({ received: 0, onHand: 0 });
    expect(findings()).toEqual([]);
  });

  it('signed for under the firm’s number is no part of the next one, whose receiver’s clock is slow', () => {
    const { at } = recallOf(meat, [
      made,
      events.ship(hour(2), plant, dingxiang, [[meat, 3.59, 'KGM']]),
      events.receive(hour(13), dingxiang, places.farm, [[meat, 3.59, 'KGM']]),
      events.receive(hour(36.5), dingxiang, plant, [[meat, 1.839, 'KGM']]),
      events.ship(hour(37), plant, dingxiang, [[meat, 1.839, 'KGM']]),
    ]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 5.429, onHand: 5.429 });
    expect(at(meat, plant)).toMatchObject({ onHand: 94.571 });
  });

  it('signed for under the firm’s number is no part of the next one, of which the shipper names no amount', () => {
    const { at } = recallOf(meat, [
      made,
      events.ship(hour(2), plant, dingxiang, [[meat, 41, 'KGM']]),
      events.receive(hour(3), dingxiang, places.farm, [[meat, 41, 'KGM']]),
      events.ship(hour(17), plant, dingxiang, [[meat]]),
      events.receive(hour(18), dingxiang, plant, [[meat, 43, 'KGM']]),
    ]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 84, onHand: 84, reason: null });
    expect(at(meat, plant)).toMatchObject({ onHand: 16 });
  });

  it('signed for under the plant’s own number stays that plant’s, whatever the firm sends besides', () => {
    const { at } = recallOf(meat, [
      made,
      events.commission(hour(0), wholesaler, [[meat, 60, 'KGM']]),
      events.ship(hour(2), wholesaler, dingxiang, [[meat, 45, 'KGM']]),
      events.ship(hour(3), plant, dingxiang, [[meat, 45, 'KGM']]),
      events.receive(hour(4), dingxiang, places.farm, [[meat, 45, 'KGM']]),
      events.receive(hour(5), dingxiang, plant, [[meat, 45, 'KGM']]),
    ]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 90, onHand: 90 });
    expect(at(meat, plant)).toMatchObject({ onHand: 55 });
    expect(at(meat, wholesaler)).toMatchObject({ onHand: 15 });
  });

  it('is another where that firm had the goods itself', () => {
    const { at } = recallOf(meat, [
      made,
      events.commission(hour(0), places.farm, [[meat, 60, 'KGM']]),
      events.ship(hour(2), plant, dingxiang, [[meat, 45, 'KGM']]),
      events.receive(hour(3), dingxiang, places.farm, [[meat, 45, 'KGM']]),
    ]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 90, onHand: 90 });
    expect(at(meat, places.farm)).toMatchObject({ onHand: 15 });
  });

  it('that nobody scanned is not taken for the next one, which lost a little on the way', () => {
    const { at } = recallOf(meat, [
      made,
      events.ship(hour(1), plant, dingxiang, [[meat, 10, 'KGM']]),
      events.ship(hour(30), plant, dingxiang, [[meat, 20, 'KGM']]),
      events.receive(hour(31), dingxiang, plant, [[meat, 18, 'KGM']]),
    ]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 28, onHand: 28 });
    expect(at(meat, plant)).toMatchObject({ onHand: 70 });
  });

  it('counted in boxes and weighed on arrival is its own every day', () => {
    const day = (n: number) => [
      events.ship(hour(24 * n + 2), plant, dingxiang, [[meat, 20]]),
      events.receive(hour(24 * n + 3), dingxiang, plant, [[meat, 247, 'KGM']]),
    ];
    const { at } = recallOf(meat, [events.commission(hour(1), plant, [[meat, 80]]), ...day(0), ...day(1), ...day(2)]);
    expect(at(meat, dingxiang)).toMatchObject({ received: 741, onHand: 741, unit: 'KGM', reason: null });
    expect(at(meat, plant)).toMatchObject({ onHand: 20, unit: 'C62' });
  });

  it('declared wrong leaves nobody who has to answer', () => {
    const wrong = events.ship(hour(2), plant, haiwei, [[meat, 45, 'KGM']]);
    const { at, named } = recallOf(meat, [made, wrong, events.declareWrong(wrong, hour(4))]);
    expect(at(meat, plant)).toMatchObject({ onHand: 100 });
    expect(named).toHaveLength(1);
  });

  it('received from nobody named, and declared wrong, leaves nothing on the road', () => {
    const sent = [events.ship(hour(2), plant, dingxiang, [[meat, 45, 'KGM']])];
    const wrong = events.receive(hour(3), haiwei, undefined, [[meat, 5, 'KGM']]);
    const taken = events.declareWrong(wrong, hour(4));
    const sites = (list: Parameters<typeof recallOf>[1]) => recallOf(meat, list).named.map(({ site }) => site);
    expect(sites([made, ...sent, wrong])).toHaveLength(4);
    for (const list of [
      [made, ...sent, wrong, taken],
      [made, wrong, ...sent, taken],
      [made, taken, ...sent, wrong],
    ])
      expect(sites(list).sort()).toEqual([plant, dingxiang].sort());
  });

  it('received too early by a little is not the one of which the very amount comes afterwards', () => {
    const { at } = recallOf(meat, [
      made,
      events.receive(hour(6), dingxiang, plant, [[meat, 8.007, 'KGM']]),
      events.ship(hour(10), plant, dingxiang, [[meat, 8, 'KGM']]),
      events.receive(hour(16), dingxiang, plant, [[meat, 8, 'KGM']]),
    ]);
    expect(at(meat, plant)).toMatchObject({ onHand: 83.993 });
    expect(at(meat, dingxiang)).toMatchObject({ received: 16.007, onHand: 16.007 });
  });

  it('received before it was sent is a finding, and is followed anyway, as potential', () => {
    const { at, findings } = recallOf(meat, [
      events.commission(hour(1), plant, [[meat, 10, 'KGM']]),
      events.transform(hour(10), plant, [[meat, 10, 'KGM']], [[mince, 10, 'KGM']]),
      events.ship(hour(11), plant, dingxiang, [[mince, 10, 'KGM']]),
      events.receive(hour(4), dingxiang, plant, [[mince, 10, 'KGM']]),
      events.transform(hour(6), dingxiang, [[mince, 10, 'KGM']], [[dish, 10, 'KGM']]),
    ]);
    expect(at(mince, dingxiang)).toMatchObject({ scope: 'potential', reason: 'clock', received: 10, onHand: 0 });
    expect(at(dish, dingxiang)).toMatchObject({
      scope: 'potential',
      reason: 'clock',
      received: 10,
      onHand: 10,
      share: null,
    });
    expect(at(mince, plant)).toMatchObject({ onHand: 0 });
    expect(findings()).toMatchObject([{ kind: 'early', siteId: dingxiang, detail: { hours: 7, times: 1 } }]);
  });

  it('of a shop whose clock is off every day is followed every day', () => {
    const day = (n: number) => [
      events.transform(hour(24 * n + 10), plant, [[meat, 10, 'KGM']], [[mince, 10, 'KGM']]),
      events.ship(hour(24 * n + 11), plant, dingxiang, [[mince, 10, 'KGM']]),
      events.receive(hour(24 * n + 4), dingxiang, plant, [[mince, 10, 'KGM']]),
    ];
    const cooked = events.transform(hour(6), dingxiang, [[mince, 10, 'KGM']], [[dish, 10, 'KGM']]);
    const { at } = recallOf(meat, [
      events.commission(hour(1), plant, [[meat, 50, 'KGM']]),
      ...day(0),
      ...day(1),
      ...day(2),
      cooked,
    ]);
    expect(at(dish, dingxiang)).toMatchObject({ scope: 'potential' });
    expect(at(mince, dingxiang)).toMatchObject({ received: 30, onHand: 20 });
    expect(at(mince, plant)).toMatchObject({ received: 30, onHand: 0 });
  });

  it('of clean goods that was told late stays clean', () => {
    const { at } = recallOf(meat, [
      events.commission(hour(1), plant, [[mince, 10, 'KGM']]),
      events.receive(hour(2), dingxiang, plant, [[mince, 4, 'KGM']]),
      events.ship(hour(3), plant, dingxiang, [[mince, 4, 'KGM']]),
      events.transform(hour(4), dingxiang, [[mince, 4, 'KGM']], [[dish, 4, 'KGM']]),
      events.commission(hour(5), plant, [[meat, 10, 'KGM']]),
      events.transform(hour(6), plant, [[meat, 10, 'KGM']], [[mince, 10, 'KGM']]),
    ]);
    expect(at(dish, dingxiang)).toBeUndefined();
    expect(at(mince, plant)).toMatchObject({ onHand: 16, share: 10 });
  });
});
