// EPCIS capture over HTTP: what is taken, what is refused and named, what a repeat does, and whose captures one sees.
import { beforeEach, describe, expect, it } from 'vitest';
import { type Amount, documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
beforeEach(() => {
  server = openTestServer();
});

const belly: Amount = [lotUri(products.belly, 'A07'), 162, 'KGM'];
const good = [
  events.commission(hour(0), places.slaughterhouse, [belly]),
  events.ship(hour(2), places.slaughterhouse, places.wholesaler, [belly]),
];
const broken = { ...events.commission(hour(1), places.slaughterhouse, [belly]), eventTime: 'yesterday' };

function capture(list: readonly object[], headers: Record<string, string> = {}, as: 'partner' | 'owner' = 'partner') {
  return server.call('/epcis/capture', {
    as,
    sites: [places.slaughterhouse],
    body: new Uint8Array(documentOf(list as never)),
    headers: { 'content-type': 'application/ld+json', ...headers },
  });
}

const kept = () => server.db.sqlite.prepare('SELECT count(*) FROM event').pluck().get();

describe('POST /epcis/capture', () => {
  it('takes a document with 202, a Location and the hash of each event', async () => {
    const response = await capture(good);
    expect(response.status).toBe(202);
    expect(response.headers.get('gs1-epcis-version')).toBe('2.0.0');
    const body = (await response.json()) as { captureID: string; events: { hash: string; status: string }[] };
    expect(body).toMatchObject({ status: 'accepted', accepted: 2, refused: 0, duplicate: 0, warned: 0 });
    expect(body.events.map(({ hash }) => hash)).toEqual([
      expect.stringMatching(/^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/),
      expect.any(String),
    ]);
    const location = response.headers.get('location') ?? '';
    expect(location).toBe(`/epcis/capture/${body.captureID}`);
    const job = await server.call(location, { as: 'partner', sites: [places.slaughterhouse] });
    expect(await job.json()).toMatchObject({
      captureID: body.captureID,
      running: false,
      success: true,
      captureErrorBehaviour: 'rollback',
      errors: [],
    });
  });

  it('is counted in the metrics by outcome, from nothing on', async () => {
    const counted = async () => {
      const text = await (await server.call('/metrics', { as: 'admin' })).text();
      return [...text.matchAll(/^captured_events_total\{outcome="(\w+)"\} (\d+)$/gm)].map(([, name, n]) => [name, n]);
    };
    expect(await counted()).toEqual([]);
    await capture(good);
    await capture(good);
    await capture([...good, broken]);
    await capture([broken], { 'gs1-capture-error-behaviour': 'proceed' });
    expect(await counted()).toEqual([
      ['accepted', '2'],
      ['refused', '2'],
      ['duplicate', '2'],
    ]);
  });

  it('the same document again is no second event, and points to the first capture', async () => {
    const first = await capture(good);
    const again = await capture(good);
    expect(again.status).toBe(202);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(await again.json()).toMatchObject({ accepted: 0, duplicate: 2 });
    expect(kept()).toBe(2);
  });

  it('rolls back by default: one broken event refuses all, and every fault is named with its place', async () => {
    const response = await capture([...good, broken]);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = (await response.json()) as { faults: { place: string; code: string }[]; events: { status: string }[] };
    expect(body.faults).toContainEqual(
      expect.objectContaining({ place: '/epcisBody/eventList/2/eventTime', code: 'not_a_time' }),
    );
    expect(body.events.map(({ status }) => status)).toEqual(['not_stored', 'not_stored', 'refused']);
    expect(JSON.stringify(body)).not.toMatch(/at .*\.ts:\d+|node_modules/);
    expect(kept()).toBe(0);
  });

  it('proceeds when asked: the sound events are taken and the job lists the errors', async () => {
    const response = await capture([...good, broken], { 'GS1-Capture-Error-Behaviour': 'proceed' });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ status: 'partially_accepted', accepted: 2, refused: 1 });
    const job = await server.call(response.headers.get('location') ?? '', { as: 'inspector' });
    expect(await job.json()).toMatchObject({
      success: false,
      captureErrorBehaviour: 'proceed',
      errors: [{ status: 400 }],
    });
    expect(kept()).toBe(2);
  });

  const refusals: [string, number, Record<string, string>, string][] = [
    ['a type that is neither JSON nor XML', 415, { 'content-type': 'text/plain' }, '{}'],
    ['a compressed body', 415, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, '{}'],
    ['text that is no JSON', 400, { 'content-type': 'application/ld+json' }, '{"a":'],
    ['text that is no XML', 400, { 'content-type': 'application/xml' }, '<a'],
    ['an EPCIS version nobody speaks', 406, { 'content-type': 'application/json', 'GS1-EPCIS-Version': '3.0' }, '{}'],
    [
      'an unknown error behaviour',
      400,
      { 'content-type': 'application/json', 'GS1-Capture-Error-Behaviour': 'maybe' },
      '{}',
    ],
    [
      'a body beyond the limit',
      413,
      { 'content-type': 'application/json', 'content-length': String(99 * 1024 * 1024) },
      '{}',
    ],
  ];
  it.each(refusals)('refuses %s with %i and stores nothing', async (_what, status, headers, body) => {
    const response = await server.call('/epcis/capture', { as: 'partner', body, headers });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, title: expect.any(String) });
    expect(kept()).toBe(0);
  });

  it('asks who is calling', async () => {
    const response = await server.call('/epcis/capture', {
      body: '{}',
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(401);
    expect((await server.call('/epcis/capture', { as: 'reviewer', json: {} })).status).toBe(403);
  });
});

