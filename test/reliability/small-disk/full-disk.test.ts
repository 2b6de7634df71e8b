// A disk that fills while people work: every write is refused by name, what was kept can be read, and room made is enough.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Role } from '../../../server/accounts/caller.ts';
import { issueToken } from '../../../server/accounts/issue-token.ts';
import { openQueue } from '../../../server/jobs/queue-sqlite.ts';
import { pictures } from '../../../server/kitchen/picture/picture-tables.ts';
import { databaseName } from '../../../server/open-deps.ts';
import { openBlobs, sha256Hex } from '../../../server/store/blobs.ts';
import { openDatabase, openReadOnly } from '../../../server/store/db.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { launch, pause, runCli, type ServerProcess, startServer } from '../../support/process.ts';
import { openSmallDisk, type SmallDisk } from '../../support/small-disk.ts';

const rounds = process.env['SOAK'] === 'on' ? 20 : 1;
const megabytes = 32;
const recoversWithinMs = 10_000;
/** Longer than every timer that writes each second needs. */
const fullForMs = 3_000;

let disk: SmallDisk;
let servers: ServerProcess[] = [];
let tokens: Record<'partner' | 'inspector' | 'admin', string>;
beforeEach(() => {
  disk = openSmallDisk(megabytes);
  const db = openDatabase(join(disk.folder, databaseName));
  const tokenOf = (role: Role) => issueToken(db, { role, name: role, sites: [] }, 1);
  tokens = { partner: tokenOf('partner'), inspector: tokenOf('inspector'), admin: tokenOf('admin') };
  db.sqlite.close();
});
afterEach(async () => {
  for (const server of servers) await server.end('SIGKILL');
  servers = [];
  disk.close();
});

async function started(): Promise<ServerProcess> {
  const server = await startServer({ dataDir: disk.folder });
  servers.push(server);
  return server;
}

it(`filled ${rounds} times, it answers 507 and reads on, loses nothing it acknowledged, and goes on by itself`, async () => {
  const server = await started();
  const house = houseOf(server);
  const acknowledged: string[] = [];
  for (let round = 0; round < rounds; round++) {
    const before = `R${round}-before`;
    expect(await house.capture(before)).toBe(202);
    acknowledged.push(before);
    disk.fill();
    for (let number = 0; acknowledged.length < 10_000; number++) {
      const batch = `R${round}-${number}`;
      const status = await house.capture(batch);
      if (status === 507) break;
      expect(status).toBe(202);
      acknowledged.push(batch);
    }
    const refusals = await house.writes(`R${round}-full`);
    expect(refusals.filter(({ status }) => status !== 507)).toEqual([]);
    for (const { text } of refusals) expect(text).toMatch(/make room|清理空间/i);
    expect(await house.reads(before)).toEqual([]);
    expect(await house.storage()).toBe('full');
    await pause(fullForMs);
    expect(await house.storage()).toBe('full');
    disk.empty();
    const emptied = Date.now();
    await expect.poll(() => house.capture(`R${round}-after`), { timeout: recoversWithinMs }).toBe(202);
    acknowledged.push(`R${round}-after`);
    await expect.poll(house.storage, { timeout: recoversWithinMs }).toBe('ok');
    expect(Date.now() - emptied).toBeLessThan(recoversWithinMs);
  }
  expect(await server.end('SIGTERM')).toBe(0);

  const db = openReadOnly(join(disk.folder, databaseName));
  const count = db.sqlite.prepare(`SELECT count(*) FROM event WHERE json LIKE '%/10/' || ? || '"%'`).pluck();
  expect(acknowledged.filter((batch) => count.get(batch) !== 1)).toEqual([]);
  expect(db.sqlite.prepare(`SELECT count(*) FROM event WHERE json LIKE '%-full"%'`).pluck().get()).toBe(0);
  expect(db.sqlite.prepare(`SELECT count(*) FROM job WHERE state = 'dead'`).pluck().get()).toBe(0);
  expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  db.sqlite.close();
  expect(JSON.parse(runCli(disk.folder, 'verify', '--json'))).toMatchObject({ whole: true, faults: [] });
}, 300_000);

it('killed and started again on a full disk it reads on or says what to do, and starts once there is room', async () => {
  const first = await started();
  const house = houseOf(first);
  expect(await house.capture('again-before')).toBe(202);
  disk.fill();
  while ((await house.capture('again-full')) !== 507);
  await first.end('SIGKILL');
  const second = await launch({ dataDir: disk.folder });
  servers.push(second);
  const ended = await Promise.race([second.end(), answersOf(second)]);
  if (ended !== 'answers') expect(second.output()).toMatch(/disk that holds DATA_DIR is full/);
  await second.end('SIGKILL');
  disk.empty();
  const third = await started();
  expect(await houseOf(third).capture('again-after')).toBe(202);
  expect(await third.end('SIGTERM')).toBe(0);
}, 120_000);

