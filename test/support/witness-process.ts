// Starts the real witness as a process of its own, and rewrites a ledger the way an administrator with all of its keys could.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { entryLeaf, type StoredEntry } from '../../server/ledger/entry.ts';
import { completedNodes } from '../../server/ledger/merkle.ts';
import type { Db } from '../../server/store/db.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type WitnessProcess = {
  /** What it says has to be set: WITNESSES. */
  readonly setting: string;
  readonly url: string;
  /** Ends it without a word, as a power cut does. */
  readonly kill: () => Promise<void>;
};

export type WitnessOptions = {
  readonly dir: string;
  /** Keys of the ledgers it signs for. */
  readonly logs: string;
  readonly port?: number;
};

export async function startWitness({ dir, logs, port = 0 }: WitnessOptions): Promise<WitnessProcess> {
  const child = spawn(process.execPath, ['server/start.mjs', '--witness'], {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', WITNESS_DIR: dir, WITNESS_PORT: String(port), WITNESS_LOGS: logs },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const setting = /^WITNESSES='(.+)'$/.exec(line)?.[1];
    if (setting !== undefined) return { setting, url: setting.split(' ')[1] ?? '', kill };
  }
  throw new Error('The witness ended before it said how it is reached.');
}

/** Changes what one entry says and makes everything fit again: leaves, tree, and no checkpoint that says otherwise. */
export function rewriteHistory({ sqlite }: Db, seq: number, body: string): void {
  const guards = sqlite.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of guards) sqlite.exec(`DROP TRIGGER "${name}"`);
  const entries = sqlite.prepare('SELECT seq, at, kind, subject, body FROM ledger_entry ORDER BY seq').all();
  sqlite.exec('DELETE FROM ledger_node; DELETE FROM ledger_checkpoint; DELETE FROM ledger_witness');
  const nodes = new Map<string, Buffer>();
  const node = (level: number, position: number) => nodes.get(`${level}/${position}`) as Buffer;
  const change = sqlite.prepare('UPDATE ledger_entry SET body = ?, leaf_hash = ? WHERE seq = ?');
  const add = sqlite.prepare('INSERT INTO ledger_node (level, position, hash) VALUES (?, ?, ?)');
  for (const entry of entries as StoredEntry[]) {
    const told = entry.seq === seq ? { ...entry, body } : entry;
    const leaf = entryLeaf(told);
    change.run(told.body, leaf, told.seq);
    for (const made of completedNodes(told.seq, leaf, node)) {
      nodes.set(`${made.level}/${made.position}`, made.hash);
      add.run(made.level, made.position, made.hash);
    }
  }
  for (const { sql } of guards) sqlite.exec(sql);
}
