// An upgrade that is killed at each of its writes in turn: the database is as before or as after, and opens at the next start.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openDatabase, openReadOnly } from '../../../server/store/db.ts';
import { figure } from '../../support/figure.ts';
import { countsOf, fillFrom, oldDatabase, schemaOf } from '../../support/old-schema.ts';
import { smallDistrict } from '../../support/small-district.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const isSoak = process.env['SOAK'] === 'on';
/** The schema of the first release. */
const firstRelease = 6;
/** The k-th write of the upgrade is the last thing the process does. */
const kills = isSoak ? Array.from({ length: 60 }, (_, index) => 1 + index * 3) : [1, 3, 40, 120];

it('an upgrade killed at any of its writes is whole or not at all, and the next start finishes it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-killed-'));
  const source = await smallDistrict();
  const old = oldDatabase(join(folder, 'old.db'), firstRelease);
  fillFrom(source, old);
  const [oldSchema, counts] = [schemaOf(old), countsOf(old)];
  old.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  old.sqlite.close();
  const newest = schemaOf(openDatabase(':memory:'));
  let killed = 0;
  for (const k of kills) {
    const path = join(folder, `${k}.db`);
    cpSync(join(folder, 'old.db'), path);
    killed += upgradeKilledAt(path, k) ? 1 : 0;
    const half = openReadOnly(path);
    expect([oldSchema, newest], `after write ${k}`).toContainEqual(schemaOf(half));
    half.sqlite.close();
    const db = openDatabase(path);
    expect(schemaOf(db)).toEqual(newest);
    expect(countsOf(db)).toMatchObject(counts);
    expect(db.sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.sqlite.pragma('foreign_key_check')).toEqual([]);
    db.sqlite.close();
  }
  figure('R16', `upgrade killed at ${killed} of its writes, whole each time`);
  expect(killed).toBeGreaterThan(kills.length / 2);
}, 900_000);

/** Whether the upgrade was still writing then. */
function upgradeKilledAt(path: string, k: number): boolean {
  const script = `import { openDatabase } from '${root}server/store/db.ts'; openDatabase('${path}').sqlite.close();`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', script];
  const kill = ['-e', `inject=pwrite64:signal=KILL:when=${k}`];
  const { status, signal } = spawnSync(
    'strace',
    ['-f', '-qq', '-o', '/dev/null', '-e', 'trace=pwrite64', ...kill, ...node],
    { cwd: root },
  );
  return status !== 0 || signal !== null;
}