describe('captures belong to who sent them', () => {
  it('another partner finds neither the job nor its line in the list; an inspector finds both', async () => {
    const location = (await capture(good)).headers.get('location') ?? '';
    const stranger = { as: 'partner', sites: [places.farm] } as const;
    expect((await server.call(location, stranger)).status).toBe(404);
    expect(await (await server.call('/epcis/capture', stranger)).json()).toEqual([]);
    expect(await (await server.call('/epcis/capture', { as: 'inspector' })).json()).toHaveLength(1);
  });

  it('lists page by page', async () => {
    for (let i = 0; i < 3; i++)
      await capture([events.commission(hour(i), places.slaughterhouse, [[lotUri(products.belly, `B${i}`), 1, 'KGM']])]);
    const first = await server.call('/epcis/capture?perPage=2', { as: 'inspector' });
    expect(await first.json()).toHaveLength(2);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(await (await server.call(next, { as: 'inspector' })).json()).toHaveLength(1);
  });
});

describe('POST /epcis/events', () => {
  const post = (body: unknown) =>
    server.call('/epcis/events', { as: 'partner', sites: [places.slaughterhouse], json: body, headers: {} });
  const context = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
  const single = { '@context': context, ...events.commission(hour(0), places.slaughterhouse, [belly]) };

  it('takes one event with 201 and its address; the same again is 409', async () => {
    const first = await post(single);
    expect(first.status).toBe(201);
    expect(decodeURIComponent(first.headers.get('location') ?? '')).toMatch(/^\/epcis\/events\/ni:\/\/\/sha-256;/);
    const again = await post(single);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ type: 'epcisException:ResourceAlreadyExistsException' });
    expect(kept()).toBe(1);
  });

  it('a broken one is refused with its place', async () => {
    const response = await post({ ...single, action: 'PERHAPS' });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { faults: { place: string }[] }).faults[0]?.place).toContain('action');
    expect(kept()).toBe(0);
  });
});

it('OPTIONS tells versions and limits', async () => {
  const response = await server.call('/epcis/capture', { method: 'OPTIONS' });
  expect(response.status).toBe(204);
  expect(response.headers.get('allow')).toContain('POST');
  expect(Number(response.headers.get('gs1-epcis-capture-limit'))).toBeGreaterThan(0);
  expect(response.headers.get('gs1-capture-error-behaviour')).toContain('proceed');
});
