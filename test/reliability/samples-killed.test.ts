// A first start that is killed while the sample district is being made: the next start makes it, whole.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openSetUpLink } from '../../server/accounts/set-up.ts';
import { databaseName } from '../../server/open-deps.ts';
import { isUntouched } from '../../server/samples.ts';
import { openReadOnly } from '../../server/store/db.ts';
import { newDataDir, runCli } from '../support/process.ts';
import { openTestServer } from '../support/server.ts';

const worker = fileURLToPath(new URL('../support/seeding-worker.ts', import.meta.url));

function seed(dataDir: string, dieAt: number) {
  const words = ['--import', 'tsx', worker, String(dieAt)];
  return spawnSync(process.execPath, words, { env: { ...process.env, DATA_DIR: dataDir }, encoding: 'utf8' });
}

/** What the district consists of, by table. */
function countsOf(dataDir: string) {
  const db = openReadOnly(join(dataDir, databaseName));
  const tables = ['account', 'site', 'product', 'restaurant', 'camera', 'event', 'lot', 'recall', 'recall_notice'];
  const counts = tables.map((table) => [table, db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()]);
  const untouched = isUntouched(db);
  db.sqlite.close();
  return { counts: Object.fromEntries(counts) as Record<string, number>, untouched };
}

describe('the sample district, cut short in its first start', { timeout: 240_000 }, () => {
  it('is made whole by the next one, wherever the first was killed', () => {
    const whole = newDataDir();
    const looks = Number(seed(whole, 0).stdout);
    expect(looks).toBeGreaterThan(5);
    expect(countsOf(whole).counts).toMatchObject({ account: 9, recall: 2 });
    const cut = newDataDir();
    // In the middle of it, and at the very last step.
    for (const dieAt of [Math.floor(looks / 2), looks]) {
      expect(seed(cut, dieAt).signal).toBe('SIGKILL');
      expect(countsOf(cut)).toMatchObject({ untouched: true, counts: { account: 0, camera: 0, recall: 0 } });
    }
    expect(seed(cut, 0).status).toBe(0);
    expect(countsOf(cut).counts).toEqual(countsOf(whole).counts);
    expect(runCli(cut, 'verify')).toContain('Whole');
  });

  it('never comes to a server that was begun without it and printed its set-up link', () => {
    const { db, deps } = openTestServer();
    expect(isUntouched(db)).toBe(true);
    openSetUpLink(db, deps.config.dataDir, 1);
    expect(isUntouched(db)).toBe(false);
  });
});
