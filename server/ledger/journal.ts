// Notes which rows a transaction changed and puts them into its ledger entry, so that the rows can be built again from the ledger.
import type { Clock } from '../clock.ts';
import { type Db, finishTransactions } from '../store/db.ts';
import { appendEntry } from './append.ts';
import { writeBaseline } from './baseline.ts';
import { takeChangesBy } from './changed-rows.ts';
import { isNoted, type ProvedTable, type RowChange, type RowValue, rowSaid } from './proved-table.ts';

type Journal = { quiet: boolean };
const journals = new WeakMap<Db, Journal>();

/** Once per connection that writes. Triggers of this connection alone note the changes: what others write is noted by nobody. */
export function openJournal(db: Db, tables: readonly ProvedTable[], clock: Clock): void {
  if (journals.has(db)) return;
  const journal: Journal = { quiet: false };
  journals.set(db, journal);
  db.sqlite.function('journal_is_quiet', () => (journal.quiet ? 1 : 0));
  db.sqlite.exec('CREATE TEMP TABLE row_change (number INTEGER PRIMARY KEY, tbl TEXT NOT NULL, key TEXT NOT NULL)');
  const noted = tables.filter(isNoted);
  for (const table of noted) watch(db, table);
  takeChangesBy(db, changeReader(db, noted));
  const lazy = JSON.stringify(noted.filter((table) => table.lazy === true).map(({ table }) => table));
  finishTransactions(db, () => appendRest(db, lazy, clock));
  writeBaseline(db, tables, clock());
}

/** Runs `work` without noting what it does to tables that are built again from documents. */
export function quietly<T>(db: Db, work: () => T): T {
  const journal = journals.get(db);
  if (journal === undefined || journal.quiet) return work();
  journal.quiet = true;
  try {
    return work();
  } finally {
    journal.quiet = false;
  }
}

/** What was changed after the last entry of the transaction, or without any, gets an entry of its own. */
function appendRest(db: Db, lazy: string, clock: Clock): void {
  const tables = db.sqlite
    .prepare('SELECT DISTINCT tbl FROM temp.row_change WHERE tbl NOT IN (SELECT value FROM json_each(?)) ORDER BY tbl')
    .pluck()
    .all(lazy) as string[];
  if (tables.length > 0) appendEntry(db, { kind: 'rows', subject: tables.join(' '), body: {}, at: clock() });
}

function watch(db: Db, table: ProvedTable): void {
  try {
    db.sqlite.exec(triggersOf(table));
    rowReader(db, table);
  } catch (error) {
    throw new Error(
      `The line of the table ${table.table} in server/proof/proved-*.ts does not fit its columns: mend it.`,
      {
        cause: error,
      },
    );
  }
}

function triggersOf(table: ProvedTable): string {
  const { table: name, key, columns, only, alsoNotes = [], by } = table;
  const note = (side: 'OLD' | 'NEW') =>
    `INSERT INTO row_change (tbl, key) VALUES ('${name}', json_array(${key.map((column) => `${side}."${column}"`).join(', ')}));`;
  const also = alsoNotes.map(
    ({ table: other, keys }) => `INSERT INTO row_change (tbl, key) SELECT '${other}', ${keys};`,
  );
  const quiet = by === 'both' ? ['NOT journal_is_quiet()'] : [];
  const when = (...conditions: (string | undefined)[]) => {
    const all = [...quiet, ...conditions.filter((condition) => condition !== undefined)];
    return all.length === 0 ? '' : `WHEN ${all.map((condition) => `(${condition})`).join(' AND ')}`;
  };
  const kept = (side: 'OLD' | 'NEW') => only?.rows.replaceAll('row.', `${side}.`);
  const changed = columns.map((column) => `OLD."${column}" IS NOT NEW."${column}"`).join(' OR ');
  const watched = columns.map((column) => `"${column}"`).join(', ');
  return [
    `CREATE TEMP TRIGGER "note_${name}_added" AFTER INSERT ON main."${name}" ${when(kept('NEW'))} BEGIN ${note('NEW')} END;`,
    ...also.map(
      (statement, index) =>
        `CREATE TEMP TRIGGER "note_${name}_also${index}" AFTER INSERT ON main."${name}" BEGIN ${statement} END;`,
    ),
    `CREATE TEMP TRIGGER "note_${name}_changed" AFTER UPDATE OF ${watched} ON main."${name}" ${when(changed, kept('NEW'))} BEGIN ${note('NEW')} END;`,
    `CREATE TEMP TRIGGER "note_${name}_removed" AFTER DELETE ON main."${name}" ${when(kept('OLD'))} BEGIN ${note('OLD')} END;`,
  ].join('\n');
}

/** Reads what the noted rows are now, and forgets the notes. */
function changeReader(db: Db, tables: readonly ProvedTable[]): () => RowChange[] {
  const readers = new Map(tables.map((table) => [table.table, rowReader(db, table)]));
  const notes = db.sqlite.prepare('SELECT tbl, key FROM temp.row_change GROUP BY tbl, key ORDER BY min(number)').raw();
  const forget = db.sqlite.prepare('DELETE FROM temp.row_change');
  return () => {
    const found = notes.all() as [string, string][];
    if (found.length === 0) return [];
    forget.run();
    return found.flatMap(([table, key]) => readers.get(table)?.(JSON.parse(key) as RowValue[]) ?? []);
  };
}

function rowReader(db: Db, table: ProvedTable): (key: RowValue[]) => RowChange[] {
  const columns = table.columns.map((column) => `"${column}"`).join(', ');
  const where = table.key.map((column) => `"${column}" = ?`).join(' AND ');
  const rowOf = db.sqlite.prepare(`SELECT ${columns} FROM main."${table.table}" WHERE ${where}`);
  return (key) => {
    const row = rowOf.get(...key) as Record<string, unknown> | undefined;
    return [[table.table, key, row === undefined ? null : rowSaid(table, row)]];
  };
}
