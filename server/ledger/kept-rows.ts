// The rows as the ledger says they are: what its entries say of rows, one after the other, folded into the last state of each.
import type { Db } from '../store/db.ts';
import { type RowChange, type RowValue, readChanges } from './proved-table.ts';

export type KeptRow = {
  readonly key: string;
  /** JSON of the row, or of its digest. */
  readonly row: string;
  /** The entry that said so last. */
  readonly seq: number;
};

export type KeptRows = {
  /** Folds in what an entry says, and gives it back. */
  apply(seq: number, text: string, kind: string): RowChange[];
  put(seq: number, change: RowChange): void;
  of(table: string, key: readonly RowValue[]): KeptRow | undefined;
  /** All rows of a table by key, after those below `after`. */
  page(table: string, after: string, limit: number): KeptRow[];
  count(table: string): number;
  /** Keys of the rows whose `column` has this value. */
  keysWhere(table: string, column: string, value: RowValue): RowValue[][];
};

export type Contradiction = (table: string, key: string, seq: number) => void;

/** In `scratch`. `contradicts`: a baseline says other than the entries before it, so something was changed in between without one. */
export function openKeptRows({ sqlite }: Db, contradicts: Contradiction): KeptRows {
  sqlite.exec(
    'CREATE TABLE kept_row (tbl TEXT NOT NULL, key TEXT NOT NULL, row TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (tbl, key)) WITHOUT ROWID',
  );
  const set = sqlite.prepare(
    'INSERT INTO kept_row VALUES (?, ?, ?, ?) ON CONFLICT (tbl, key) DO UPDATE SET row = excluded.row, seq = excluded.seq',
  );
  const drop = sqlite.prepare('DELETE FROM kept_row WHERE tbl = ? AND key = ?');
  const one = sqlite.prepare('SELECT key, row, seq FROM kept_row WHERE tbl = ? AND key = ?');
  const page = sqlite.prepare('SELECT key, row, seq FROM kept_row WHERE tbl = ? AND key > ? ORDER BY key LIMIT ?');
  const where = sqlite.prepare('SELECT key FROM kept_row WHERE tbl = ? AND json_extract(row, ?) = ?').pluck();
  const count = sqlite.prepare('SELECT count(*) FROM kept_row WHERE tbl = ?').pluck();
  const of = (table: string, key: readonly RowValue[]) => one.get(table, JSON.stringify(key)) as KeptRow | undefined;

  function put(seq: number, [table, key, row]: RowChange): void {
    const name = JSON.stringify(key);
    if (row === null) drop.run(table, name);
    else set.run(table, name, JSON.stringify(row), seq);
  }

  return {
    put,
    of,
    apply(seq, text, kind) {
      const changes = readChanges(text);
      for (const change of changes) {
        const [table, key, row] = change;
        const before = kind === 'baseline' ? of(table, key) : undefined;
        if (before !== undefined && differs(JSON.parse(before.row), row)) contradicts(table, before.key, before.seq);
        put(seq, change);
      }
      return changes;
    },
    page: (table, after, limit) => page.all(table, after, limit) as KeptRow[],
    count: (table) => count.get(table) as number,
    keysWhere: (table, column, value) =>
      (where.all(table, `$.${column}`, value) as string[]).map((key) => JSON.parse(key) as RowValue[]),
  };
}

/** Only what both say can differ: a newer program may vouch for another column, or for a row where there was a digest. */
function differs(before: unknown, now: RowChange[2]): boolean {
  if (typeof before !== typeof now) return false;
  if (typeof before === 'string' || before === null || now === null || typeof now === 'string') return false;
  const earlier = before as Readonly<Record<string, RowValue>>;
  return Object.entries(now).some(([column, value]) => column in earlier && earlier[column] !== value);
}
