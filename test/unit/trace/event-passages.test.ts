// What an event does to goods on their way: who sent, who received, and what waits between.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../support/cast.ts';
import { dingxiang, farm, passageOf, told, wholesaler } from '../../support/event-links.ts';

const party = (siteId: string, type = 'owning_party') => ({
  destinationList: [{ type, destination: `https://id.gs1.org/417/${siteId}` }],
});

describe('goods on their way', () => {
  it.each<[string, Json, unknown[] | undefined]>([
    [
      'a shipment leaves the source for the destination',
      told('shipping', 'OBSERVE', { from: farm, to: wholesaler, seenAt: dingxiang }),
      ['shipped', farm, wholesaler],
    ],
    [
      'without a source it leaves where it was seen',
      told('shipping', 'OBSERVE', { seenAt: farm, at: dingxiang, to: wholesaler }),
      ['shipped', farm, wholesaler],
    ],
    [
      'else where the goods are said to be',
      told('shipping', 'OBSERVE', { at: farm, to: wholesaler }),
      ['shipped', farm, wholesaler],
    ],
    [
      'without any place it leaves an unknown one',
      told('shipping', 'OBSERVE', { to: wholesaler }),
      ['shipped', 'unknown', wholesaler],
    ],
    [
      'without a destination it is on its way',
      told('shipping', 'OBSERVE', { from: farm }),
      ['shipped', farm, 'transit'],
    ],
    [
      'a shipment to oneself moves nothing and is only seen',
      told('shipping', 'OBSERVE', { from: farm, to: farm }),
      ['seen', undefined, farm],
    ],
    [
      'a party is as good as a place to ship to',
      told('shipping', 'OBSERVE', { from: farm }, party(wholesaler)),
      ['shipped', farm, wholesaler],
    ],
    [
      'who will hold the goods goes before who will own them',
      told(
        'shipping',
        'OBSERVE',
        { from: farm },
        {
          destinationList: [
            ...party(dingxiang).destinationList,
            ...party(wholesaler, 'possessing_party').destinationList,
          ],
        },
      ),
      ['shipped', farm, wholesaler],
    ],
    [
      'a receipt arrives at its business location',
      told('receiving', 'OBSERVE', { at: wholesaler, seenAt: dingxiang, from: farm }),
      ['received', farm, wholesaler],
    ],
    [
      'not at the party that was named, which is only linked',
      told('receiving', 'OBSERVE', { at: wholesaler, from: farm }, party(dingxiang)),
      ['received', farm, wholesaler, dingxiang],
    ],
    [
      'without a location it arrives where it was sent',
      told('receiving', 'OBSERVE', { seenAt: dingxiang, from: farm, to: wholesaler }),
      ['received', farm, wholesaler],
    ],
    [
      'else where it was seen',
      told('receiving', 'OBSERVE', { seenAt: wholesaler, from: farm }),
      ['received', farm, wholesaler],
    ],
    ['else nobody knows where', told('receiving', 'OBSERVE', { from: farm }), ['received', farm, 'unknown']],
    [
      'without a source it comes off the road',
      told('receiving', 'OBSERVE', { at: wholesaler }),
      ['received', 'transit', wholesaler],
    ],
    [
      'a receipt from oneself is only seen',
      told('receiving', 'OBSERVE', { at: wholesaler, from: wholesaler }),
      ['seen', undefined, wholesaler],
    ],
    [
      'the named place is linked once, and never when it is the sender',
      told('receiving', 'OBSERVE', { at: wholesaler, from: farm, to: farm }),
      ['received', farm, wholesaler],
    ],
    [
      'a shipment that was void comes back',
      told('void_shipping', 'OBSERVE', { from: farm, to: wholesaler }),
      ['returned', wholesaler, farm],
    ],
    [
      'a void shipment without destination comes back off the road',
      told('void_shipping', 'OBSERVE', { seenAt: farm }),
      ['returned', 'transit', farm],
    ],
  ])('%s', (_what, event, expected) => expect(passageOf(event)).toEqual(expected));

  it.each(['departing', 'arriving', 'accepting', 'transporting', 'loading', 'unloading'])(
    '%s between two places links them and counts nothing; in one place it is a sighting',
    (step) => {
      expect(passageOf(told(step, 'OBSERVE', { at: dingxiang, from: farm, to: wholesaler }))).toEqual([
        'moved',
        farm,
        wholesaler,
      ]);
      expect(passageOf(told(step, 'OBSERVE', { at: dingxiang, from: farm, to: farm }))).toEqual([
        'seen',
        undefined,
        dingxiang,
      ]);
      expect(passageOf(told(step, 'OBSERVE', { at: dingxiang, to: farm }))).toEqual(['seen', undefined, dingxiang]);
      expect(passageOf(told(step, 'OBSERVE', { at: dingxiang, from: farm }))).toEqual(['seen', undefined, dingxiang]);
    },
  );
});
