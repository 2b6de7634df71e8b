// Queries in the body of POST /epcis/query: EPCISQueryDocument of XML, the JSON of a definition, and no SOAP.
import { beforeAll, describe, expect, it } from 'vitest';
import { hashDocument } from '../../../server/trace/epcis/document.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const pig = lotUri(products.pig, 'HF1');
const told = [
  events.commission(hour(0), places.farm, [[pig, 6]]),
  events.ship(hour(1), places.farm, places.slaughterhouse, [[pig, 6]]),
  events.receive(hour(2), places.slaughterhouse, places.farm, [[pig, 6]]),
];
const farm = { as: 'partner', sites: [places.farm] } as const;

let server: TestServer;
let hashes: string[];

beforeAll(async () => {
  server = openTestServer();
  const captured = await server.call('/epcis/capture', {
    as: 'partner',
    sites: [places.farm],
    body: new Uint8Array(documentOf(told.slice(0, 2))),
    headers: { 'content-type': 'application/ld+json' },
  });
  hashes = ((await captured.json()) as { events: { hash: string }[] }).events.map(({ hash }) => hash);
  await server.call('/epcis/capture', {
    as: 'inspector',
    body: new Uint8Array(documentOf(told.slice(2))),
    headers: { 'content-type': 'application/ld+json' },
  });
  const named = { name: 'shipments', query: { EQ_bizStep: ['shipping'] } };
  expect((await server.call('/epcis/queries', { ...farm, json: named })).status).toBe(201);
});

const ask = (body: string, type = 'application/xml') =>
  server.call('/epcis/query', { ...farm, body, headers: { 'content-type': type } });
const request = (inside: string) =>
  `<?xml version="1.0"?><q:EPCISQueryDocument xmlns:q="urn:epcglobal:epcis-query:xsd:2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" schemaVersion="2.0" creationDate="2026-11-22T00:00:00Z"><EPCISBody>${inside}</EPCISBody></q:EPCISQueryDocument>`;
const poll = (name: string, params: Readonly<Record<string, string>> = {}) =>
  request(
    `<q:Poll><queryName>${name}</queryName><params>${Object.entries(params)
      .map(([parameter, value]) => `<param><name>${parameter}</name><value>${value}</value></param>`)
      .join('')}</params></q:Poll>`,
  );
const strings = (...texts: string[]) => texts.map((text) => `<string>${text}</string>`).join('');

describe('a Poll', () => {
  const cases: readonly [string, string, () => string[]][] = [
    ['without parameters gives what its asker may see', poll('SimpleEventQuery'), () => [hashes[1]!, hashes[0]!]],
    ['by a list', poll('SimpleEventQuery', { EQ_bizStep: strings('shipping', 'packing') }), () => [hashes[1]!]],
    ['by a time', poll('SimpleEventQuery', { LT_eventTime: '2026-11-20T09:00:00+08:00' }), () => [hashes[0]!]],
    ['by an empty value', poll('SimpleEventQuery', { EXISTS_sensorElementList: '' }), () => []],
    ['of a query under a name', poll('shipments'), () => [hashes[1]!]],
  ];
  it.each(cases)('%s', async (_what, body, expected) => {
    const response = await ask(body);
    expect(response.status, await response.clone().text()).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/xml');
    expect(hashDocument(await response.text(), 'application/xml').hashes).toEqual(expected());
  });

  const refusals: readonly [string, string, number, string, string][] = [
    ['an unknown query', poll('nothing'), 404, 'NoSuchNameException', 'Nothing is kept'],
    [
      'an unknown parameter',
      poll('SimpleEventQuery', { EQ_bizStop: 'x' }),
      400,
      'QueryParameterException',
      'EQ_bizStop',
    ],
    [
      'a named query with parameters',
      poll('shipments', { EQ_action: 'ADD' }),
      400,
      'QueryParameterException',
      'params',
    ],
    [
      'too large an answer',
      poll('SimpleEventQuery', { maxEventCount: '1' }),
      413,
      'QueryTooLargeException',
      'more than 1',
    ],
    ['a document that is none', '<a/>', 400, 'ValidationException', 'EPCISBody'],
    ['broken XML', '<a>', 400, 'ValidationException', 'line 1'],
    ['a request that is none', request('<q:Eat/>'), 400, 'ValidationException', 'q:Eat'],
    [
      'a param without a value',
      request('<q:Poll><queryName>SimpleEventQuery</queryName><params><param><name>a</name></param></params></q:Poll>'),
      400,
      'ValidationException',
      'has no value',
    ],
  ];
  it.each(refusals)('%s is refused in the standard’s own words', async (_what, body, status, exception, reason) => {
    const response = await ask(body);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(text).toContain(`<epcisq:${exception}><reason>`);
    expect(text).toContain(reason);
  });
});

