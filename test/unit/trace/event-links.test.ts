// What each event does to the stock of a place: who gives, who gets, and what only links or was only seen.
import { describe, expect, it } from 'vitest';
import { isTraced } from '../../../server/trace/event/chain-links.ts';
import { caseUri, events, hour, type Json, lotUri, placeUri, products } from '../../support/cast.ts';
import {
  belly,
  dingxiang,
  farm,
  linksOfJson,
  passageOf,
  slaughterhouse,
  told,
  wholesaler,
} from '../../support/event-links.ts';

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
