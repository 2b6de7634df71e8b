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
  /** The first that is looked at, and the one behind the last. */
  readonly first: number;
  readonly end: number;
  readonly order: 'newest' | 'oldest';
  readonly limit: number;
};

/** A kind has no index of its own: so many entries are looked through, however long the ledger is. */
const lookedThrough = 500_000;

export type EntriesFound = {
  readonly entries: readonly StoredEntry[];
  /** Whether older, or younger, entries were not looked at. */
  readonly cut: 'cut' | 'whole';
};

export function findEntries(db: Db, { kind, subject, first, end, order, limit }: EntriesAsked): EntriesFound {
  const last = Math.min(end, ledgerSize(db));
  const [from, until] =
    order === 'newest' ? [Math.max(first, last - lookedThrough), last] : [first, Math.min(last, first + lookedThrough)];
  const entries = db.sqlite
    .prepare(
      `SELECT seq, at, kind, subject, body FROM ledger_entry WHERE seq >= @from AND seq < @until
         AND ((@kind = '' AND kind <> 'rows') OR kind = @kind)
         AND (@subject = '' OR substr(subject, 1, length(@subject)) = @subject)
       ORDER BY seq ${order === 'newest' ? 'DESC' : 'ASC'} LIMIT @limit`,
    )
    .all({ from, until, kind, subject, limit }) as StoredEntry[];
  const isWhole = from <= first && until >= last;
  return { entries, cut: entries.length < limit && !isWhole ? 'cut' : 'whole' };
}

/** The first entry at or after a time; entries are written in the order of time. */
export function seqAt(db: Db, at: number): number {
  const timeOf = db.sqlite.prepare('SELECT at FROM ledger_entry WHERE seq = ?').pluck();
  let [low, high] = [0, ledgerSize(db)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((timeOf.get(middle) as number) >= at) high = middle;
    else low = middle + 1;
  }
  return low;
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
