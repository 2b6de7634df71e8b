// Says in the ledger which rows it vouches for from here on, and how the rows stood that were there before.
import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import { appendEntry } from './append.ts';
import { saidRows } from './changed-rows.ts';
import { isNoted, keyOf, type ProvedTable, type RowChange, type RowValue, rowSaid } from './proved-table.ts';

/** Table → what of it is vouched for, as one line. */
export type Plan = Readonly<Record<string, string>>;

const rowsPerEntry = 5_000;

export function planOf(tables: readonly ProvedTable[]): Plan {
  const held = tables.filter((table) => isNoted(table) || table.asItStood === true);
  return Object.fromEntries(held.map((table) => [table.table, lineOf(table)]));
}

function lineOf({ by, columns, hashed, only, rules }: ProvedTable): string {
  const line = [by, columns.join(' '), hashed.join(' '), only?.rows ?? ''];
  return [...line, ...(rules === undefined ? [] : [`rules ${rules}`])].join(' | ');
}

/** What a `plan` entry says. `upTo`: the highest number of each table that is built from documents, as it was then. */
export type PlanBody = { readonly tables: Plan; readonly upTo: Readonly<Record<string, number>> };

/** Undefined for a ledger of before there were plans. */
export function newestPlan(db: Db): Plan | undefined {
  const body = db.sqlite
    .prepare("SELECT body FROM ledger_entry WHERE subject = 'tables' AND kind = 'plan' ORDER BY seq DESC LIMIT 1")
    .pluck()
    .get() as string | undefined;
  return body === undefined ? undefined : readPlan(body)?.tables;
}

/** Undefined for what is none: a changed entry is named where entries are read, and is no plan any more. */
export function readPlan(body: string): PlanBody | undefined {
  try {
    const plan = JSON.parse(body) as Partial<PlanBody> | null;
    const isPlan = typeof plan?.tables === 'object' && plan.tables !== null && typeof plan.upTo === 'object';
    return isPlan ? (plan as PlanBody) : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the plan when it is another than the newest one, and how the rows stand of every table it is new for. */
export function writeBaseline(db: Db, tables: readonly ProvedTable[], at: number): void {
  const plan = planOf(tables);
  if (same(plan, newestPlan(db))) return;
  writeTransaction(db, () => {
    const before = newestPlan(db);
    if (same(plan, before)) return;
    const isEmpty = db.sqlite.prepare('SELECT 1 FROM ledger_entry LIMIT 1').get() === undefined;
    const changed = tables.filter(({ table }) => plan[table] !== undefined && plan[table] !== before?.[table]);
    appendEntry(db, { kind: 'plan', subject: 'tables', body: { tables: plan, upTo: numbers(db, tables) }, at });
    if (isEmpty) return;
    for (const table of changed)
      for (const rows of pages(db, table))
        appendEntry(db, { kind: 'baseline', subject: `table/${table.table}`, body: {}, at }, saidRows(rows));
  });
}

function same(plan: Plan, other: Plan | undefined): boolean {
  const names = Object.keys(plan);
  return (
    other !== undefined &&
    names.length === Object.keys(other).length &&
    names.every((name) => plan[name] === other[name])
  );
}

function numbers(db: Db, tables: readonly ProvedTable[]): Record<string, number> {
  const built = tables.filter(({ by, key }) => (by === 'documents' || by === 'both') && key.length === 1);
  const found = built.map(({ table, key: [column] }) => [
    table,
    db.sqlite.prepare(`SELECT max("${column}") FROM main."${table}"`).pluck().get() ?? 0,
  ]);
  return Object.fromEntries(found.filter(([, number]) => typeof number === 'number'));
}

/** Page by page: the rows of a large table would not fit into memory. */
function* pages(db: Db, table: ProvedTable): Generator<RowChange[]> {
  const columns = table.columns.map((column) => `row."${column}"`).join(', ');
  const key = table.key.map((column) => `row."${column}"`).join(', ');
  const after = `(${key}) > (${table.key.map(() => '?').join(', ')})`;
  const page = (where: readonly string[]) =>
    db.sqlite.prepare(
      `SELECT ${columns} FROM main."${table.table}" row WHERE ${['1', ...where].join(' AND ')} ORDER BY ${key} LIMIT ${rowsPerEntry}`,
    );
  const only = table.only === undefined ? [] : [`(${table.only.rows})`];
  const [first, next] = [page(only), page([...only, after])];
  for (let rows = first.all() as Row[]; rows.length > 0; rows = next.all(...lastKey(table, rows)) as Row[])
    yield rows.map((row): RowChange => [table.table, keyOf(table, row), rowSaid(table, row)]);
}

type Row = Record<string, unknown>;

function lastKey(table: ProvedTable, rows: readonly Row[]): RowValue[] {
  return keyOf(table, rows.at(-1) ?? {});
}