it('says its names, its subscriptions and its versions', async () => {
  const names = await (await ask(request('<q:GetQueryNames/>'))).text();
  expect(names).toContain(
    '<epcisq:GetQueryNamesResult><string>SimpleEventQuery</string><string>shipments</string></epcisq:GetQueryNamesResult>',
  );
  const made = await server.call('/epcis/queries/shipments/subscriptions', {
    ...farm,
    json: { dest: 'http://93.184.215.14/', stream: true },
  });
  const { subscriptionID } = (await made.json()) as { subscriptionID: string };
  const ids = request('<q:GetSubscriptionIDs><queryName>shipments</queryName></q:GetSubscriptionIDs>');
  expect(await (await ask(ids)).text()).toContain(`<string>${subscriptionID}</string>`);
  expect(await (await ask(request('<q:GetStandardVersion/>'))).text()).toContain('>2.0<');
  expect(await (await ask(request('<q:GetVendorVersion/>'))).text()).toContain('>1<');
});

it('is bounded: so many parameters, so many bytes, and answered at once', async () => {
  const many = Object.fromEntries(Array.from({ length: 12_000 }, (_, index) => [`EQ_no${index}`, 1]));
  const started = process.cpuUsage().user;
  const refused = await server.call('/epcis/query', { ...farm, json: many });
  expect(refused.status).toBe(400);
  const { faults } = (await refused.json()) as { faults: { code: string }[] };
  expect(faults.length).toBeLessThanOrEqual(200);
  expect(faults[0]?.code).toBe('too_many');
  expect((await server.call('/epcis/query', { ...farm, json: { a: 'x'.repeat(300_000) } })).status).toBe(413);
  const xml = await ask(
    poll('SimpleEventQuery', { EQ_bizStep: strings(...Array.from({ length: 20_000 }, () => 'shipping')) }),
  );
  expect(xml.status).toBe(413);
  const query = Array.from({ length: 1_000 }, (_, index) => `EQ_no${index}=1`).join('&');
  expect((await server.call(`/epcis/events?${query}`, farm)).status).toBe(400);
  expect((process.cpuUsage().user - started) / 1_000).toBeLessThan(3_000);
});

it('refuses SOAP and subscriptions by XML, and says what to do instead', async () => {
  const envelope = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${poll('SimpleEventQuery').replace(/<\?.*?\?>/, '')}</s:Body></s:Envelope>`;
  const soap = await ask(envelope, 'application/soap+xml');
  expect(soap.status).toBe(501);
  expect(await soap.json()).toMatchObject({ detail: expect.stringContaining('SOAP') });
  const subscribe = await ask(request('<q:Subscribe><queryName>shipments</queryName></q:Subscribe>'));
  expect(subscribe.status).toBe(501);
  expect(await subscribe.json()).toMatchObject({ type: 'epcisException:SubscribeNotPermittedException' });
});

it('takes the JSON of a definition, page by page, and names its faults', async () => {
  const first = await server.call('/epcis/query?perPage=1', {
    ...farm,
    json: { EQ_action: ['ADD', 'OBSERVE'], orderBy: 'eventTime' },
  });
  expect(hashDocument(await first.text(), 'application/ld+json').hashes).toEqual([hashes[1]]);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
  const second = await server.call(next, { ...farm, json: { EQ_action: ['ADD', 'OBSERVE'], orderBy: 'eventTime' } });
  expect(hashDocument(await second.text(), 'application/ld+json').hashes).toEqual([hashes[0]]);
  const refused = await server.call('/epcis/query', { ...farm, json: { EQ_action: ['EAT'], 'EQ_a/b': 1 } });
  const { faults } = (await refused.json()) as { faults: { place: string }[] };
  expect(faults.map(({ place }) => place).sort()).toEqual(['/EQ_action', '/EQ_a~1b']);
});
