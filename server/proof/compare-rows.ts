// Holds tables as they stand against what has to be in them, row by row, and names every row and column that differs.
import type { KeptRows } from '../ledger/kept-rows.ts';
import { keyOf, type ProvedTable, type RowValue, rowSaid } from '../ledger/proved-table.ts';
import type { Note } from '../ledger/verify.ts';
import type { Db } from '../store/db.ts';

export type TableCount = {
  readonly table: string;
  readonly rows: number;
  readonly differing: number;
  /** Rows that nobody vouches for yet, as the list says. */
  readonly open: number;
};

type Row = Record<string, unknown>;
const pageRows = 2_000;

/** Rows against what the ledger's entries say of them. */
export function compareSaid(live: Db, kept: KeptRows, table: ProvedTable, note: Note): TableCount {
  let [rows, differing, open] = [0, 0, 0];
  const differs = (key: readonly RowValue[] | string, detail: string) => {
    differing += 1;
    note(`${table.table} ${typeof key === 'string' ? key : JSON.stringify(key)}`, detail);
  };
  for (const row of rowsOf(live, table)) {
    rows += 1;
    const key = keyOf(table, row);
    const said = kept.of(table.table, key);
    if (said === undefined) {
      if (row[vouched] !== 1) open += 1;
      else if (table.lazy !== true) differs(key, 'No entry of the ledger says where it comes from.');
      continue;
    }
    const now = rowSaid(table, row);
    if (JSON.stringify(now) !== said.row) differs(key, difference(JSON.parse(said.row), now, said.seq));
  }
  for (const key of goneKeys(live, kept, table)) differs(key.key, `It is gone; entry ${key.seq} says it was there.`);
  return { table: table.table, rows, differing, open };
}

const vouched = 'is_vouched_for';

function* rowsOf(live: Db, table: ProvedTable): Generator<Row> {
  const only = table.only === undefined ? '1' : `(${table.only.rows})`;
  const columns = table.columns.map((column) => `row."${column}"`).join(', ');
  yield* live.sqlite
    .prepare(`SELECT ${columns}, ${only} AS ${vouched} FROM "${table.table}" row`)
    .iterate() as Iterable<Row>;
}

function* goneKeys(live: Db, kept: KeptRows, table: ProvedTable): Generator<{ key: string; seq: number }> {
  const there = live.sqlite.prepare(
    `SELECT 1 FROM "${table.table}" row WHERE ${table.key.map((column) => `row."${column}" = ?`).join(' AND ')}`,
  );
  for (
    let page = kept.page(table.table, '', pageRows);
    page.length > 0;
    page = kept.page(table.table, page.at(-1)?.key ?? '', pageRows)
  ) {
    for (const { key, seq } of page)
      if (there.get(...(JSON.parse(key) as RowValue[])) === undefined) yield { key, seq };
  }
}

function difference(said: unknown, now: unknown, seq: number): string {
  if (typeof said !== 'object' || said === null || typeof now !== 'object' || now === null)
    return `It is not what entry ${seq} says.`;
  const changed = Object.entries(now as Row).filter(([column, value]) => (said as Row)[column] !== value);
  if (changed.length === 0) return `Entry ${seq} says less of it than this program asks.`;
  return changed
    .map(([column, value]) => `${column} is ${short(value)}; entry ${seq} says ${short((said as Row)[column])}.`)
    .join(' ');
}

/** Rows against those that were built again, both in the order of their key. */
export function compareBuilt(live: Db, scratch: Db, table: ProvedTable, note: Note): TableCount {
  const [stands, built] = [orderedRows(live, table), orderedRows(scratch, table)];
  const keyColumns = table.key.map((column) => table.columns.indexOf(column));
  const keyText = (row: unknown[]) => JSON.stringify(keyColumns.map((column) => plain(row[column])));
  let [rows, differing] = [0, 0];
  const differs = (row: unknown[], detail: string) => {
    differing += 1;
    note(`${table.table} ${keyText(row)}`, detail);
  };
  let [here, there] = [next(stands), next(built)];
  while (here !== undefined || there !== undefined) {
    const order = here === undefined ? 1 : there === undefined ? -1 : compareKeys(here, there, keyColumns);
    if (order < 0 && here !== undefined) {
      differs(here, 'Nothing that was captured or recorded makes it.');
      rows += 1;
      here = next(stands);
    } else if (order > 0 && there !== undefined) {
      differs(there, 'It is gone, or was never written.');
      there = next(built);
    } else if (here !== undefined && there !== undefined) {
      const detail = cellDifference(table, here, there);
      if (detail !== undefined) differs(here, detail);
      rows += 1;
      [here, there] = [next(stands), next(built)];
    }
  }
  return { table: table.table, rows, differing, open: 0 };
}

function next(rows: Iterator<unknown[]>): unknown[] | undefined {
  const { done, value } = rows.next();
  return done === true ? undefined : value;
}

function orderedRows({ sqlite }: Db, { table, columns, key }: ProvedTable): Iterator<unknown[]> {
  const list = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ');
  return sqlite
    .prepare(`SELECT ${list(columns)} FROM "${table}" ORDER BY ${list(key)}`)
    .raw()
    .iterate() as IterableIterator<unknown[]>;
}

/** As SQLite orders: nothing, numbers, texts by their bytes, bytes. */
function compareKeys(a: readonly unknown[], b: readonly unknown[], columns: readonly number[]): number {
  for (const column of columns) {
    const order = compareCells(a[column], b[column]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareCells(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string')
    return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (Buffer.isBuffer(a) && Buffer.isBuffer(b)) return Buffer.compare(a, b);
  return rank(a) - rank(b);
}

function rank(value: unknown): number {
  if (value === null) return 0;
  return typeof value === 'number' ? 1 : typeof value === 'string' ? 2 : 3;
}

function cellDifference(
  { columns }: ProvedTable,
  here: readonly unknown[],
  there: readonly unknown[],
): string | undefined {
  let text = '';
  for (let index = 0; index < columns.length; index++) {
    const [is, was] = [here[index], there[index]];
    if (is === was || (Buffer.isBuffer(is) && Buffer.isBuffer(was) && is.equals(was))) continue;
    text += `${columns[index]} is ${short(is)} and has to be ${short(was)}. `;
  }
  return text === '' ? undefined : text.trimEnd();
}

function plain(value: unknown): RowValue {
  return typeof value === 'number' || typeof value === 'string' ? value : value === null ? null : String(value);
}

function short(value: unknown): string {
  const text = Buffer.isBuffer(value) ? value.toString('hex') : (JSON.stringify(value) ?? 'nothing');
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
