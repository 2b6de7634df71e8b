// Marks everything that people typed into a database, so that a test can tell it from the words of the product.
import type { Db } from '../../server/store/db.ts';

const [from, to] = ['\ue000', '\ue001'];

/** Puts marks around every value of a column in which something Chinese stands; the values, the longest first. */
export function markTyped({ sqlite }: Db): string[] {
  dropTriggers(sqlite);
  const values = wordColumns(sqlite).flatMap(({ table, column }) => {
    const kept = sqlite.prepare(`SELECT DISTINCT "${column}" FROM "${table}"`).pluck().all() as (string | null)[];
    sqlite
      .prepare(`UPDATE "${table}" SET "${column}" = ? || "${column}" || ? WHERE "${column}" IS NOT NULL`)
      .run(from, to);
    return kept.filter((value): value is string => value !== null && value.length > 1);
  });
  return [...new Set(values)].sort((a, b) => b.length - a.length);
}

/** What refuses changes to rows that are never changed is in the way of a test that changes them all. */
export function dropTriggers(sqlite: Db['sqlite']): void {
  const triggers = sqlite.prepare(`SELECT name FROM sqlite_master WHERE type = 'trigger'`).pluck().all() as string[];
  for (const name of triggers) sqlite.exec(`DROP TRIGGER "${name}"`);
}

/** A sentence without what was typed: what is marked, and copies of it that were made before. */
export function withoutTyped(text: string, typed: readonly string[]): string {
  const own = text.replace(/\ue000[^\ue001]*(\ue001|$)/g, '');
  return typed.reduce((rest, value) => rest.replaceAll(value, ''), own);
}

/** Columns of text in which words of people stand. */
export function wordColumns(sqlite: Db['sqlite']): { readonly table: string; readonly column: string }[] {
  const columns = sqlite
    .prepare(
      `SELECT m.name AS "table", c.name AS "column" FROM sqlite_master m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND lower(c.type) = 'text' AND m.name NOT LIKE 'ledger%'`,
    )
    .all() as { table: string; column: string }[];
  return columns.filter(({ table, column }) => {
    const values = sqlite.prepare(`SELECT "${column}" FROM "${table}"`).pluck().all() as (string | null)[];
    return values.some((value) => /\p{Script=Han}/u.test(value ?? '') && !/^[{[]/.test(value ?? ''));
  });
}
