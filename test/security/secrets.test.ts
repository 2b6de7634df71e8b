// Secrets that were planted are looked for: in the log at its most talkative, on the disk, in the arguments of every process, in answers.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { issueToken } from '../../server/accounts/issue-token.ts';
import { cameraSpec } from '../../server/kitchen/camera/camera-store.ts';
import { cameras } from '../../server/kitchen/camera/camera-tables.ts';
import { databaseName } from '../../server/open-deps.ts';
import { openBlobs } from '../../server/store/blobs.ts';
import { openDatabase } from '../../server/store/db.ts';
import { openSecrets } from '../../server/store/secrets.ts';
import { ownAddresses } from '../support/canary.ts';
import { createAccount } from '../support/people.ts';
import { descendants, newDataDir, startServer } from '../support/process.ts';

const planted = {
  password: 'planted-password-4711',
  wrongPassword: 'planted-wrong-password-4712',
  cameraPassword: 'planted-camera-4713',
  otherCameraPassword: 'planted-camera-4714',
  webhookToken: 'planted-webhook-token-4715',
};

it('no password, token or session is found again anywhere, and two sealed passwords that were swapped do not open', async () => {
  const dataDir = newDataDir();
  const db = openDatabase(join(dataDir, databaseName));
  const admin = issueToken(db, { role: 'admin', name: 'planted', sites: [] }, 1);
  await createAccount(
    db,
    { login: 'admin-he', name: '何', role: 'admin', sites: [], password: planted.password },
    'test',
    1,
  );
  // A server never sends to its own loopback: the subscriber stands on an address that others could reach too.
  const address = ownAddresses().find((one) => !one.includes(':'));
  db.sqlite
    .prepare('INSERT INTO webhook_network (network, port, account_id, at) VALUES (?, 9, 1, 0)')
    .run(`${address ?? '192.0.2.1'}/32`);
  db.sqlite.close();
  const server = await startServer({ dataDir, environment: { LOG_LEVEL: 'trace' } });
  const said: string[] = [];
  const ask = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    said.push(text);
    return { status: answer.status, text, cookies: answer.headers.getSetCookie() };
  };
  const signIn = async (password: string) => {
    const answer = await fetch(`${server.url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: server.url },
      body: new URLSearchParams({ login: 'admin-he', password }),
    });
    said.push(await answer.text());
    return answer.headers.getSetCookie().find((cookie) => cookie.startsWith('bk_session=')) ?? '';
  };
  const session = /bk_session=([^;]+)/.exec(await signIn(planted.password))?.[1] ?? '';
  expect(session.length).toBeGreaterThan(20);
  await signIn(planted.wrongPassword);

  const shop = await ask('/api/restaurants', {
    name: '鼎香',
    licence: 'JY23309020041826',
    address: '荷塘路 18 号',
    opensAt: '00:00',
    closesAt: '00:00',
  });
  expect(shop.status, shop.text).toBe(201);
  const { siteId } = JSON.parse(shop.text) as { siteId: string };
  for (const password of [planted.cameraPassword, planted.otherCameraPassword]) {
    const camera = {
      siteId,
      place: '切配区',
      kind: 'rtsp',
      url: 'rtsp://192.0.2.14/stream1',
      sampleEverySeconds: 30,
      user: 'viewer',
      password,
    };
    const added = await ask('/api/cameras', camera);
    expect(added.status, added.text).toBe(201);
    // Refused, with its reason: the address is nobody's.
    await ask(`/api/cameras/${(JSON.parse(added.text) as { id: number }).id}/test`, {});
    // Faults of a form and of JSON come back with what was wrong, never with the password.
    await ask('/api/cameras', { ...camera, url: 'nowhere' });
    await ask('/api/cameras', { ...camera, place: 5 });
  }
  await ask('/epcis/queries', { name: 'all', query: {} });
  const subscribed = await ask('/epcis/queries/all/subscriptions', {
    dest: `http://${address ?? '192.0.2.1'}:9/hook`,
    signatureToken: planted.webhookToken,
    stream: true,
  });
  expect(address === undefined ? 201 : subscribed.status, subscribed.text).toBe(201);
  const words = argumentsOf([server.child.pid!, ...descendants(server.child.pid!)]);
  expect(await server.end('SIGTERM')).toBe(0);

  const secrets = { ...planted, session, token: admin };
  const places = { log: server.output(), arguments: words, answers: said.join('\n'), disk: diskOf(dataDir) };
  for (const [place, text] of Object.entries(places))
    for (const [name, secret] of Object.entries(secrets))
      expect(text.includes(secret), `${name} in ${place}`).toBe(false);
  swapped(dataDir);
}, 120_000);

/** What `ps` shows to everybody on the machine, and the environment of the server's children. */
function argumentsOf(pids: readonly number[]): string {
  return execFileSync('ps', ['-ww', '-o', 'args=', '-p', pids.join(',')], { encoding: 'utf8' });
}

/** Every byte that lies in the data directory. */
function diskOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(2);
  return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name)).toString('latin1')).join('\n');
}

/** Whoever can write to the database may exchange two sealed values; each opens only in its own row. */
function swapped(dataDir: string): void {
  const db = openDatabase(join(dataDir, databaseName));
  const deps = { db, secrets: openSecrets(dataDir), blobs: openBlobs(join(dataDir, 'blobs')) };
  const rows = () => db.orm.select().from(cameras).all();
  const [first, second] = rows();
  expect(cameraSpec(deps, first!)).toMatchObject({ password: planted.cameraPassword });
  const swap = db.sqlite.prepare('UPDATE camera SET sealed_password = ? WHERE id = ?');
  swap.run(second!.sealedPassword, first!.id);
  swap.run(first!.sealedPassword, second!.id);
  for (const camera of rows()) expect(() => cameraSpec(deps, camera)).toThrow();
  db.sqlite.close();
}
