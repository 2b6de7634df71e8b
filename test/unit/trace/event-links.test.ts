// What each event does to the stock of a place: who gives, who gets, and what only links or was only seen.
import { describe, expect, it } from 'vitest';
import { eventsOf, readEpcisDocument } from '../../../server/trace/epcis/document.ts';
import { type EdgeRole, edgeRoles, isTraced, linksOf } from '../../../server/trace/event/chain-links.ts';
import {
  caseUri,
  documentOf,
  events,
  hour,
  type Json,
  lotUri,
  places,
  placeUri,
  products,
} from '../../support/cast.ts';

const { farm, slaughterhouse, wholesaler, dingxiang } = places;
const belly = lotUri(products.belly, 'A07');
const roleNames = Object.fromEntries(Object.entries(edgeRoles).map(([name, role]) => [role, name]));

function linksOfJson(event: Json) {
  const [read] = eventsOf(readEpcisDocument(documentOf([event]).toString(), 'application/ld+json'));
  if (read === undefined) throw new Error('The event was refused.');
  return linksOf(read);
}

const nameOf = (role: EdgeRole | undefined) => (role === undefined ? undefined : roleNames[role]);
const passageOf = (event: Json) => {
  const { passage } = linksOfJson(event);
  return passage === undefined ? undefined : [nameOf(passage.role), passage.from, passage.to, ...passage.via];
};

type Where = { readonly at?: string; readonly seenAt?: string; readonly from?: string; readonly to?: string };

/** An ObjectEvent with these places; `party`: the destination is named as an owner, not as a location. */
function told(bizStep: string | undefined, action: string, { at, seenAt, from, to }: Where, more: Json = {}): Json {
  const place = (siteId: string) => ({ id: placeUri(siteId) });
  return {
    type: 'ObjectEvent',
    eventTime: new Date(hour(0)).toISOString(),
    eventTimeZoneOffset: '+08:00',
    action,
    ...(bizStep === undefined ? {} : { bizStep }),
    quantityList: [{ epcClass: belly, quantity: 5, uom: 'KGM' }],
    ...(at === undefined ? {} : { bizLocation: place(at) }),
    ...(seenAt === undefined ? {} : { readPoint: place(seenAt) }),
    ...(from === undefined ? {} : { sourceList: [{ type: 'location', source: placeUri(from) }] }),
    ...(to === undefined ? {} : { destinationList: [{ type: 'location', destination: placeUri(to) }] }),
    ...more,
  };
}

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

