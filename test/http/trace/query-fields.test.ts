// Queries by fields of a sender's own, by master data of lots and by sensor reports: each parameter decides.
import { beforeAll, describe, expect, it } from 'vitest';
import { documentOf, events, hour, type Json, lotUri, places, placeUri, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

type Answer = { epcisBody: { queryResults: { resultsBody: { eventList: { eventTime: string }[] } } } };
type Refusal = { type: string; faults: { place: string; code: string }[] };

const example = 'http://ns.example.com/epcis/';
const device = 'urn:epc:id:giai:4000001.111';
const pig = lotUri(products.pig, 'HF1');
const of = encodeURIComponent;

const sensed = (at: number, metadata: Json, reports: readonly Json[], more: Json = {}): Json => ({
  ...events.observe(at, places.wholesaler, [[pig]]),
  sensorElementList: [{ sensorMetadata: metadata, sensorReport: reports, ...more }],
});

const told: readonly Json[] = [
  events.commission(hour(0), places.farm, [[pig, 6]], {
    ilmd: {
      'cbvmda:lotNumber': 'HF1',
      'cbvmda:itemExpirationDate': '2026-12-01',
      'ex:feed': { 'ex:kind': 'maize', 'ex:share': 0.6 },
    },
  }),
  events.ship(hour(1), places.farm, places.slaughterhouse, [[pig, 6]], {
    'ex:temperatureClass': 'chilled',
    'ex:seals': 4,
    'ex:sealedAt': '2026-11-20T09:00:00+08:00',
    'ex:driver': [{ 'ex:licence': 'A2' }, { 'ex:licence': 'B1' }],
  }),
  events.receive(hour(2), places.slaughterhouse, places.farm, [[pig, 6]], {
    'other:temperatureClass': 'chilled',
    readPoint: { id: placeUri(places.slaughterhouse), 'ex:gate': '7' },
    'ex:seals': '4.0',
  }),
  sensed(hour(3), { time: '2026-11-20T03:00:00Z', deviceID: device, bizRules: 'https://example.org/rules' }, [
    { type: 'Temperature', value: 26, uom: 'CEL', 'ex:probe': 'core' },
    { type: 'RelativeHumidity', value: 12.1, uom: 'A93' },
  ]),
  sensed(
    hour(4),
    {
      startTime: '2026-11-20T04:00:00Z',
      endTime: '2026-11-20T04:30:00Z',
      dataProcessingMethod: 'https://example.org/mean',
    },
    [
      {
        type: 'Temperature',
        minValue: 1,
        maxValue: 4,
        meanValue: 2.5,
        sDev: 0.4,
        percRank: 50,
        percValue: 2,
        uom: 'CEL',
      },
      {
        type: 'Dimensionless',
        booleanValue: true,
        stringValue: 'AllPassed',
        hexBinaryValue: 'F0F0',
        uriValue: 'https://example.org/ok',
      },
      { type: 'Dimensionless', microorganism: 'https://example.org/ecoli', value: 3, uom: 'C62' },
      { type: 'Dimensionless', chemicalSubstance: 'https://example.org/nitrite', value: 3, uom: 'C62' },
    ],
    { 'ex:batch': 'S9' },
  ),
];

const document = JSON.parse(documentOf(told).toString()) as { '@context': unknown[] };
document['@context'].push({ ex: example, other: 'http://other.example.com/#' });

let server: TestServer;
const inspector = { as: 'inspector' } as const;
const extensions = { 'GS1-Extensions': `q=${example}, broken, two=http://other.example.com/` };

beforeAll(async () => {
  server = openTestServer();
  const captured = await server.call('/epcis/capture', {
    ...inspector,
    body: JSON.stringify(document),
    headers: { 'content-type': 'application/ld+json' },
  });
  expect(captured.status, await captured.clone().text()).toBe(202);
});

async function found(query: string): Promise<number[]> {
  const response = await server.call(`/epcis/events?orderBy=eventTime&orderDirection=ASC&${query}`, {
    ...inspector,
    headers: extensions,
  });
  expect(response.status, await response.clone().text()).toBe(200);
  const list = ((await response.json()) as Answer).epcisBody.queryResults.resultsBody.eventList;
  return list.map(({ eventTime }) => told.findIndex((one) => one['eventTime'] === eventTime));
}

const cases: readonly [string, string, number[]][] = [
  ['a field of the event, by the asker’s own prefix', 'EQ_q:temperatureClass=chilled', [1]],
  ['the same name in another namespace', `EQ_two:temperatureClass=chilled`, [2]],
  ['by its whole name', `EQ_${of(`${example}#temperatureClass`)}=chilled`, [1]],
  ['by its whole name with a slash', `EQ_${of(`${example}temperatureClass`)}=chilled|frozen`, [1]],
  ['by the prefix the sender wrote, undeclared', 'EQ_other:temperatureClass=chilled', [2]],
  ['a number, however it is written', 'EQ_q:seals=4', [1, 2]],
  ['more than', 'GT_q:seals=3.5', [1, 2]],
  ['not more than', 'GT_q:seals=4', []],
  ['a moment in another zone', `EQ_q:sealedAt=${of('2026-11-20T01:00:00Z')}`, [1]],
  ['before a moment', `LT_q:sealedAt=${of('2026-11-20T01:00:01Z')}`, [1]],
  ['a field inside another, in a list', 'EQ_INNER_q:licence=B1', [1]],
  ['a field at the top is no inner one', 'EQ_INNER_q:seals=4', []],
  ['an inner field is none at the top', 'EQ_q:licence=B1', []],
  ['that a field is there', 'EXISTS_q:driver=', [1]],
  ['that an inner field is there', 'EXISTS_INNER_q:licence=true', [1]],
  ['master data of a lot', 'EQ_ILMD_cbvmda:lotNumber=HF1', [0]],
  ['master data by its whole name', `EQ_ILMD_${of('urn:epcglobal:cbv:mda#lotNumber')}=HF1`, [0]],
  ['master data of another value', 'EQ_ILMD_cbvmda:lotNumber=HF2', []],
  ['master data is no field of the event', 'EQ_cbvmda:lotNumber=HF1', []],
  ['inner master data', 'EQ_INNER_ILMD_q:kind=maize', [0]],
  ['inner master data by number', 'GE_INNER_ILMD_q:share=0.6', [0]],
  ['that master data is there', 'EXISTS_ILMD_cbvmda:itemExpirationDate=', [0]],
  ['a field of the read point', 'EQ_readPoint_q:gate=7', [2]],
  ['a field of the business location, which has none', 'EQ_bizLocation_q:gate=7', []],
  ['a field of a sensor report', 'EQ_SENSORREPORT_q:probe=core', [3]],
  ['a field of a sensor element', 'EQ_SENSORELEMENT_q:batch=S9', [4]],
  ['that a sensor element is there', 'EXISTS_sensorElementList=', [3, 4]],
  ['EXISTS=false asks nothing', 'EXISTS_sensorElementList=false&EQ_bizStep=shipping', [1]],
  ['a kind of measurement', 'EQ_type=https://gs1.org/voc/RelativeHumidity', [3]],
  ['a device', `EQ_deviceID=${of(device)}`, [3]],
  ['the time of a reading', `GE_time=${of('2026-11-20T03:00:00Z')}`, [3]],
  ['readings that began before', `LT_startTime=${of('2026-11-20T04:00:01Z')}`, [4]],
  ['readings that ended from', `GE_endTime=${of('2026-11-20T04:30:01Z')}`, []],
  ['a value in its unit', 'GE_value_CEL=25', [3]],
  ['a value in its unit, too high', 'GT_value_CEL=26', []],
  ['a temperature in another unit', 'EQ_value_KEL=299.15', [3]],
  ['a temperature in Fahrenheit', 'GE_value_FAH=78.8&LE_value_FAH=78.8', [3]],
  ['a value of another unit', 'GE_value_A93=12&LT_value_A93=13', [3]],
  ['a least value', 'LT_minValue_CEL=2', [4]],
  ['a greatest value', 'GE_maxValue_CEL=4', [4]],
  ['a mean', 'EQ_meanValue_CEL=2.5', [4]],
  ['a deviation is not shifted to another zero', 'GE_sDev_KEL=0', []],
  ['a deviation', 'LE_sDev_CEL=0.4', [4]],
  ['a rank', 'GE_percRank=50', [4]],
  ['a value at a rank', 'EQ_percValue_CEL=2', [4]],
  ['a boolean', 'EQ_booleanValue=true', [4]],
  ['a text', 'EQ_stringValue=AllPassed|NotPassed', [4]],
  ['hexadecimal, in either case', 'EQ_hexBinaryValue=f0f0', [4]],
  ['a URI', `EQ_uriValue=${of('https://example.org/ok')}`, [4]],
  ['a microorganism', `EQ_microorganism=${of('https://example.org/ecoli')}`, [4]],
  ['a substance', `EQ_chemicalSubstance=${of('https://example.org/nitrite')}`, [4]],
  ['how data were processed', `EQ_dataProcessingMethod=${of('https://example.org/mean')}`, [4]],
  ['business rules', `EQ_bizRules=${of('https://example.org/rules')}`, [3]],
  ['a quantity out of a list', 'EQ_quantity=5', []],
  ['two conditions, both of which must hold', 'EXISTS_sensorElementList=&EQ_type=Temperature&GE_value_CEL=20', [3]],
];

describe('what each parameter finds', () => {
  it.each(cases)('%s', async (_what, query, expected) => {
    expect(await found(query)).toEqual(expected);
  });
});

it('the same parameters stand in a definition, with lists and numbers, and prefixes of its own context', async () => {
  const definition = {
    '@context': [{ mine: example }],
    'EQ_mine:seals': [4, 9],
    'EQ_mine:temperatureClass': ['chilled|frozen', 'chilled'],
    GE_quantity: 6,
    'EXISTS_mine:driver': null,
  };
  const kept = await server.call('/epcis/queries', { ...inspector, json: { name: 'chilled', query: definition } });
  expect(kept.status, await kept.clone().text()).toBe(201);
  const answer = (await (await server.call('/epcis/queries/chilled/events', inspector)).json()) as Answer;
  expect(answer.epcisBody.queryResults.resultsBody.eventList.map(({ eventTime }) => eventTime)).toEqual([
    told[1]!['eventTime'],
  ]);
});

it('names what it does not offer, and values it cannot compare', async () => {
  const query =
    'HASATTR_bizLocation=x&EQATTR_readPoint_x=y&EQ_ILMD_plain=1&GE_q:seals=many&EQ_value=3&GE_value_CEL=warm&EXISTS_q:driver=perhaps&EQ_booleanValue=yes&EQ_q:empty=';
  const response = await server.call(`/epcis/events?${query}`, { ...inspector, headers: extensions });
  expect(response.status).toBe(400);
  const { faults } = (await response.json()) as Refusal;
  expect(Object.fromEntries(faults.map(({ place, code }) => [place, code]))).toEqual({
    HASATTR_bizLocation: 'not_offered',
    EQATTR_readPoint_x: 'not_offered',
    EQ_ILMD_plain: 'unknown_parameter',
    'GE_q:seals': 'not_a_number',
    EQ_value: 'unknown_parameter',
    GE_value_CEL: 'not_a_number',
    'EXISTS_q:driver': 'not_in_vocabulary',
    EQ_booleanValue: 'not_in_vocabulary',
    'EQ_q:empty': 'missing',
  });
});

describe('how identifiers are spelled', () => {
  const urn = `urn:epc:class:lgtin:${products.pig.slice(1, 8)}.${products.pig[0]}${products.pig.slice(8, 13)}.U1`;

  it('GS1-EPC-Format turns URNs into links and leaves the hash as it was; GS1-CBV-XML-Format does so for names', async () => {
    const other = openTestServer();
    const event = events.commission(hour(0), places.farm, [[urn, 1]]);
    const captured = await other.call('/epcis/capture', {
      ...inspector,
      body: new Uint8Array(documentOf([event])),
      headers: { 'content-type': 'application/ld+json' },
    });
    const [{ hash }] = ((await captured.json()) as { events: [{ hash: string }] }).events;
    const get = async (headers: Record<string, string>) =>
      (await other.call('/epcis/events', { ...inspector, headers })).text();
    expect(await get({})).toContain(urn);
    const linked = await get({ 'GS1-EPC-Format': 'Always_GS1_Digital_Link' });
    expect(linked).not.toContain(urn);
    expect(linked).toContain(lotUri(products.pig, 'U1'));
    expect(linked).toContain(hash);
    const xml = { accept: 'application/xml' };
    expect(await get(xml)).toContain('urn:epcglobal:cbv:bizstep:commissioning');
    expect(await get({ ...xml, 'GS1-CBV-XML-Format': 'Always_Web_URI' })).toContain(
      'https://ref.gs1.org/cbv/BizStep-commissioning',
    );
    const refused = await other.call('/epcis/events', {
      ...inspector,
      headers: { 'GS1-EPC-Format': 'Always_EPC_URN' },
    });
    expect(refused.status).toBe(406);
  });
});
