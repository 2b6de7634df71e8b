// Goes through the whole ledger and says that it is whole, or names what was changed.
import type { KeyObject } from 'node:crypto';
import type { Db } from '../store/db.ts';
import { readCheckpoint } from './checkpoint.ts';
import { entryLeaf, type StoredEntry } from './entry.ts';
import { completedNodes, treeRoot } from './merkle.ts';

export type LedgerFault = { readonly place: string; readonly detail: string };
export type LedgerReport = {
  readonly size: number;
  readonly root: string;
  readonly checkpoints: number;
  readonly faults: readonly LedgerFault[];
};

/** Compares what an entry says with what is kept elsewhere (a picture's bytes, an event's hash); returns the faults found. */
export type EvidenceCheck = (entry: StoredEntry) => readonly string[];

const mostFaults = 1_000;

/** `checks` by entry kind. Reads alone; faults are cut at 1,000. */
export function verifyLedger(
  db: Db,
  publicKey: KeyObject,
  checks: Readonly<Record<string, EvidenceCheck>>,
): LedgerReport {
  const faults: LedgerFault[] = [];
  const note = (place: string, detail: string) => {
    if (faults.length < mostFaults) faults.push({ place, detail });
  };
  const nodes = new Map<string, Buffer>();
  const size = readEntries(db, nodes, checks, note);
  compareNodes(db, nodes, note);
  const checkpoints = readCheckpoints(db, publicKey, nodes, size, note);
  return { size, root: root(size, nodes).toString('base64'), checkpoints, faults };
}

type Note = (place: string, detail: string) => void;
type Row = StoredEntry & { leafHash: Buffer };

function readEntries(
  db: Db,
  nodes: Map<string, Buffer>,
  checks: Readonly<Record<string, EvidenceCheck>>,
  note: Note,
): number {
  const rows = db.sqlite
    .prepare('SELECT seq, at, kind, subject, body, leaf_hash AS leafHash FROM ledger_entry ORDER BY seq')
    .iterate() as Iterable<Row>;
  let expected = 0;
  for (const row of rows) {
    const place = `entry ${row.seq}`;
    if (row.seq !== expected) note(`entry ${expected}`, `Entries ${expected} to ${row.seq - 1} are missing.`);
    const leaf = entryLeaf(row);
    if (!leaf.equals(row.leafHash)) note(place, `The entry (${row.kind}, ${row.subject}) is not what was written.`);
    // The tree is rebuilt from the leaves as written, so that one changed entry does not hide the others.
    const known = (level: number, position: number) => nodes.get(`${level}/${position}`) ?? Buffer.alloc(32);
    for (const node of completedNodes(row.seq, row.leafHash, known))
      nodes.set(`${node.level}/${node.position}`, node.hash);
    for (const fault of checks[row.kind]?.(row) ?? []) note(place, fault);
    expected = row.seq + 1;
  }
  return expected;
}

function compareNodes(db: Db, nodes: Map<string, Buffer>, note: Note): void {
  const rows = db.sqlite.prepare('SELECT level, position, hash FROM ledger_node').iterate() as Iterable<{
    level: number;
    position: number;
    hash: Buffer;
  }>;
  let seen = 0;
  for (const { level, position, hash } of rows) {
    seen++;
    if (!nodes.get(`${level}/${position}`)?.equals(hash)) {
      note(
        level === 0 ? `entry ${position}` : `node ${level}/${position}`,
        'The stored tree does not match the entries.',
      );
    }
  }
  if (seen < nodes.size) note('tree', `${nodes.size - seen} nodes of the stored tree are missing.`);
}

function readCheckpoints(db: Db, publicKey: KeyObject, nodes: Map<string, Buffer>, size: number, note: Note): number {
  const rows = db.sqlite.prepare('SELECT size, root, note FROM ledger_checkpoint ORDER BY size').all() as {
    size: number;
    root: Buffer;
    note: string;
  }[];
  for (const row of rows) {
    const stated = readCheckpoint(row.note, publicKey);
    const place = `checkpoint ${row.size}`;
    if (stated === undefined || stated.size !== row.size || !stated.root.equals(row.root))
      note(place, 'The signature does not hold.');
    else if (row.size > size)
      note(place, `The ledger has ${size} entries, fewer than were signed for: the end was cut off.`);
    else if (!root(row.size, nodes).equals(row.root))
      note(place, `The first ${row.size} entries are not those that were signed.`);
  }
  return rows.length;
}

function root(size: number, nodes: Map<string, Buffer>): Buffer {
  return treeRoot(size, (level, position) => nodes.get(`${level}/${position}`) ?? Buffer.alloc(32));
}
