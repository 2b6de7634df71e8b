// Questions asked of the ledger: its size and nodes, an entry with its proof, the newest checkpoint, the latest entries.
import { asc, desc, eq } from 'drizzle-orm';
import type { Db } from '../store/db.ts';
import type { StoredEntry } from './entry.ts';
import { inclusionProof, type NodeSource, treeRoot } from './merkle.ts';
import { ledgerCheckpoints, ledgerEntries } from './tables.ts';

export function ledgerSize(db: Db): number {
  return db.sqlite.prepare('SELECT coalesce(max(seq), -1) + 1 FROM ledger_entry').pluck().get() as number;
}

export function nodeSource(db: Db): NodeSource {
  const statement = db.sqlite.prepare('SELECT hash FROM ledger_node WHERE level = ? AND position = ?').pluck();
  return (level, position) => {
    const hash = statement.get(level, position) as Buffer | undefined;
    if (hash === undefined) throw new Error(`The ledger lacks node ${position} of level ${level}.`);
    return hash;
  };
}

export function ledgerRoot(db: Db, size = ledgerSize(db)): Buffer {
  return treeRoot(size, nodeSource(db));
}

export function entryWithProof(db: Db, seq: number): { entry: StoredEntry; size: number; proof: Buffer[] } | undefined {
  const row = db.orm.select().from(ledgerEntries).where(eq(ledgerEntries.seq, seq)).get();
  if (row === undefined) return undefined;
  const { leafHash: _leaf, ...entry } = row;
  const size = ledgerSize(db);
  return { entry, size, proof: inclusionProof(seq, size, nodeSource(db)) };
}

export function newestCheckpoint(db: Db): typeof ledgerCheckpoints.$inferSelect | undefined {
  return db.orm.select().from(ledgerCheckpoints).orderBy(desc(ledgerCheckpoints.size)).limit(1).get();
}

export type EntriesAsked = {
  /** Empty: all but the changes of single rows, of which there are many and which say little to people. */
  readonly kind: string;
  /** Begins with this; empty for all. */
  readonly subject: string;
  readonly before: number;
  readonly limit: number;
};

/** A kind has no index of its own: so many entries are looked through for one page, however long the ledger is. */
const lookedThrough = 50_000;

export type EntriesFound = {
  readonly entries: readonly StoredEntry[];
  /** Where to go on; null at the beginning of the ledger. */
  readonly before: number | null;
};

/** Newest first. */
export function findEntries(db: Db, { kind, subject, before, limit }: EntriesAsked): EntriesFound {
  const start = Math.min(before, ledgerSize(db));
  const floor = Math.max(0, start - lookedThrough);
  const entries = db.sqlite
    .prepare(
      `SELECT seq, at, kind, subject, body FROM ledger_entry WHERE seq < @start AND seq >= @floor
         AND ((@kind = '' AND kind <> 'rows') OR kind = @kind)
         AND (@subject = '' OR substr(subject, 1, length(@subject)) = @subject) ORDER BY seq DESC LIMIT @limit`,
    )
    .all({ start, floor, kind, subject, limit }) as StoredEntry[];
  const next = entries.length === limit ? (entries.at(-1)?.seq ?? 0) : floor;
  return { entries, before: next === 0 ? null : next };
}

/** What the ledger says of one subject, oldest first. */
export function entriesAbout(db: Db, subject: string, limit: number): StoredEntry[] {
  const rows = db.orm
    .select()
    .from(ledgerEntries)
    .where(eq(ledgerEntries.subject, subject))
    .orderBy(asc(ledgerEntries.seq))
    .limit(limit)
    .all();
  return rows.map(({ leafHash: _leaf, ...entry }) => entry);
}
