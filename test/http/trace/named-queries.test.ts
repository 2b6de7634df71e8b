// Queries under names over HTTP: kept and asked by whoever made them, every fault of a definition named.
import { beforeEach, describe, expect, it } from 'vitest';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

const pig = lotUri(products.pig, 'HF1');
const link = (response: Response) => /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];

let server: TestServer;
const farm = { as: 'partner', sites: [places.farm] } as const;
const keep = (name: string, query: unknown, who: { as: 'partner' | 'inspector'; sites?: readonly string[] } = farm) =>
  server.call('/epcis/queries', { ...who, json: { name, query } });

type Answer = {
  epcisBody: { queryResults: { queryName: string; resultsBody: { eventList: { bizStep: string }[] } } };
};
const stepsOf = async (response: Response) => {
  const { queryName, resultsBody } = ((await response.json()) as Answer).epcisBody.queryResults;
  return [queryName, ...resultsBody.eventList.map(({ bizStep }) => bizStep)];
};

beforeEach(async () => {
  server = openTestServer();
  const told = [
    events.commission(hour(0), places.farm, [[pig, 6]]),
    events.ship(hour(1), places.farm, places.slaughterhouse, [[pig, 6]]),
    events.ship(hour(2), places.slaughterhouse, places.wholesaler, [[pig, 2]]),
  ];
  for (const [index, site] of [places.farm, places.farm, places.slaughterhouse].entries()) {
    const captured = await server.call('/epcis/capture', {
      as: 'partner',
      sites: [site],
      body: new Uint8Array(documentOf([told[index]!])),
      headers: { 'content-type': 'application/ld+json' },
    });
    expect(captured.status).toBe(202);
  }
});

