// An answer of 2xx means that it is on disk: between what was written and the answer lies a sync, as the system saw it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { databaseName } from '../../../server/open-deps.ts';
import { openDatabase } from '../../../server/store/db.ts';
import { straced } from '../../support/strace.ts';
import { openWriters } from '../../support/writers.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const perKind = process.env['SOAK'] === 'on' ? 100 : 4;

it('what a capture, a lot, a verdict and a new account wrote is synced before each is answered', async () => {
  const writers = await openWriters();
  const tracer = await straced(
    writers.server.child.pid!,
    '-e',
    'trace=pwrite64,pwritev,fdatasync,fsync,read,write,writev',
  );
  let sent = 0;
  for (let number = 0; number < perKind; number++) {
    for (const write of writers.kinds) {
      const status = await write(`${number}`);
      expect([200, 201, 202, 303]).toContain(status);
      sent += 1;
    }
  }
  const calls = await tracer.stop();
  await writers.close();
  const windows = windowsOf(calls);
  expect(windows).toHaveLength(sent);
  expect(windows.filter((window) => !isSynced(window)).map((window) => window.join('\n'))).toEqual([]);
}, 120_000);

/** What was done for each request: from its first byte to the first of its answer. */
function windowsOf(calls: readonly string[]): string[][] {
  const windows: string[][] = [];
  let open: string[] | undefined;
  for (const call of calls) {
    if (/ read\(\d+<[^>]*>, "POST /.test(call)) open = [];
    else if (/ writev?\(\d+<[^>]*>, .*"HTTP\/1\.1 [23]/.test(call) && open !== undefined) {
      windows.push(open);
      open = undefined;
    } else open?.push(call);
  }
  return windows;
}

function isSynced(window: readonly string[]): boolean {
  const last = window.findLastIndex((call) => /pwritev?(64)?\(.*-wal>/.test(call));
  const synced = window.findLastIndex((call) => /(fdatasync|fsync)\(.*-wal>\)\s+= 0/.test(call));
  return last !== -1 && synced > last;
}

it('a picture is synced under another name, renamed, and its folder is synced', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bright-kitchen-blob-'));
  const file = join(folder, 'calls');
  const script = `import { openBlobs } from '${root}server/store/blobs.ts'; openBlobs('${folder}/blobs').put(Buffer.from('picture'));`;
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', script];
  execFileSync('strace', ['-f', '-y', '-qq', '-o', file, '-e', 'trace=fsync,rename', ...node], { cwd: root });
  const steps = readFileSync(file, 'utf8')
    .split('\n')
    .filter((call) => call.includes('/blobs/'))
    .map((call) => call.replace(/^\d+\s+/, ''));
  expect(steps).toHaveLength(3);
  expect(steps[0]).toMatch(/^fsync\(\d+<.*\.part>\)\s+= 0/);
  expect(steps[1]).toMatch(/^rename\(".*\.part", ".*[0-9a-f]{62}"\)\s+= 0/);
  expect(steps[2]).toMatch(/^fsync\(\d+<.*\/blobs\/[0-9a-f]{2}>\)\s+= 0/);
});

it('every connection that writes waits for the disk', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'bright-kitchen-sync-')), databaseName);
  for (const round of ['new', 'opened again']) {
    const db = openDatabase(path);
    expect(db.sqlite.pragma('synchronous', { simple: true }), round).toBe(2);
    expect(db.sqlite.pragma('journal_mode', { simple: true }), round).toBe('wal');
    db.sqlite.close();
  }
});
