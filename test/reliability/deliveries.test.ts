// A server killed or stopped while it tells a subscriber: nothing is left out, and what comes twice comes under one id.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseName } from '../../server/open-deps.ts';
import { openDatabase } from '../../server/store/db.ts';
import { ownAddresses } from '../support/canary.ts';
import { documentOf, events, hour, lotUri, places, products } from '../support/cast.ts';
import { newDataDir, pause, runCli, type ServerProcess, startServer } from '../support/process.ts';
import { type Receiver, startReceiver } from '../support/webhook-receiver.ts';

const token = 'a token that only the two of them know';
const ends = process.env['SOAK'] === 'on' ? 40 : 2;
const perRound = 120;
// A server never sends to its own loopback: the receiver stands on an address that others could reach too.
const address = ownAddresses().find((one) => !one.includes(':'));
const dataDir = newDataDir();

let receiver: Receiver;

beforeAll(async () => {
  receiver = await startReceiver({ token, ...(address === undefined ? {} : { host: address }) });
});
afterAll(async () => {
  await receiver.close();
  rmSync(dataDir, { recursive: true, force: true });
});

it(`ended ${ends} times while it sends, killed and stopped in turn, it has told each event, and repeated only under the same id`, async () => {
  if (address === undefined) {
    process.stdout.write('no address but loopback here, so not checked: deliveries across a kill\n');
    return;
  }
  openNetwork(`${address}/32`, receiver.port);
  const bearer = runCli(dataDir, 'token', '--role', 'inspector');
  const hashes: string[] = [];
  let server = await startServer({ dataDir });
  await subscribe(server, bearer);
  for (let round = 0; round < ends; round++) {
    // One answer never comes: the end falls while a delivery is in the air.
    receiver.replies.push('hang');
    hashes.push(...(await capture(server, bearer, round)));
    await until(() => receiver.received.length > round);
    await pause((round * 131) % 400);
    // A stop that is asked for breaks off what is being sent and is clean; a kill leaves a lease behind.
    if (round % 2 === 1) expect(await server.end('SIGTERM')).toBe(0);
    else {
      await server.end('SIGKILL');
      endLeases();
    }
    server = await startServer({ dataDir });
  }
  await until(() => new Set(told()).size === hashes.length);
  expect(await server.end('SIGTERM')).toBe(0);

  expect([...new Set(told())]).toEqual(hashes);
  const bodies = new Map<string, Set<string>>();
  for (const { deliveryId, body } of receiver.received)
    bodies.set(deliveryId, (bodies.get(deliveryId) ?? new Set()).add(body));
  expect([...bodies.values()].filter(({ size }) => size !== 1)).toEqual([]);
  const firsts = [...bodies.values()].flatMap((texts) => eventsOf([...texts][0] ?? '{}'));
  expect(firsts).toEqual(hashes);
  expect(receiver.received.filter(({ isSigned }) => !isSigned)).toEqual([]);
}, 240_000);

const told = () => receiver.received.flatMap(({ events: list }) => list);

function eventsOf(body: string): string[] {
  const list = JSON.parse(body).epcisBody.queryResults.resultsBody.eventList as { eventID: string }[];
  return list.map(({ eventID }) => eventID);
}

/** What an administrator does on the page of subscriptions. */
function openNetwork(network: string, port: number): void {
  const db = openDatabase(join(dataDir, databaseName));
  db.sqlite
    .prepare('INSERT INTO webhook_network (network, port, account_id, at) VALUES (?, ?, 1, 0)')
    .run(network, port);
  db.sqlite.close();
}

/** A killed server's jobs are free after a minute; the test does not wait for it. */
function endLeases(): void {
  const db = openDatabase(join(dataDir, databaseName));
  db.sqlite.prepare(`UPDATE job SET lease_until = 0 WHERE state = 'leased'`).run();
  db.sqlite.close();
}

async function subscribe(server: ServerProcess, bearer: string): Promise<void> {
  const post = (path: string, body: unknown) =>
    fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await post('/epcis/queries', { name: 'all', query: {} })).status).toBe(201);
  const dest = `http://${address}:${receiver.port}/hook`;
  const made = await post('/epcis/queries/all/subscriptions', { dest, signatureToken: token, stream: true });
  expect(made.status, await made.clone().text()).toBe(201);
}

async function capture(server: ServerProcess, bearer: string, round: number): Promise<string[]> {
  const list = Array.from({ length: perRound }, (_, index) =>
    events.commission(hour(index / 60), places.farm, [[lotUri(products.pig, `R${round}-${index}`), 1]]),
  );
  const captured = await fetch(`${server.url}/epcis/capture`, {
    method: 'POST',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/ld+json' },
    body: new Uint8Array(documentOf(list)),
  });
  expect(captured.status).toBe(202);
  return ((await captured.json()) as { events: { hash: string }[] }).events.map(({ hash }) => hash);
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds() && waited < 60_000; waited += 50) await pause(50);
  expect(holds()).toBe(true);
}