describe('goods that begin, end or stay', () => {
  it.each<[string, string | undefined, string, unknown[]]>([
    ['commissioning makes them', 'commissioning', 'ADD', ['made', undefined, farm]],
    ['so does commissioning that only observes', 'commissioning', 'OBSERVE', ['made', undefined, farm]],
    ['so does any ADD', 'inspecting', 'ADD', ['made', undefined, farm]],
    ['a sale ends them', 'retail_selling', 'OBSERVE', ['gone', farm, undefined]],
    ['consuming ends them', 'https://ns.example.com/step/consuming', 'DELETE', ['gone', farm, undefined]],
    ['dispensing ends them', 'dispensing', 'OBSERVE', ['gone', farm, undefined]],
    ['destroying ends them', 'destroying', 'OBSERVE', ['gone', farm, undefined]],
    ['decommissioning ends them, whatever the action', 'decommissioning', 'OBSERVE', ['gone', farm, undefined]],
    ['an ADD that decommissions ends them all the same', 'decommissioning', 'ADD', ['gone', farm, undefined]],
    ['any DELETE ends them', 'inspecting', 'DELETE', ['gone', farm, undefined]],
    ['a DELETE without a step ends them', undefined, 'DELETE', ['gone', farm, undefined]],
    ['an inspection sees them', 'inspecting', 'OBSERVE', ['seen', undefined, farm]],
    ['stock taking counts them', 'stock_taking', 'OBSERVE', ['counted', undefined, farm]],
    ['storing sees them', 'storing', 'OBSERVE', ['seen', undefined, farm]],
    ['an OBSERVE without a step sees them', undefined, 'OBSERVE', ['seen', undefined, farm]],
  ])('%s', (_what, step, action, expected) => expect(passageOf(told(step, action, { at: farm }))).toEqual(expected));

  it('happen at the business location, else where they were seen, else nobody knows where', () => {
    expect(passageOf(told('commissioning', 'ADD', { at: farm, seenAt: wholesaler }))).toEqual([
      'made',
      undefined,
      farm,
    ]);
    expect(passageOf(told('commissioning', 'ADD', { seenAt: wholesaler }))).toEqual(['made', undefined, wholesaler]);
    expect(passageOf(told('commissioning', 'ADD', {}))).toEqual(['made', undefined, 'unknown']);
  });

  it('an event about nothing moves nothing', () => {
    expect(
      passageOf({
        ...told('shipping', 'OBSERVE', { from: farm, to: wholesaler }),
        quantityList: undefined,
        epcList: [],
      }),
    ).toBeUndefined();
  });

  it('a declaration that an event was wrong moves nothing by itself, and still mentions its goods', () => {
    const links = linksOfJson(
      events.declareWrong(told('shipping', 'OBSERVE', { from: farm, to: wholesaler }), hour(1)),
    );
    expect(links).toMatchObject({ passage: undefined, mixture: undefined, containerChange: undefined });
    expect(links.mentions.map(({ role, epc }) => [role, epc.uri])).toEqual([['epc', belly]]);
  });

  it('each single thing counts one, each amount what it says', () => {
    const event = told('shipping', 'OBSERVE', { from: farm, to: wholesaler }, { epcList: [caseUri(1)] });
    expect(linksOfJson(event).passage?.lines.map(({ quantity, unit }) => [quantity, unit])).toEqual([
      [1, undefined],
      [5, 'KGM'],
    ]);
  });
});

describe('containers', () => {
  const packing = (action: string, more: Json = {}) => ({
    ...events.pack(hour(0), farm, caseUri(1), [[belly, 5, 'KGM']]),
    action,
    ...more,
  });

  it.each([
    ['ADD', 'ADD'],
    ['DELETE', 'DELETE'],
    ['OBSERVE', 'SEEN'],
  ])('%s changes what is in them: %s', (action, change) => {
    const { containerChange, passage } = linksOfJson(packing(action));
    expect(containerChange).toMatchObject({ change, container: { uri: caseUri(1) } });
    expect(containerChange?.lines.map(({ epc, quantity }) => [epc.uri, quantity])).toEqual([[belly, 5]]);
    expect(passage).toBeUndefined();
  });

  it('an association is one too, an event without its container none', () => {
    const association = { ...packing('ADD'), type: 'AssociationEvent' };
    expect(linksOfJson(association).containerChange?.change).toBe('ADD');
    expect(linksOfJson({ ...packing('ADD'), parentID: undefined }).containerChange).toBeUndefined();
    expect(linksOfJson(told('packing', 'OBSERVE', { at: farm })).containerChange).toBeUndefined();
  });

  it('shipped with what they hold listed, the children go; with nothing listed, the container itself', () => {
    const shipped = {
      ...packing('OBSERVE'),
      bizStep: 'shipping',
      sourceList: [{ type: 'location', source: placeUri(farm) }],
    };
    expect(linksOfJson(shipped).passage?.lines.map(({ epc }) => epc.uri)).toEqual([belly]);
    const whole = { ...shipped, action: 'DELETE', childQuantityList: undefined, childEPCs: [] };
    expect(linksOfJson(whole).passage?.lines.map(({ epc }) => epc.uri)).toEqual([caseUri(1)]);
  });

  it('moved between two places, an aggregation links them; packed in one place, it moves nothing', () => {
    const ends = {
      sourceList: [{ type: 'location', source: placeUri(farm) }],
      destinationList: [{ type: 'location', destination: placeUri(wholesaler) }],
    };
    expect(passageOf({ ...packing('OBSERVE', ends), bizStep: 'loading' })).toEqual(['moved', farm, wholesaler]);
    expect(passageOf(packing('OBSERVE', ends))).toBeUndefined();
  });
});

