// A disk that fails now and then: the system call that was to write or to sync answers with a fault, and nobody is told 2xx.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { databaseName } from '../../../server/open-deps.ts';
import { openReadOnly } from '../../../server/store/db.ts';
import { runCli } from '../../support/process.ts';
import { straced } from '../../support/strace.ts';
import { openWriters } from '../../support/writers.ts';

const isSoak = process.env['SOAK'] === 'on';
/** The k-th call fails, and all later ones with it. */
const which = Array.from({ length: isSoak ? 300 : 6 }, (_, index) => index + 1);
const faults = [
  ['fdatasync', 'EIO'],
  ['pwrite64', 'EIO'],
  ['pwrite64', 'ENOSPC'],
] as const;
const writesPerFault = 3;

it(`what a failing disk did not take is never answered with 2xx (each of the first ${which.length} calls in turn)`, async () => {
  const writers = await openWriters();
  const taken: string[] = [];
  const wrong: string[] = [];
  let injected = 0;
  for (const k of which) {
    const [call, error] = faults[k % faults.length]!;
    const rule = `inject=${call}:error=${error}:when=${k}+`;
    const tracer = await straced(writers.server.child.pid!, '-e', `trace=${call}`, '-e', rule);
    for (let number = 0; number < writesPerFault + Math.ceil(k / 4); number++) {
      const name = `${k}x${number}`;
      const status = await writers.capture(name);
      if (status === 202) taken.push(name);
      else if (status !== (error === 'ENOSPC' ? 507 : 500)) wrong.push(`${rule}: ${status}`);
    }
    injected += (await tracer.stop()).filter((line) => line.includes('(INJECTED)')).length;
    // The disk is well again: so is the server, without a hand.
    expect(await writers.capture(`${k}well`), rule).toBe(202);
    taken.push(`${k}well`);
    if (k % 50 === 0) await writers.restart('SIGKILL');
  }
  await writers.restart('SIGKILL');
  const { dataDir } = writers.server;
  await writers.server.end('SIGTERM');
  expect(injected).toBeGreaterThanOrEqual(which.length);
  expect(wrong).toEqual([]);
  const db = openReadOnly(join(dataDir, databaseName));
  const count = db.sqlite.prepare(`SELECT count(*) FROM event WHERE json LIKE '%/10/event-' || ? || '"%'`).pluck();
  expect(taken.filter((name) => count.get(name) !== 1)).toEqual([]);
  expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  db.sqlite.close();
  expect(JSON.parse(runCli(dataDir, 'verify', '--json'))).toMatchObject({ whole: true, faults: [] });
}, 3_600_000);
