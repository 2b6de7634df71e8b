// Who may be told of events by webhook, and at which addresses.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForDeliveries, serveSubscription } from '../../../server/trace/subscription/serve-subscription.ts';
import { cameraAddress, networkTo } from '../../support/camera-network.ts';
import { documentOf, events, hour, type Json, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';
import { type Receiver, startReceiver } from '../../support/webhook-receiver.ts';

const token = '13df38d8275b13f05704629e5f1cf3d45d6132d5';

const dest = `http://${cameraAddress}/hook?key=private`;

const farm = { as: 'partner', sites: [places.farm] } as const;

const queryPath = '/epcis/queries/pigs';

const top = `${queryPath}/subscriptions`;

type Told = {
  subscriptionID: string;
  state: string;
  lastNotifiedAt?: string;
  lastFault?: { code: string };
  signatureToken?: string;
};

let server: TestServer;

let receiver: Receiver;

let batch = 0;

beforeEach(async () => {
  server = openTestServer();
  receiver = await startReceiver({ token, now: server.clock.now });
  const kept = await server.call('/epcis/queries', {
    ...farm,
    json: { name: 'pigs', query: { EQ_bizStep: ['commissioning'] } },
  });
  expect(kept.status).toBe(201);
});

afterEach(() => receiver.close());

/** Captures `count` new lots at a place; their eventIDs, as a query gives them. */
async function capture(count: number, site: string = places.farm): Promise<string[]> {
  batch += 1;
  const told = Array.from({ length: count }, (_, index) =>
    events.commission(hour(index / 100), site, [[lotUri(products.pig, `B${batch}-${index}`), 6]]),
  );
  return captureEvents(told, site);
}

async function captureEvents(told: readonly Json[], site: string): Promise<string[]> {
  const captured = await server.call('/epcis/capture', {
    as: 'partner',
    sites: [site],
    body: new Uint8Array(documentOf(told)),
    headers: { 'content-type': 'application/ld+json' },
  });
  expect(captured.status).toBe(202);
  return ((await captured.json()) as { events: { hash: string }[] }).events.map(({ hash }) => hash);
}

async function subscribe(more: Json = { stream: true }): Promise<string> {
  const response = await server.call(top, { ...farm, json: { dest, signatureToken: token, ...more } });
  expect(response.status).toBe(201);
  return ((await response.json()) as Told).subscriptionID;
}

/** What the server's timer and its lane of jobs do. */
async function deliver(): Promise<void> {
  const deps = { ...server.deps, network: networkTo(receiver.port) };
  askForDeliveries(deps);
  for (const job of server.deps.queue.claim(['deliver-webhook'], 60_000, 50)) {
    await serveSubscription(deps, job.payload);
    server.deps.queue.complete(job);
  }
}

const gotten = () => receiver.received.flatMap(({ events: list }) => list);

describe('who may be told, and where', () => {
  const refusedAt = async (json: Json) => {
    const response = await server.call(top, { ...farm, json });
    expect(response.status).toBe(400);
    return ((await response.json()) as { faults: { place: string }[] }).faults.map(({ place }) => place);
  };

  it.each([
    'http://127.0.0.1/',
    'http://localhost/',
    'http://10.0.0.5/hook',
    'http://[::1]/',
    'http://169.254.169.254/latest',
    'http://2130706433/',
    'http://user:pass@93.184.215.14/',
    'ftp://93.184.215.14/',
    'javascript:alert(1)',
    'http://93.184.215.14\\@10.0.0.1/',
  ])('%s is refused', async (address) => {
    expect(await refusedAt({ dest: address, signatureToken: token, stream: true })).toEqual(['/dest']);
  });

  it('a private network opens when an administrator opens it, by its port', async () => {
    const inside = { dest: 'http://10.0.0.5:9000/hook', signatureToken: token, stream: true };
    expect(await refusedAt(inside)).toEqual(['/dest']);
    const opened = await server.call('/subscriptions/networks', {
      as: 'admin',
      form: { network: '10.0.0.0/8', port: '9000' },
    });
    expect(opened.status).toBe(303);
    expect((await server.call(top, { ...farm, json: inside })).status).toBe(201);
    expect(await refusedAt({ ...inside, dest: 'http://10.0.0.5:9001/hook' })).toEqual(['/dest']);
  });

  it('every faulty member is named', async () => {
    expect((await refusedAt({ stream: true, dest: 5, signatureToken: 'short', webhook: 'x' })).sort()).toEqual([
      '',
      '/dest',
      '/signatureToken',
    ]);
    expect(await refusedAt({ dest: 'http://10.0.0.1/', stream: true, signatureToken: 'short' })).toEqual([
      '/signatureToken',
      '/dest',
    ]);
    expect(await refusedAt({ dest, schedule: { minute: '61', day: '1' } })).toEqual(['/schedule']);
    expect(await refusedAt({ dest, schedule: { minute: '61' }, stream: true, initialRecordTime: 'now' })).toEqual([
      '/schedule/minute',
      '/stream',
      '/initialRecordTime',
    ]);
    expect(await refusedAt({ dest })).toEqual(['/stream']);
    await server.call('/epcis/queries', {
      ...farm,
      json: { name: 'first', query: { orderBy: 'eventTime', eventCountLimit: 3 } },
    });
    const counted = await server.call('/epcis/queries/first/subscriptions', { ...farm, json: { dest, stream: true } });
    expect(await counted.json()).toMatchObject({ type: 'epcisException:SubscribeNotPermittedException' });
  });

  it('the token is shown once when it was made here, and is never found again', async () => {
    const made = (await (await server.call(top, { ...farm, json: { dest, stream: true } })).json()) as Told;
    expect(made.signatureToken).toMatch(/^[0-9a-f]{64}$/);
    const given = await server.call(top, { ...farm, json: { dest, signatureToken: token, stream: true } });
    expect(await given.text()).not.toContain(token);
    expect(await (await server.call(top, farm)).text()).not.toContain(made.signatureToken);
    const dump = JSON.stringify([
      server.db.sqlite.prepare('SELECT * FROM subscription').all(),
      server.db.sqlite.prepare('SELECT * FROM ledger_entry').all(),
    ]);
    expect(dump).not.toContain(made.signatureToken);
    expect(dump).not.toContain(token);
    expect(dump.match(/key=private/g)).toHaveLength(2);
  });

  it('is its maker’s alone, and is gone with its query', async () => {
    const id = await subscribe();
    const other = { as: 'partner', sites: [places.wholesaler] } as const;
    expect((await server.call(`${top}/${id}`, other)).status).toBe(404);
    expect((await server.call(`/subscriptions/${id}/paused`, { ...other, form: {} })).status).toBe(404);
    expect((await server.call(`${top}/${id}`, { ...farm, method: 'DELETE' })).status).toBe(204);
    expect((await server.call(`${top}/${id}`, farm)).status).toBe(404);
    await subscribe();
    await capture(1);
    await deliver();
    expect((await server.call(queryPath, { ...farm, method: 'DELETE' })).status).toBe(204);
    await capture(1);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM webhook_delivery').pluck().get()).toBe(0);
  });

  it('can be told every event by the standard’s own query', async () => {
    const json = { dest, signatureToken: token, stream: true };
    const made = await server.call('/epcis/queries/SimpleEventQuery/subscriptions', { ...farm, json });
    expect(made.status).toBe(201);
    const all = await capture(2);
    await deliver();
    expect(gotten()).toEqual(all);
    expect(receiver.received[0]?.document.epcisBody.queryResults.queryName).toBe('SimpleEventQuery');
  });

  it('is listed page by page, at most fifty an account', async () => {
    for (let made = 0; made < 50; made++) await subscribe();
    expect((await server.call(top, { ...farm, json: { dest, stream: true } })).status).toBe(409);
    const first = await server.call(`${top}?perPage=30`, farm);
    expect(await first.json()).toHaveLength(30);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    expect(await (await server.call(next, farm)).json()).toHaveLength(20);
  });
});