describe('a transformation', () => {
  const mince = lotUri(products.mince, 'M1');
  const minced = events.transform(hour(0), dingxiang, [[belly, 5, 'KGM']], [[mince, 4, 'KGM']], {
    transformationID: 'urn:example:batch:1',
  });

  it('mixes its inputs into its outputs where it happens, under the name of its process', () => {
    const { mixture, passage, containerChange, mentions } = linksOfJson(minced);
    expect({ at: mixture?.at, processId: mixture?.processId, passage, containerChange }).toEqual({
      at: dingxiang,
      processId: 'urn:example:batch:1',
      passage: undefined,
      containerChange: undefined,
    });
    expect(mixture?.inputs.map(({ epc, quantity }) => [epc.uri, quantity])).toEqual([[belly, 5]]);
    expect(mixture?.outputs.map(({ epc, quantity }) => [epc.uri, quantity])).toEqual([[mince, 4]]);
    expect(mentions.map(({ role }) => role)).toEqual(['input', 'output']);
  });

  it('without a place happens nobody knows where', () => {
    expect(linksOfJson({ ...minced, readPoint: undefined, bizLocation: undefined }).mixture?.at).toBe('unknown');
  });
});

it('every part that goods play in an event is mentioned', () => {
  const order = {
    ...told('reserving', 'ADD', { at: slaughterhouse }),
    type: 'TransactionEvent',
    bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }],
    parentID: caseUri(2),
  };
  expect(linksOfJson(order).mentions.map(({ role }) => role)).toEqual(['epc', 'parent']);
  expect(linksOfJson(events.pack(hour(0), farm, caseUri(1), [[belly, 5]])).mentions.map(({ role }) => role)).toEqual([
    'parent',
    'child',
  ]);
});

describe('events that are about something else', () => {
  const ends = { sourceList: [{ type: 'location', source: placeUri(farm) }] };

  it('a shipment that names no place left an unknown one and is on its way', () => {
    expect(passageOf(told('shipping', 'OBSERVE', {}))).toEqual(['shipped', 'unknown', 'transit']);
  });

  it('an event of a kind of its own moves nothing and holds nothing', () => {
    const own = {
      ...told('shipping', 'ADD', { from: farm, to: wholesaler }),
      type: 'https://ns.example.com/Weighing',
      parentID: caseUri(1),
    };
    expect(linksOfJson(own)).toMatchObject({ passage: undefined, containerChange: undefined });
    expect(linksOfJson(own).mentions.map(({ role }) => role)).toEqual(['epc', 'parent']);
  });

  it('an order that ships moves what it lists, or all that its parent holds, and packs nothing', () => {
    const order = {
      ...told('shipping', 'OBSERVE', { from: farm, to: wholesaler }),
      type: 'TransactionEvent',
      bizTransactionList: [{ type: 'po', bizTransaction: 'urn:example:po:1' }],
      parentID: caseUri(2),
    };
    expect(linksOfJson(order).passage?.lines.map(({ epc }) => epc.uri)).toEqual([belly]);
    expect(linksOfJson(order).containerChange).toBeUndefined();
    const whole = { ...order, quantityList: undefined, epcList: [] };
    expect(linksOfJson(whole).passage?.lines.map(({ epc }) => epc.uri)).toEqual([caseUri(2)]);
  });

  it('an unpacking that names neither container nor goods moves nothing', () => {
    const nothing = { ...events.unpack(hour(0), farm, caseUri(1)), ...ends, parentID: undefined, bizStep: 'shipping' };
    expect(passageOf(nothing)).toBeUndefined();
  });
});

it('lots, pieces and whatever has a name of its own are followed; containers, products and places are not', () => {
  const kinds = [
    [belly, true],
    [`https://id.gs1.org/01/${products.prawn}/21/S1`, true],
    ['urn:example:thing:7', true],
    [caseUri(1), false],
    [`https://id.gs1.org/01/${products.prawn}`, false],
  ] as const;
  for (const [uri, followed] of kinds) {
    const { mentions } = linksOfJson(
      told('inspecting', 'OBSERVE', { at: farm }, { epcList: [uri], quantityList: undefined }),
    );
    expect(
      mentions.map(({ epc }) => isTraced(epc)),
      uri,
    ).toEqual([followed]);
  }
});
