// An independent witness, as a process of its own: an administrator with every key of the server still cannot rewrite what it has seen.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../server/config.ts';
import type { Deps } from '../../server/deps.ts';
import { appendEntry } from '../../server/ledger/append.ts';
import { ledgerKeyOf } from '../../server/ledger/checkpoint.ts';
import { ledgerSize, newestCheckpoint } from '../../server/ledger/ledger-store.ts';
import { verifierKey } from '../../server/ledger/note.ts';
import { witnessStandings } from '../../server/ledger/witness-store.ts';
import { closedEye, openDeps } from '../../server/open-deps.ts';
import { writeTransaction } from '../../server/store/db.ts';
import { openSecrets } from '../../server/store/secrets.ts';
import { workOf } from '../../server/work.ts';
import { newDataDir } from '../support/process.ts';
import { rewriteHistory, startWitness, type WitnessProcess } from '../support/witness-process.ts';

const dataDir = newDataDir();
const dir = mkdtempSync(join(tmpdir(), 'witness-'));
const logs = verifierKey(ledgerKeyOf(openSecrets(dataDir).ledgerPublicKey));
let witness: WitnessProcess;
let deps: Deps;

beforeAll(async () => {
  witness = await startWitness({ dir, logs });
  deps = openDeps(readConfig({ DATA_DIR: dataDir, WITNESSES: witness.setting }), closedEye);
}, 120_000);
afterAll(async () => {
  deps.db.sqlite.close();
  await witness.kill();
});

const record = (decision: string) =>
  writeTransaction(deps.db, () =>
    appendEntry(deps.db, { kind: 'verdict', subject: 'flag/1', body: { decision }, at: deps.clock() }),
  );
/** What the clock asks for each minute. */
const sign = () => workOf(deps)['checkpoint']?.({}, undefined as never);
const standing = () => witnessStandings(deps.db, deps.config.witnesses)[0];
const verify = (...words: string[]) => {
  const env = { ...process.env, DATA_DIR: dataDir, WITNESSES: witness.setting };
  const done = spawnSync(process.execPath, ['server/start.mjs', '--cli', 'verify', ...words], {
    env,
    encoding: 'utf8',
  });
  return { status: done.status, out: done.stdout };
};

it('signs each checkpoint of a ledger that only grows, and remembers it over a power cut', async () => {
  for (const decision of ['confirmed', 'cleared', 'confirmed']) record(decision);
  await sign();
  const first = ledgerSize(deps.db);
  expect(standing()).toMatchObject({ state: 'signed', size: first });
  await witness.kill();
  record('cleared');
  await sign();
  expect(standing()).toMatchObject({ state: 'silent', size: first });
  witness = await startWitness({ dir, logs, port: Number(new URL(witness.url).port) });
  await sign();
  expect(standing()).toMatchObject({ state: 'signed', size: first + 1 });
  const { status, out } = verify();
  expect(out).toContain(`Witness bright-kitchen/witness signed the first ${first + 1} entries`);
  expect(status).toBe(0);
}, 180_000);

it('signs no rewritten history, and verify names the rewriting, though every key and every hash of the server fits', async () => {
  const witnessed = ledgerSize(deps.db);
  const verdict = deps.db.sqlite.prepare("SELECT min(seq) FROM ledger_entry WHERE kind = 'verdict'").pluck().get();
  rewriteHistory(deps.db, verdict as number, '{"decision":"cleared"}');
  record('confirmed');
  await sign();
  expect(newestCheckpoint(deps.db)?.size).toBe(witnessed + 1);
  expect(standing()).toMatchObject({ state: 'refused', size: null });
  const { status, out } = verify('--quick', '--json');
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    whole: false,
    witnessed: [{ size: witnessed, heard: true }],
    faults: [
      {
        place: 'witness bright-kitchen/witness',
        detail: `The first ${witnessed} entries are not those that it signed: history was rewritten.`,
      },
    ],
  });
}, 120_000);