describe('a query under a name', () => {
  it('answers with the events its maker may see, page by page, as JSON-LD and as XML', async () => {
    const kept = await keep('my.shipments', { EQ_bizStep: ['shipping', 'commissioning'], orderBy: 'eventTime' });
    expect(kept.status).toBe(201);
    expect(kept.headers.get('location')).toBe('/epcis/queries/my.shipments');
    const path = '/epcis/queries/my.shipments/events?perPage=1';
    const first = await server.call(path, farm);
    expect(first.headers.get('gs1-epcis-version')).toBe('2.0.0');
    expect(Date.parse(first.headers.get('gs1-next-page-token-expires') ?? '')).toBeGreaterThan(server.clock.now());
    expect(await stepsOf(first)).toEqual(['my.shipments', 'shipping']);
    const second = await server.call(link(first) ?? '', farm);
    expect(await stepsOf(second)).toEqual(['my.shipments', 'commissioning']);
    expect(link(second)).toBeUndefined();
    const xml = await server.call(path, { ...farm, headers: { accept: 'application/xml' } });
    expect(await xml.text()).toContain('<queryName>my.shipments</queryName>');
    server.clock.pass(86_400_001);
    const late = await server.call(link(first) ?? '', farm);
    expect(await late.json()).toMatchObject({ faults: [{ place: 'nextPageToken', code: 'expired' }] });
  });

  it('is its maker’s alone: another account may take the name, and does not see this one', async () => {
    await keep('mine', { EQ_action: ['ADD'] });
    expect((await keep('mine', {})).status).toBe(409);
    expect((await keep('SimpleEventQuery', {})).status).toBe(409);
    const other = { as: 'inspector' } as const;
    expect((await server.call('/epcis/queries/mine', other)).status).toBe(404);
    expect((await server.call('/epcis/queries/mine/events', other)).status).toBe(404);
    expect((await server.call('/epcis/queries/mine', { ...other, method: 'DELETE' })).status).toBe(404);
    expect((await keep('mine', {}, other)).status).toBe(201);
    expect(await (await server.call('/epcis/queries/mine', farm)).json()).toEqual({
      name: 'mine',
      query: { EQ_action: ['ADD'] },
    });
  });

  it('is listed by name, page by page, and is gone once it is deleted', async () => {
    for (const name of ['c', 'a', 'b']) await keep(name, {});
    const first = await server.call('/epcis/queries?perPage=2', farm);
    expect(((await first.json()) as { name: string }[]).map(({ name }) => name)).toEqual(['a', 'b']);
    const next = await server.call(link(first) ?? '', farm);
    expect(((await next.json()) as { name: string }[]).map(({ name }) => name)).toEqual(['c']);
    expect((await server.call('/epcis/queries/b', { ...farm, method: 'DELETE' })).status).toBe(204);
    expect((await server.call('/epcis/queries/b', farm)).status).toBe(404);
  });

  it('is refused with every fault at its place', async () => {
    const refused = await keep('no spaces', {
      GE_eventTime: 'yesterday',
      EQ_action: ['EAT'],
      EQ_bizStop: ['x'],
      GE_value_CEL: { at: 1 },
      nextPageToken: 'x',
    });
    expect(refused.status).toBe(400);
    const { type, faults } = (await refused.json()) as { type: string; faults: { place: string }[] };
    expect(type).toBe('epcisException:QueryValidationException');
    expect(new Set(faults.map(({ place }) => place))).toEqual(
      new Set([
        '/name',
        '/query/GE_eventTime',
        '/query/EQ_action',
        '/query/EQ_bizStop',
        '/query/GE_value_CEL',
        '/query/nextPageToken',
      ]),
    );
  });

  it('is bounded in number, in size and in its name', async () => {
    for (let made = 0; made < 100; made++) expect((await keep(`q${made}`, {})).status).toBe(201);
    expect((await keep('q100', {})).status).toBe(409);
    expect((await keep('x'.repeat(101), {})).status).toBe(400);
    expect((await keep('long', { EQ_bizStep: Array.from({ length: 101 }, () => 'shipping') })).status).toBe(400);
    expect((await keep('large', { EQ_bizStep: ['x'.repeat(40_000)] })).status).toBe(400);
  });

  it('opens no WebSocket, and says what to do instead', async () => {
    await keep('mine', {});
    for (const refused of [
      await server.call('/epcis/queries/mine/events?stream=true', farm),
      await server.call('/epcis/queries/mine/events', { ...farm, headers: { upgrade: 'websocket' } }),
    ]) {
      expect(refused.status).toBe(501);
      expect(await refused.json()).toMatchObject({
        detail: expect.stringContaining('/epcis/queries/mine/subscriptions'),
      });
    }
  });

  it('SimpleEventQuery is there without being kept', async () => {
    const answer = await server.call('/epcis/queries/SimpleEventQuery/events', farm);
    expect((await stepsOf(answer)).slice(0, 1)).toEqual(['SimpleEventQuery']);
  });

  it.each([
    ['/epcis', 'OPTIONS, GET, HEAD'],
    ['/epcis/queries', 'OPTIONS, GET, HEAD, POST'],
    ['/epcis/queries/x', 'OPTIONS, GET, HEAD, DELETE'],
    ['/epcis/queries/x/events', 'OPTIONS, GET, HEAD'],
    ['/epcis/queries/x/subscriptions', 'OPTIONS, GET, HEAD, POST'],
    ['/epcis/queries/x/subscriptions/y', 'OPTIONS, GET, HEAD, DELETE'],
  ])('OPTIONS %s tells versions and methods', async (path, allow) => {
    const { headers, status } = await server.call(path, { method: 'OPTIONS' });
    expect(status).toBe(204);
    expect(headers.get('allow')).toBe(allow);
    for (const name of [
      'GS1-EPCIS-Version',
      'GS1-EPCIS-Min',
      'GS1-EPCIS-Max',
      'GS1-CBV-Version',
      'GS1-CBV-Min',
      'GS1-CBV-Max',
      'GS1-EPC-Format',
      'GS1-CBV-XML-Format',
      'GS1-Vendor-Version',
    ])
      expect(headers.get(name), name).not.toBeNull();
  });
});
