// One event in both forms, the faults of wrong ones at their places, and what no document may do to the reader.

import { describe, expect, it } from 'vitest';
import { allFaults, eventsOf, hashDocument, readEpcisDocument } from '../../../server/trace/epcis/document.ts';
import type { JsonObject } from '../../../server/trace/event/event.ts';
import { preHash } from '../../../server/trace/event/event-hash.ts';
import { lotMasterData } from '../../../server/trace/event/event-master-data.ts';
import { readTime, readZoneOffset, timeAtOffset } from '../../../server/trace/event/event-time.ts';

const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld', { ex: 'https://ns.example.com/' }];

const cutting: JsonObject = {
  type: 'TransformationEvent',
  eventTime: '2026-11-22T05:30:00.000+08:00',
  eventTimeZoneOffset: '+08:00',
  eventID: 'urn:uuid:1',
  inputQuantityList: [
    { epcClass: 'urn:brightkitchen:lot:quarantine:%E5%B9%BF%E4%B8%9C:4403001', quantity: 80, uom: 'KGM' },
  ],
  outputQuantityList: [{ epcClass: 'https://id.gs1.org/01/09521234543213/10/A1', quantity: 38.5, uom: 'KGM' }],
  bizStep: 'disassembling',
  readPoint: { id: 'urn:epc:id:sgln:4012345.00005.0' },
  sensorElementList: [
    {
      sensorMetadata: { time: '2026-11-21T21:30:00Z' },
      sensorReport: [{ type: 'Temperature', value: 3.5, uom: 'CEL' }],
    },
  ],
  ilmd: { 'cbvmda:itemExpirationDate': '2026-11-26' },
  'ex:butcher': { 'ex:team': ['B', 'A'] },
};

function documentOf(...events: JsonObject[]): string {
  const fields = { type: 'EPCISDocument', schemaVersion: '2.0', creationDate: '2026-11-22T00:00:00Z' };
  return JSON.stringify({ '@context': context, ...fields, epcisBody: { eventList: events } });
}

const cuttingXml = `<?xml version="1.0"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:e="https://ns.example.com/"
  xmlns:m="urn:epcglobal:cbv:mda" schemaVersion="2.0" creationDate="2026-11-22T00:00:00Z"><EPCISBody><EventList>
  <TransformationEvent>
    <eventTime>2026-11-21T21:30:00Z</eventTime><eventTimeZoneOffset>+08:00</eventTimeZoneOffset>
    <inputQuantityList><quantityElement><epcClass>urn:brightkitchen:lot:quarantine:%E5%B9%BF%E4%B8%9C:4403001</epcClass>
      <quantity>80.0</quantity><uom>KGM</uom></quantityElement></inputQuantityList>
    <outputQuantityList><quantityElement><epcClass>https://shop.example/01/9521234543213/10/A1</epcClass>
      <quantity>38.50</quantity><uom>KGM</uom></quantityElement></outputQuantityList>
    <bizStep>urn:epcglobal:cbv:bizstep:disassembling</bizStep>
    <readPoint><id>https://id.gs1.org/414/4012345000054</id></readPoint>
    <sensorElementList><sensorElement><sensorMetadata time="2026-11-21T21:30:00.000Z"/>
      <sensorReport value="3.50" uom="CEL" type="gs1:Temperature"/></sensorElement></sensorElementList>
    <ilmd><m:itemExpirationDate>2026-11-26</m:itemExpirationDate></ilmd>
    <e:butcher><e:team>A</e:team><e:team>B</e:team></e:butcher>
  </TransformationEvent>
</EventList></EPCISBody></epcis:EPCISDocument>`;

