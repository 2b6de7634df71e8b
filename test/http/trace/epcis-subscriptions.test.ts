// Subscriptions by webhook: signed, in order, each event once, tried again under one id, never sent where they may not go.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followClock } from '../../../server/trace/subscription/follow-clock.ts';
import { askForDeliveries, serveSubscription } from '../../../server/trace/subscription/serve-subscription.ts';
import { subscriptions } from '../../../server/trace/subscription/subscription-tables.ts';
import { mostAttempts } from '../../../server/trace/subscription/webhook.ts';
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

async function told(id: string): Promise<Told> {
  return (await (await server.call(`${top}/${id}`, farm)).json()) as Told;
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

const ids = () => [...new Set(receiver.received.map(({ deliveryId }) => deliveryId))];

describe('a stream', () => {
  it('tells each new event once, in order, signed, and nothing that another account alone may see', async () => {
    await capture(2);
    const id = await subscribe();
    const first = await capture(3);
    await capture(2, places.slaughterhouse);
    await deliver();
    const second = await capture(1);
    await deliver();
    await deliver();
    expect(gotten()).toEqual([...first, ...second]);
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true);
    expect(ids()).toHaveLength(2);
    expect(receiver.received[0]?.document.epcisBody.queryResults).toMatchObject({
      queryName: 'pigs',
      subscriptionID: id,
    });
    expect(await told(id)).toMatchObject({
      state: 'active',
      lastNotifiedAt: new Date(server.clock.now()).toISOString(),
    });
  });

  it('sends a long backlog in batches, without leaving one out', async () => {
    await subscribe();
    const all = await capture(250);
    await deliver();
    expect(gotten()).toEqual(all);
    expect(receiver.received.map(({ events: list }) => list.length)).toEqual([100, 100, 50]);
  });

  it('begins with what was captured since initialRecordTime', async () => {
    await capture(1);
    server.clock.pass(60_000);
    const since = new Date(server.clock.now()).toISOString();
    const later = await capture(2);
    server.clock.pass(60_000);
    await subscribe({ stream: true, initialRecordTime: since });
    await deliver();
    expect(gotten()).toEqual(later);
  });

  it('is tried again, later each time, under the same id and with the same text', async () => {
    const id = await subscribe();
    const all = await capture(1);
    receiver.replies.push(503, 'cut');
    await deliver();
    expect(await told(id)).toMatchObject({ state: 'active', lastFault: { code: 'status' } });
    await deliver();
    expect(receiver.received).toHaveLength(1);
    server.clock.pass(5_000);
    await deliver();
    expect(await told(id)).toMatchObject({ lastFault: { code: 'protocol' } });
    server.clock.pass(4_900);
    await deliver();
    expect(receiver.received).toHaveLength(2);
    const meanwhile = await capture(1);
    server.clock.pass(5_100);
    await deliver();
    expect(receiver.received.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 1]);
    expect(new Set(receiver.received.slice(0, 3).map(({ body }) => body)).size).toBe(1);
    expect(ids()).toHaveLength(2);
    expect(gotten().slice(2)).toEqual([...all, ...meanwhile]);
    expect((await told(id)).lastFault).toBeUndefined();
  });

  it('is given up after the last try, and goes on where it stood once it is resumed', async () => {
    const id = await subscribe();
    const all = await capture(1);
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      receiver.replies.push(500);
      await deliver();
      server.clock.pass(3_600_000);
    }
    expect(await told(id)).toMatchObject({ state: 'given_up', lastFault: { code: 'status' } });
    const later = await capture(1);
    await deliver();
    expect(receiver.received).toHaveLength(mostAttempts);
    expect((await server.call(`/subscriptions/${id}/resumed`, { ...farm, form: {} })).status).toBe(303);
    await deliver();
    expect(ids()).toHaveLength(2);
    expect(gotten().slice(mostAttempts)).toEqual([...all, ...later]);
    expect(await told(id)).toMatchObject({ state: 'active' });
  });

  it('ends at once when the receiver is gone (410)', async () => {
    const id = await subscribe();
    await capture(1);
    receiver.replies.push(410);
    await deliver();
    expect(await told(id)).toMatchObject({ state: 'given_up', lastFault: { code: 'gone' } });
  });

  it('is sent in halves when the receiver finds it too large (413), each event once', async () => {
    await subscribe();
    const all = await capture(8);
    receiver.replies.push(413, 413);
    await deliver();
    expect(receiver.received.map(({ events: list }) => list.length)).toEqual([8, 4, 2, 2, 2, 2]);
    expect(gotten().slice(12)).toEqual(all);
  });

  it('follows no redirect', async () => {
    const id = await subscribe();
    await capture(1);
    receiver.replies.push({ status: 307, location: `http://127.0.0.1:${receiver.port}/` });
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await told(id)).toMatchObject({ lastFault: { code: 'redirect' } });
  });

  it('stops with its account', async () => {
    const id = await subscribe();
    await capture(1);
    server.db.sqlite.prepare(`UPDATE account SET disabled_at = 1 WHERE role = 'partner'`).run();
    await deliver();
    expect(receiver.received).toEqual([]);
    const kept = server.db.orm.select().from(subscriptions).get();
    expect(kept).toMatchObject({ publicId: id, state: 'given_up', fault: 'account' });
  });

  it('waits while it is paused, and then tells everything', async () => {
    const id = await subscribe();
    await server.call(`/subscriptions/${id}/paused`, { ...farm, form: {} });
    const all = await capture(2);
    await deliver();
    expect(receiver.received).toEqual([]);
    await server.call(`/subscriptions/${id}/resumed`, { ...farm, form: {} });
    await deliver();
    expect(gotten()).toEqual(all);
  });
});

