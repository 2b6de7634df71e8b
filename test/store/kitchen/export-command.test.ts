// The command that writes judged frames into a folder: what it writes, what it refuses, what the ledger keeps of it.

import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addDatasetCommands } from '../../../server/commands/dataset-commands.ts';
import { sha256Hex } from '../../../server/store/blobs.ts';
import { openDatabase } from '../../../server/store/db.ts';
import { type JudgedCast, judgedFrame, openJudgedCast } from '../../support/judged-cast.ts';
import { scriptedEye } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: JudgedCast;
let folder: string;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openJudgedCast(server);
  folder = join(mkdtempSync(join(tmpdir(), 'bk-export-')), 'judged');
  vi.stubEnv('DATA_DIR', server.deps.config.dataDir);
});
afterEach(() => vi.unstubAllEnvs());

/** Runs the command over a copy of the data on disk; returns what it printed. */
async function run(...words: string[]): Promise<string> {
  await server.db.sqlite.backup(join(server.deps.config.dataDir, 'bright-kitchen.db'));
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const program = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addDatasetCommands(program);
  try {
    await program.parseAsync(['node', 'cli', 'export-judged', folder, ...words]);
    return printed.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    printed.mockRestore();
  }
}

const onDisk = () => openDatabase(join(server.deps.config.dataDir, 'bright-kitchen.db'));

it('writes the folder, prints its digest, and leaves reason and digest in the ledger', async () => {
  for (const { camera } of cast.kitchens) await judgedFrame(server, cast, { camera, decision: 'confirmed' });
  const line = JSON.parse(await run('--reason', 'Retrain the head classifier', '--json')) as { digest: string };
  expect(sha256Hex(readFileSync(join(folder, 'SHA256SUMS')))).toBe(line.digest);
  expect(readFileSync(join(folder, 'labels.csv'), 'utf8').trim().split('\n')).toHaveLength(4);
  const db = onDisk();
  const bodies = db.sqlite.prepare(`SELECT body FROM ledger_entry WHERE kind = 'dataset' ORDER BY seq`).pluck().all();
  db.sqlite.close();
  expect(bodies).toHaveLength(2);
  expect(bodies[0]).toContain('Retrain the head classifier');
  expect(bodies[1]).toContain(line.digest);
});

it('refuses without a reason, into a folder that holds files, and where nobody has judged anything', async () => {
  await expect(run()).rejects.toThrow(/reason/);
  await expect(run('--reason', 'x')).rejects.toThrow();
  await expect(run('--reason', 'a try', '--from', '22.11.')).rejects.toThrow(/A day such as/);
  expect(existsSync(folder)).toBe(false);
  await expect(run('--reason', 'a try')).rejects.toThrow(/Nobody has judged/);
  for (const { camera } of cast.kitchens) await judgedFrame(server, cast, { camera, decision: 'cleared' });
  await run('--reason', 'a try');
  await expect(run('--reason', 'once more')).rejects.toThrow(/holds files already/);
});