describe('an event', () => {
  it('is normalised for whoever turns it into holdings', () => {
    const [event] = eventsOf(readEpcisDocument(documentOf(cutting), 'application/ld+json'));
    expect(event).toMatchObject({
      kind: 'TransformationEvent',
      action: undefined,
      eventTimeMs: Date.UTC(2026, 10, 21, 21, 30),
      eventTimeZoneOffsetMinutes: 480,
      bizStep: 'disassembling',
      readPoint: { siteId: '4012345000054' },
      inputQuantities: [{ quantity: 80, uom: 'KGM', epcClass: { kind: 'lot', lot: '4403001' } }],
      outputQuantities: [{ quantity: 38.5, epcClass: { uri: 'https://id.gs1.org/01/09521234543213/10/A1' } }],
      sensorElements: [{ reports: [{ type: 'Temperature', value: 3.5, uom: 'CEL' }] }],
      json: cutting,
    });
  });

  it('is one and the same in JSON-LD and XML', () => {
    const [json] = eventsOf(readEpcisDocument(documentOf(cutting), undefined));
    const [xml] = eventsOf(readEpcisDocument(cuttingXml, undefined));
    expect(preHash(xml!.json, xml!.context)).toBe(preHash(json!.json, json!.context));
    const told = ({ json: _, context: __, eventID: ___, ...rest }: typeof json & object) =>
      JSON.stringify(rest, (key, value) => (key === 'given' ? undefined : value));
    expect(told(xml!)).toBe(told(json!));
  });

  it('tells the expiry of the lot under whatever prefix', () => {
    for (const text of [
      documentOf(cutting),
      cuttingXml,
      cuttingXml.replaceAll('m:item', 'q:item').replace('xmlns:m', 'xmlns:q'),
    ]) {
      expect(lotMasterData(eventsOf(readEpcisDocument(text, undefined))[0]!).expiry?.text).toBe('2026-11-26');
    }
  });

  it('keeps its hash when it is recorded, declared wrong, or gets an id', () => {
    const noise = {
      recordTime: '2026-11-22T06:00:00Z',
      eventID: 'urn:uuid:2',
      'rdfs:comment': 'x',
      errorDeclaration: { declarationTime: '2026-11-23T00:00:00Z' },
    };
    const { hashes } = hashDocument(documentOf(cutting, { ...cutting, ...noise }), 'application/json');
    expect(new Set(hashes).size).toBe(1);
  });

  it('changes its hash with every value that counts', () => {
    const changes = [
      { bizStep: 'packing' },
      { eventTime: '2026-11-22T05:30:00.001+08:00' },
      { ilmd: { 'cbvmda:itemExpirationDate': '2026-11-27' } },
      { 'ex:butcher': { 'ex:team': ['B'] } },
      { outputQuantityList: [{ epcClass: 'https://id.gs1.org/01/09521234543213/10/A1', quantity: 38.6, uom: 'KGM' }] },
      { readPoint: { id: 'urn:epc:id:sgln:4012345.00005.1' } },
    ];
    const { hashes } = hashDocument(
      documentOf(cutting, ...changes.map((change) => ({ ...cutting, ...change }))),
      'application/json',
    );
    expect(new Set(hashes).size).toBe(changes.length + 1);
  });

  it('of another type than the five is taken when its type is a URI, and is no edge', () => {
    const own = {
      type: 'ex:WashingEvent',
      eventTime: '2026-11-22T05:30:00Z',
      eventTimeZoneOffset: '+08:00',
      'ex:litres': 4,
    };
    expect(eventsOf(readEpcisDocument(documentOf(own), undefined))).toMatchObject([
      { kind: 'OtherEvent', type: 'ex:WashingEvent' },
    ]);
  });
});

