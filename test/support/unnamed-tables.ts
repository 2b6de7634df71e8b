// Says in a sentence each what somebody who changed the schema has to add to the list of what vouches for every table.
import type { ProvedTable } from '../../server/ledger/proved-table.ts';
import type { Db } from '../../server/store/db.ts';

const files = 'server/proof/proved-house.ts, proved-kitchen.ts or proved-trace.ts';

export function unnamedTables({ sqlite }: Db, list: readonly ProvedTable[]): string[] {
  const tables = sqlite.prepare("SELECT name FROM main.sqlite_master WHERE type = 'table'").pluck().all() as string[];
  const named = new Map(list.map((table) => [table.table, table]));
  const columnsOf = (table: string) =>
    sqlite.prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table) as string[];
  return [
    ...tables.filter((table) => !named.has(table)).map((table) => newTable(table, columnsOf(table))),
    ...list
      .filter(({ table }) => !tables.includes(table))
      .map(({ table }) => `There is no table ${table} any more: remove its line from ${files}.`),
    ...list.flatMap((table) => (tables.includes(table.table) ? columnFaults(table, columnsOf(table.table)) : [])),
  ];
}

function newTable(table: string, columns: readonly string[]): string {
  return (
    `Nothing vouches for the table ${table} yet: add proved('${table}', 'rows', '${columns.join(' ')}') to ${files} ` +
    `(and { key } unless it is id, { hashed } for names, secrets and free words of people), or, where nobody could gain by changing it, ` +
    `proved('${table}', 'nobody', '', { why: '…' }) with the reason.`
  );
}

function columnFaults({ table, by, key, columns, hashed, left, why = '' }: ProvedTable, there: readonly string[]) {
  if (by === 'nobody')
    return why === '' ? [`Say in the line of ${table} why nobody vouches for it: { why: '…' }.`] : [];
  const said = [...columns, ...Object.keys(left)];
  return [
    ...there
      .filter((column) => !said.includes(column))
      .map(
        (column) =>
          `Nothing vouches for the column ${table}.${column} yet: add it to the columns of its line in ${files}, or to { left } with the reason.`,
      ),
    ...said
      .filter((column) => !there.includes(column))
      .map((column) => `There is no column ${table}.${column} any more: remove it from its line in ${files}.`),
    ...[...key, ...hashed]
      .filter((column) => !columns.includes(column))
      .map((column) => `The line of ${table} has ${column} as key or hashed, and not among its columns: add it there.`),
  ];
}
