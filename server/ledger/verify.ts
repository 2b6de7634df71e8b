// Goes through the ledger by itself: entries, what they say of rows, the tree, the signatures; names what was changed.
import type { KeyObject } from 'node:crypto';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { unpackRows } from './changed-rows.ts';
import { readCheckpoint } from './checkpoint.ts';
import { entryLeaf, type StoredEntry } from './entry.ts';
import type { Heard } from './hear-witnesses.ts';
import { completedNodes, treeRoot } from './merkle.ts';
import { type NodeLevels, nodeLevels } from './node-levels.ts';
import { type Witnessed, witnessedBy } from './witnessed.ts';

export type LedgerFault = { readonly place: string; readonly detail: string };
export type LedgerReport = {
  readonly size: number;
  readonly root: string;
  readonly checkpoints: number;
  /** What known witnesses signed last. */
  readonly witnessed: readonly Witnessed[];
  readonly faults: readonly LedgerFault[];
};

/** Compares what an entry says with what is kept elsewhere (a picture's bytes, an event's hash); returns the faults found. */
export type EvidenceCheck = (entry: StoredEntry) => readonly string[];

export type LedgerQuestion = {
  readonly db: Db;
  readonly publicKey: KeyObject;
  /** By entry kind. */
  readonly checks: Readonly<Record<string, EvidenceCheck>>;
  /** Whose cosignatures count, and what they say themselves. */
  readonly heard?: readonly Heard[];
  /** Told now and then how many entries have been read. */
  readonly onEntries?: (read: number) => void;
};

export type Note = (place: string, detail: string) => void;

const mostFaults = 1_000;
const tellEvery = 1_000;

/** Reads alone; faults are cut at 1,000. */
export function verifyLedger(question: LedgerQuestion): LedgerReport {
  const { db, publicKey, heard = [] } = question;
  const faults: LedgerFault[] = [];
  const note: Note = (place, detail) => {
    if (faults.length < mostFaults) faults.push({ place, detail });
  };
  const nodes = nodeLevels();
  const size = readEntries(question, nodes, note);
  compareRows(db, size, note);
  compareNodes(db, nodes, note);
  const checkpoints = readCheckpoints(db, publicKey, nodes, size, note);
  const rootAt = (upTo: number) => treeRoot(upTo, nodes.node);
  const witnessed = witnessedBy(db, { publicKey, heard, size, rootAt }, note);
  return { size, root: rootAt(size).toString('base64'), checkpoints, witnessed, faults };
}

type Row = StoredEntry & { leafHash: Buffer; rows: string | Buffer | null };

function readEntries({ db, checks, onEntries }: LedgerQuestion, nodes: NodeLevels, note: Note): number {
  const rows = db.sqlite
    .prepare(
      `SELECT e.seq, e.at, e.kind, e.subject, e.body, e.leaf_hash AS leafHash, r.rows FROM ledger_entry e
       LEFT JOIN ledger_row r ON r.seq = e.seq ORDER BY e.seq`,
    )
    .iterate() as Iterable<Row>;
  let expected = 0;
  for (const { rows: said, leafHash, ...entry } of rows) {
    const place = `entry ${entry.seq}`;
    if (entry.seq !== expected) note(`entry ${expected}`, `Entries ${expected} to ${entry.seq - 1} are missing.`);
    if (!entryLeaf(entry).equals(leafHash))
      note(place, `The entry (${entry.kind}, ${entry.subject}) is not what was written.`);
    // The tree is rebuilt from the leaves as written, so that one changed entry does not hide the others.
    for (const node of completedNodes(entry.seq, leafHash, nodes.node)) nodes.put(node.level, node.position, node.hash);
    for (const fault of entryFaults(entry, said, checks)) note(place, fault);
    expected = entry.seq + 1;
    if (expected % tellEvery === 0) onEntries?.(expected);
  }
  return expected;
}

function entryFaults(
  entry: StoredEntry,
  said: string | Buffer | null,
  checks: LedgerQuestion['checks'],
): readonly string[] {
  try {
    return [...rowFaults(entry, said), ...(checks[entry.kind]?.(entry) ?? [])];
  } catch (error) {
    // A body that is no JSON, a column that holds something else: whoever changed it gets no crash instead of a finding.
    return [`The entry cannot be compared with what is kept: ${error instanceof Error ? error.message : error}`];
  }
}

function rowFaults({ body }: StoredEntry, said: string | Buffer | null): string[] {
  const { rows } = JSON.parse(body) as { rows?: unknown };
  if (rows === undefined) return said === null ? [] : ['More is kept of its rows than it says.'];
  if (said === null) return ['What it says of rows is gone.'];
  const text = unpackRows(said);
  return text !== undefined && sha256Hex(text) === rows ? [] : ['What it says of rows is not what was written.'];
}

function compareRows(db: Db, size: number, note: Note): void {
  const strays = db.sqlite
    .prepare(
      'SELECT seq FROM ledger_row WHERE seq < 0 OR seq >= ? OR seq NOT IN (SELECT seq FROM ledger_entry) LIMIT 100',
    )
    .pluck()
    .all(size) as number[];
  for (const seq of strays) note(`rows of entry ${seq}`, 'There is no such entry.');
}

function compareNodes(db: Db, nodes: NodeLevels, note: Note): void {
  const rows = db.sqlite.prepare('SELECT level, position, hash FROM ledger_node').iterate() as Iterable<{
    level: number;
    position: number;
    hash: Buffer;
  }>;
  let seen = 0;
  for (const { level, position, hash } of rows) {
    seen++;
    if (!Buffer.isBuffer(hash) || !nodes.has(level, position, hash)) {
      note(
        level === 0 ? `entry ${position}` : `node ${level}/${position}`,
        'The stored tree does not match the entries.',
      );
    }
  }
  if (seen < nodes.count()) note('tree', `${nodes.count() - seen} nodes of the stored tree are missing.`);
}

function readCheckpoints(db: Db, publicKey: KeyObject, nodes: NodeLevels, size: number, note: Note): number {
  const rows = db.sqlite.prepare('SELECT size, root, note FROM ledger_checkpoint ORDER BY size').all() as {
    size: number;
    root: Buffer;
    note: string;
  }[];
  for (const row of rows) {
    const stated = readCheckpoint(String(row.note), publicKey);
    const place = `checkpoint ${row.size}`;
    if (stated === undefined || stated.size !== row.size || !sameBytes(stated.root, row.root))
      note(place, 'The signature does not hold.');
    else if (row.size > size)
      note(place, `The ledger has ${size} entries, fewer than were signed for: the end was cut off.`);
    else if (!treeRoot(row.size, nodes.node).equals(row.root))
      note(place, `The first ${row.size} entries are not those that were signed.`);
  }
  return rows.length;
}

function sameBytes(bytes: Buffer, other: unknown): boolean {
  return Buffer.isBuffer(other) && bytes.equals(other);
}
