// Two districts and their city as three processes on this machine: a lot goes from one district to the other, is recalled in the city, and each holder answers at home.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { databaseName } from '../../server/open-deps.ts';
import { openDatabase } from '../../server/store/db.ts';
import { ownAddresses } from '../support/canary.ts';
import { documentOf, events, type Json, lotUri, places, products } from '../support/cast.ts';
import { newDataDir, pause, runCli, type ServerProcess, startServer } from '../support/process.ts';

// A server never calls its own loopback: the three stand on an address that others could reach too.
const address = ownAddresses().find((one) => !one.includes(':'));
const ports = { city: 20_711, east: 20_712, west: 20_713 };
type Name = keyof typeof ports;
const names = Object.keys(ports) as Name[];
const folders = { city: newDataDir(), east: newDataDir(), west: newDataDir() };
const running = new Map<Name, ServerProcess>();
const carcass = lotUri(products.carcass, 'C1');
const belly = lotUri(products.belly, 'B1');

afterAll(async () => {
  for (const server of running.values()) await server.end('SIGTERM');
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
});

/** Opens the networks, as an administrator does on the page of subscriptions, and starts the server. */
async function open(name: Name): Promise<void> {
  const db = openDatabase(join(folders[name], databaseName));
  const allow = db.sqlite.prepare(
    'INSERT OR IGNORE INTO webhook_network (network, port, account_id, at) VALUES (?, ?, 1, 0)',
  );
  for (const other of names) if (other !== name) allow.run(`${address}/32`, ports[other]);
  db.sqlite.close();
  const environment = { HOST: '0.0.0.0', PUBLIC_URL: `http://${address}:${ports[name]}` };
  running.set(name, await startServer({ dataDir: folders[name], port: ports[name], environment }));
}

const tokens = new Map<string, string>();
function tokenOf(name: Name, role: 'admin' | 'inspector'): string {
  const key = `${name} ${role}`;
  const token = tokens.get(key) ?? runCli(folders[name], 'token', '--role', role);
  tokens.set(key, token);
  return token;
}

function call(name: Name, path: string, sent?: { readonly json?: unknown; readonly form?: Record<string, string> }) {
  return fetch(`http://127.0.0.1:${ports[name]}${path}`, {
    method: sent === undefined ? 'GET' : 'POST',
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${tokenOf(name, sent?.form === undefined ? 'inspector' : 'admin')}`,
      'content-type': sent?.form === undefined ? 'application/ld+json' : 'application/x-www-form-urlencoded',
    },
    ...(sent?.json === undefined ? {} : { body: JSON.stringify(sent.json) }),
    ...(sent?.form === undefined ? {} : { body: new URLSearchParams(sent.form) }),
  });
}

const read = async <T>(name: Name, path: string) => (await (await call(name, path)).json()) as T;
const capture = async (name: Name, list: readonly Json[]) =>
  expect((await call(name, '/epcis/capture', { json: JSON.parse(documentOf(list).toString()) })).status).toBe(202);

/** The city looks each minute. */
async function until(said: string, holds: () => Promise<boolean>): Promise<void> {
  for (let waited = 0; waited < 150_000; waited += 1_000) {
    if (await holds()) return;
    await pause(1_000);
  }
  throw new Error(`It did not come about that ${said}.`);
}

it('a lot of two districts is recalled in the city, and the answer comes home', { timeout: 600_000 }, async () => {
  if (address === undefined) {
    process.stdout.write('no address but loopback here, so not checked: a city and two districts as processes\n');
    return;
  }
  for (const name of names) await open(name);
  for (const [name, district] of [
    ['东区', 'east'],
    ['西区', 'west'],
  ] as const) {
    const form = { name, address: `http://${address}:${ports[district]}`, token: tokenOf(district, 'inspector') };
    expect((await call('city', '/federation', { form })).status).toBe(303);
  }
  const at = Date.now() - 10 * 3_600_000;
  await capture('east', [
    events.commission(at, places.slaughterhouse, [[carcass, 90, 'KGM']]),
    events.transform(at + 60_000, places.slaughterhouse, [[carcass, 90, 'KGM']], [[belly, 40, 'KGM']]),
    events.ship(at + 120_000, places.slaughterhouse, places.haiwei, [[belly, 15, 'KGM']]),
  ]);
  await capture('west', [events.receive(at + 3_600_000, places.haiwei, places.slaughterhouse, [[belly, 15, 'KGM']])]);
  const trace = `/api/trace?direction=forward&code=${encodeURIComponent(carcass)}`;
  await until('the city traces the carcass to the west', async () => {
    const { lots = [], edges = [] } = await read<{ lots?: { code: string }[]; edges?: object[] }>('city', trace);
    return lots.some(({ code }) => code === belly) && JSON.stringify(edges).includes(places.haiwei);
  });
  const started = await call('city', '/api/recalls', { json: { code: carcass, reason: '检出违禁药物', grade: 1 } });
  expect(started.status, await started.clone().text()).toBe(201);
  const { id } = (await started.json()) as { id: string };

  type Listed = { recalls: { id: string; state: string }[] };
  const inWest = async () => (await read<Listed>('west', '/api/recalls')).recalls;
  await until('the west has the recall', async () => (await inWest()).length === 1);
  // The district is gone for a while, and its holder answers when it is back.
  await running.get('west')?.end('SIGKILL');
  await open('west');
  const [there] = await inWest();
  const answer = { site: places.haiwei, action: 'quarantined', quantity: 15, unit: 'kg' };
  const answered = await call('west', `/api/recalls/${there?.id}/answers`, { json: answer });
  expect(answered.status, await answered.clone().text()).toBe(201);
  type Recall = { answers: { site: string; quantity: number }[] };
  await until('the answer is in the city', async () => {
    const { answers } = await read<Recall>('city', `/api/recalls/${id}`);
    return answers.some(({ site, quantity }) => site === places.haiwei && quantity === 15);
  });
  const closing = { note: '全部销毁', open: 'accept' };
  expect((await call('city', `/api/recalls/${id}/closed`, { json: closing })).status).toBe(200);
  await until('it has ended in the west', async () => (await inWest()).every(({ state }) => state === 'closed'));
  for (const name of names) expect(await running.get(name)?.end('SIGTERM')).toBe(0);
});
