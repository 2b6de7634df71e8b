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

export function latestEntries(db: Db, limit: number): StoredEntry[] {
  const rows = db.orm.select().from(ledgerEntries).orderBy(desc(ledgerEntries.seq)).limit(limit).all();
  return rows.map(({ leafHash: _leaf, ...entry }) => entry);
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