it('what is old enough goes while the disk is full, and makes room without anybody', async () => {
  const db = openDatabase(join(disk.folder, databaseName));
  const hash = openBlobs(join(disk.folder, 'blobs')).put(Buffer.alloc(6_000_000, 7));
  const old = { hash, siteId: places.dingxiang, kind: 'answer', at: 1, width: 1, height: 1 } as const;
  db.orm.insert(pictures).values(old).run();
  db.sqlite.close();
  const house = houseOf(await started());
  disk.fill(1_000_000);
  expect(await house.storage()).toBe('full');
  // As the clock asks every ten minutes.
  const beside = openDatabase(join(disk.folder, databaseName));
  openQueue(beside, Date.now).enqueue({ name: 'remove-old-pictures', payload: {}, key: 'remove-old-pictures' });
  await expect.poll(house.storage, { timeout: recoversWithinMs }).toBe('ok');
  expect(beside.sqlite.prepare('SELECT gone_at IS NULL FROM picture').pluck().all()).toEqual([0]);
  beside.sqlite.close();
}, 120_000);

it('a picture of which only a part fits is refused, leaves nothing behind, and is whole when it is sent again', () => {
  const blobs = openBlobs(join(disk.folder, 'pictures'));
  const picture = Buffer.alloc(400_000, 7);
  disk.fill(150_000);
  expect(() => blobs.put(picture)).toThrow('ENOSPC');
  // Three times: a part that stays behind each time would take the last of the room.
  expect(() => blobs.put(picture)).toThrow('ENOSPC');
  expect(blobs.put(Buffer.alloc(100_000, 8))).toHaveLength(64);
  disk.empty();
  expect(sha256Hex(blobs.get(blobs.put(picture)) ?? '')).toBe(sha256Hex(picture));
});

async function answersOf({ url }: ServerProcess): Promise<'answers'> {
  await expect
    .poll(
      () =>
        fetch(`${url}/readyz`).then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 30_000 },
    )
    .toBe(200);
  return 'answers';
}

function houseOf(server: ServerProcess) {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const [partner, inspector, admin] = [bearer(tokens.partner), bearer(tokens.inspector), bearer(tokens.admin)];
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init });
    return { path, status: answer.status, text: await answer.text() };
  };
  const json = (headers: object, body: unknown) => ({
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const event = (batch: string) =>
    events.commission(hour(0), places.wholesaler, [[lotUri(products.belly, batch), 10, 'KGM']]);
  const captureOf = (batch: string) => ({
    method: 'POST',
    headers: { ...partner, 'content-type': 'application/ld+json' },
    body: new Uint8Array(documentOf([event(batch)])),
  });
  const formOf = (headers: object, fields: Record<string, string>) => ({
    method: 'POST',
    headers: { ...headers, accept: 'text/html' },
    body: new URLSearchParams(fields),
  });
  const person = { login: 'lin', name: '林佳宁', role: 'reviewer', password: 'a long enough password' };
  return {
    capture: async (batch: string) => (await ask('/epcis/capture', captureOf(batch))).status,
    /** One write of each kind of hand: a program's, a form's, an administrator's. */
    writes: async (batch: string) => [
      await ask('/epcis/capture', captureOf(batch)),
      await ask('/api/lots', json(partner, { origin: '云溪', batch, product: '五花肉', quantity: 3, unit: 'kg' })),
      await ask(
        '/lots/new',
        formOf(inspector, { origin: '云溪', batch, product: '五花肉', quantity: '3', unit: 'kg' }),
      ),
      await ask('/people', formOf(admin, person)),
    ],
    /** Pages that are not answered as on any day. */
    reads: async (batch: string) => {
      const lot = `/01/${products.belly}/10/${batch}`;
      const paths = ['/', '/healthz', '/readyz', '/sign-in', lot, '/recalls', '/lots/new', '/findings', '/health'];
      const trace = `/api/trace?code=${encodeURIComponent(lotUri(products.belly, batch))}&direction=forward`;
      const answers = await Promise.all([
        ...paths.map((path) => ask(path, { headers: { ...(path === '/health' ? admin : inspector), accept: '*/*' } })),
        ask(trace, { headers: inspector }),
        ask(lot, { headers: { accept: 'text/html' } }),
      ]);
      return answers.filter(({ status }) => status >= 400).map(({ path, status }) => `${path}: ${status}`);
    },
    storage: async () => (JSON.parse((await ask('/readyz')).text) as { storage?: string }).storage,
  };
}
