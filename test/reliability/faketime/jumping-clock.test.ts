// The machine's clock jumps an hour back, a day ahead, home again and to 2038: order is by sequence, and nobody is thrown out early.
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databaseName } from '../../../server/open-deps.ts';
import { openReadOnly } from '../../../server/store/db.ts';
import { createAccount } from '../../support/people.ts';
import { runCli } from '../../support/process.ts';
import { openWriters } from '../../support/writers.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const jumps = [
  ['an hour back', -hourMs],
  ['six hours ahead', 6 * hourMs],
  ['a day ahead', dayMs],
  ['home again', 0],
  ['to 2038', Date.UTC(2038, 0, 20) - Date.now()],
] as const;
const password = 'a long enough password';

it('what is written keeps its order and verifies, a session lasts its twelve hours, and everybody can sign in again', async () => {
  const clock = openClock();
  const writers = await openWriters({
    environment: clock.environment,
    prepare: (db) =>
      createAccount(db, { login: 'lin', name: '林佳宁', role: 'reviewer', sites: [], password }, 'test', 1),
  });
  const { url, dataDir } = writers.server;
  const signIn = async () => {
    const answer = await fetch(`${url}/sign-in`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin: url },
      body: new URLSearchParams({ login: 'lin', password }),
    });
    return answer.headers.getSetCookie().find((cookie) => cookie.startsWith('bk_session=')) ?? '';
  };
  const isIn = async (cookie: string) =>
    (await fetch(`${url}/review`, { redirect: 'manual', headers: { cookie: cookie.split(';')[0] ?? '' } })).status ===
    200;
  const first = await signIn();
  const taken: string[] = [];
  for (const [index, [where, byMs]] of jumps.entries()) {
    clock.set(byMs);
    // The server tells its time in the header of every answer.
    await expect
      .poll(async () => Math.abs((await timeOf(url)) - Date.now() - byMs), { message: where })
      .toBeLessThan(60_000);
    for (let number = 0; number < 3; number++) {
      const name = `${index}x${number}`;
      expect(await writers.capture(name), where).toBe(202);
      taken.push(name);
    }
    expect(await isIn(first), where).toBe(Math.abs(byMs) < 12 * hourMs);
    expect(await isIn(await signIn()), where).toBe(true);
  }
  expect(await writers.server.end('SIGTERM')).toBe(0);
  const db = openReadOnly(join(dataDir, databaseName));
  const seen = db.sqlite.prepare('SELECT json FROM event ORDER BY id').pluck().all() as string[];
  expect(seen.map((json) => /event-(\d+x\d+)"/.exec(json)?.[1])).toEqual(taken);
  const entries = db.sqlite.prepare(`SELECT seq FROM ledger_entry ORDER BY seq`).pluck().all();
  expect(entries).toEqual(entries.map((_, index) => index));
  db.sqlite.close();
  expect(JSON.parse(runCli(dataDir, 'verify', '--json'))).toMatchObject({ whole: true, faults: [] });
}, 180_000);

async function timeOf(url: string): Promise<number> {
  return Date.parse((await fetch(`${url}/healthz`)).headers.get('date') ?? '');
}

/** A clock that stands by so much off the machine's, by a file that libfaketime reads; monotonic time goes on as it does. */
function openClock() {
  const file = join(mkdtempSync(join(tmpdir(), 'bright-kitchen-clock-')), 'time');
  const set = (byMs: number) => writeFileSync(file, `${byMs < 0 ? '-' : '+'}${Math.abs(Math.round(byMs / 1000))}s\n`);
  set(0);
  const environment = {
    LD_PRELOAD: libraryPath(),
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
  return { environment, set };
}

function libraryPath(): string {
  for (const folder of readdirSync('/usr/lib').map((name) => `/usr/lib/${name}/faketime`)) {
    const path = join(folder, 'libfaketimeMT.so.1');
    if (existsSync(path)) return path;
  }
  throw new Error('faketime is installed, but its library is not below /usr/lib.');
}