describe('a fault', () => {
  it.each<[string, JsonObject, string, string]>([
    ['a missing time', { eventTime: undefined as never }, '/epcisBody/eventList/0/eventTime', 'missing'],
    ['a day without zone', { eventTime: '2026-11-22' }, '/epcisBody/eventList/0/eventTime', 'not_a_time'],
    [
      'an offset beyond the day',
      { eventTimeZoneOffset: '+15:00' },
      '/epcisBody/eventList/0/eventTimeZoneOffset',
      'not_an_offset',
    ],
    ['an action where none belongs', { action: 'ADD' }, '/epcisBody/eventList/0/action', 'unknown_field'],
    ['a step nobody defined', { bizStep: 'chopping' }, '/epcisBody/eventList/0/bizStep', 'not_in_vocabulary'],
    [
      'a quantity in words',
      { inputQuantityList: [{ epcClass: 'urn:x:y', quantity: 'ten' }] },
      '/epcisBody/eventList/0/inputQuantityList/0/quantity',
      'not_a_number',
    ],
    [
      'less than nothing',
      { inputQuantityList: [{ epcClass: 'urn:x:y', quantity: -1 }] },
      '/epcisBody/eventList/0/inputQuantityList/0/quantity',
      'negative',
    ],
    [
      'a unit in words',
      { inputQuantityList: [{ epcClass: 'urn:x:y', quantity: 1, uom: 'kilos' }] },
      '/epcisBody/eventList/0/inputQuantityList/0/uom',
      'unit',
    ],
    [
      'a name for a lot',
      { inputQuantityList: [{ epcClass: 'pork' }] },
      '/epcisBody/eventList/0/inputQuantityList/0/epcClass',
      'not_a_uri',
    ],
    ['no inputs', { inputQuantityList: [] }, '/epcisBody/eventList/0', 'no_objects'],
    [
      'a sensor that reports nothing',
      { sensorElementList: [{}] },
      '/epcisBody/eventList/0/sensorElementList/0/sensorReport',
      'missing',
    ],
    [
      'an extension too deep',
      { 'ex:deep': JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`) },
      '/epcisBody/eventList/0/ex:deep',
      'too_deep',
    ],
  ])('is told with its place: %s', (_, change, place, code) => {
    const reading = readEpcisDocument(documentOf({ ...cutting, ...change }), 'application/json');
    expect(allFaults(reading)).toContainEqual(expect.objectContaining({ place, code }));
    expect(reading.entries[0]?.event).toBeUndefined();
  });

  it('in XML is told with path and line', () => {
    const wrong = cuttingXml.replace(
      '<uom>KGM</uom></quantityElement></outputQ',
      '<uom>kilos</uom></quantityElement></outputQ',
    );
    expect(allFaults(readEpcisDocument(wrong, 'text/xml'))).toEqual([
      expect.objectContaining({
        place:
          '/epcis:EPCISDocument/EPCISBody/EventList/TransformationEvent/outputQuantityList/quantityElement/uom (line 9)',
        code: 'unit',
      }),
    ]);
  });

  it('of one event leaves the others readable, for a capture that proceeds', () => {
    const reading = readEpcisDocument(
      documentOf(cutting, { ...cutting, bizStep: 'chopping' }, cutting),
      'application/json',
    );
    expect(reading.entries.map(({ event, faults }) => [event !== undefined, faults.length])).toEqual([
      [true, 0],
      [false, 1],
      [true, 0],
    ]);
  });

  it('is only a warning for a wrong check digit', () => {
    const mistyped = {
      ...cutting,
      outputQuantityList: [{ epcClass: 'https://id.gs1.org/01/09521234543214/10/A1', quantity: 1 }],
    };
    const reading = readEpcisDocument(documentOf(mistyped), 'application/json');
    expect(allFaults(reading)).toEqual([]);
    expect(reading.entries[0]?.warnings).toMatchObject([
      { code: 'check_digit', place: '/epcisBody/eventList/0/outputQuantityList/0/epcClass' },
    ]);
  });

  it('list ends somewhere, and says so', () => {
    const list = Array.from({ length: 5_000 }, () => 'no uri');
    const faults = allFaults(readEpcisDocument(documentOf({ ...cutting, inputEPCList: list }), 'application/json'));
    expect(faults).toHaveLength(201);
    expect(faults.at(-1)).toMatchObject({ code: 'more_faults' });
  });
});

describe('no document', () => {
  const bomb = `<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><EPCISDocument>&b;</EPCISDocument>`;
  const outside = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><EPCISDocument>&x;</EPCISDocument>`;
  it.each([
    ['grows by entities', bomb, 'application/xml', 'xml_doctype'],
    ['reaches for files', outside, 'application/xml', 'xml_doctype'],
    ['nests without end in XML', '<a>'.repeat(10_000), 'application/xml', 'xml_syntax'],
    ['nests without end in JSON', `{"a":${'['.repeat(100_000)}`, 'application/json', 'too_deep'],
    ['has two roots', '<a/><b/>', 'application/xml', 'xml_syntax'],
    ['comes as a picture', 'x', 'image/png', 'media_type'],
    ['is nothing', '', undefined, 'json_syntax'],
    ['is a list', '[]', 'application/json', 'not_a_document'],
  ])('%s', (_, text, mediaType, code) => {
    expect(allFaults(readEpcisDocument(text, mediaType))).toMatchObject([{ code }]);
  });

  it('is read when it is not UTF-8, too long, or has too many events', () => {
    const limits = { mostBytes: 100_000, mostEvents: 2 };
    expect(allFaults(readEpcisDocument(Uint8Array.of(0xff, 0xfe), 'application/json'))).toMatchObject([
      { code: 'not_text' },
    ]);
    expect(allFaults(readEpcisDocument(' '.repeat(100_001), undefined, limits))).toMatchObject([{ code: 'too_large' }]);
    expect(allFaults(readEpcisDocument(documentOf(cutting, cutting, cutting), undefined, limits))).toMatchObject([
      { code: 'too_many_events' },
    ]);
  });

  it('changes the prototype of anything', () => {
    const json = documentOf(cutting).replace('"ex:butcher"', '"__proto__":{"polluted":1},"ex:butcher"');
    const xml = cuttingXml.replaceAll('e:butcher', 'e:__proto__');
    for (const text of [json, xml]) readEpcisDocument(text, undefined);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('times of events', () => {
  it.each([
    ['2026-11-22T13:00:00+08:00', Date.UTC(2026, 10, 22, 5)],
    ['2026-11-22T13:00:00.1234Z', Date.UTC(2026, 10, 22, 13, 0, 0, 123)],
    ['2026-11-22T13:00:00.1235Z', Date.UTC(2026, 10, 22, 13, 0, 0, 124)],
    ['2026-12-31T23:59:59.9996Z', Date.UTC(2027, 0, 1)],
    ['2024-02-29T00:00:00-14:00', Date.UTC(2024, 1, 29, 14)],
    ['2025-02-29T00:00:00Z', undefined],
    ['2026-11-22T24:00:00Z', undefined],
    ['2026-11-22T13:00:00', undefined],
    ['2026-11-22T13:00:00+14:01', undefined],
  ])('%s', (text, expected) => expect(readTime(text)).toBe(expected));

  it('stand at their own offset again', () => {
    expect(timeAtOffset(Date.UTC(2026, 10, 22), 480)).toBe('2026-11-22T08:00:00.000+08:00');
    expect(readZoneOffset('-03:30')).toBe(-210);
    expect(readZoneOffset('+3:30')).toBeUndefined();
  });
});