describe('a schedule', () => {
  it('tells at its time what was captured since the last, in one run of batches', async () => {
    const id = await subscribe({ schedule: { hour: '12', minute: '5' } });
    const all = await capture(130);
    await deliver();
    expect(receiver.received).toEqual([]);
    server.clock.pass(3_600_000);
    await deliver();
    expect(gotten()).toEqual(all);
    expect(receiver.received).toHaveLength(2);
    await deliver();
    expect(receiver.received).toHaveLength(2);
    server.clock.pass(86_400_000);
    await deliver();
    expect(receiver.received).toHaveLength(2);
    expect(await told(id)).toMatchObject({ schedule: { hour: '12', minute: '5' }, reportIfEmpty: false });
  });

  it('tells of an empty run when it is asked to, and only then', async () => {
    await subscribe({ schedule: { minute: '0/10' }, reportIfEmpty: true });
    server.clock.pass(600_000);
    await deliver();
    expect(receiver.received.map(({ events: list }) => list)).toEqual([[]]);
    const all = await capture(101);
    server.clock.pass(600_000);
    await deliver();
    expect(receiver.received.map(({ events: list }) => list.length)).toEqual([0, 100, 1]);
    expect(gotten()).toEqual(all);
  });

  it('finishes a run whose delivery was cut in halves', async () => {
    await subscribe({ schedule: { minute: '0/10' } });
    const all = await capture(4);
    receiver.replies.push(413);
    server.clock.pass(600_000);
    await deliver();
    expect(gotten().slice(4)).toEqual(all);
  });
});

describe('a clock that was a year ahead and came home', () => {
  const year = 365 * 86_400_000;

  it('leaves no failed delivery waiting for that year', async () => {
    await subscribe();
    server.clock.pass(year);
    const all = await capture(1);
    receiver.replies.push(500);
    await deliver();
    server.clock.pass(-year);
    await deliver();
    expect(gotten()).toEqual([...all, ...all]);
  });

  it('leaves no scheduled query waiting for that year', async () => {
    await subscribe({ schedule: { minute: '0/10' }, reportIfEmpty: true });
    server.clock.pass(year);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    server.clock.pass(-year);
    expect(followClock(server.deps)).toBe(1);
    expect(followClock(server.deps), 'once').toBe(0);
    await deliver();
    expect(receiver.received, 'not before its time').toHaveLength(1);
    server.clock.pass(600_000);
    await deliver();
    expect(receiver.received).toHaveLength(2);
  });
});
