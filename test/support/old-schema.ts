// Databases as earlier versions of the program left them: the first so many migrations, filled with rows of today.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Db } from '../../server/store/db.ts';

const folder = fileURLToPath(new URL('../../server/store/migrations', import.meta.url));

type Journal = { readonly entries: { readonly tag: string }[] };
const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
export const migrations = journal.entries;

/** A database that the first `count` migrations made. */
export function oldDatabase(path: string, count: number): Db {
  const known = mkdtempSync(join(tmpdir(), 'bright-kitchen-old-'));
  mkdirSync(join(known, 'meta'));
  for (const { tag } of migrations.slice(0, count)) cpSync(join(folder, `${tag}.sql`), join(known, `${tag}.sql`));
  writeFileSync(join(known, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: migrations.slice(0, count) }));
  const sqlite = new Database(path);
  const orm = drizzle(sqlite);
  migrate(orm, { migrationsFolder: known });
  return { sqlite, orm };
}

/** What the schema says, object by object. */
export function schemaOf(db: Db): string[] {
  const rows = db.sqlite
    .prepare(`SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`)
    .pluck()
    .all();
  return (rows as string[]).map((sql) => sql.replace(/\s+/g, ' ')).sort();
}

const tablesOf = (db: Db) =>
  db.sqlite
    .prepare(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[];

/** Rows in each table. */
export function countsOf(db: Db): Record<string, number> {
  return Object.fromEntries(
    tablesOf(db).map((name) => [name, Number(db.sqlite.prepare(`SELECT count(*) FROM "${name}"`).pluck().get())]),
  );
}

type Column = {
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
};
const columnsOf = (db: Db, table: string) => db.sqlite.pragma(`table_info("${table}")`) as Column[];

/** Copies every table that both have; what an old table asks for and today's lacks gets some value of its type. */
export function fillFrom(source: Db, old: Db): void {
  old.sqlite.pragma('foreign_keys = OFF');
  old.sqlite.exec('BEGIN');
  const known = new Set(tablesOf(source));
  for (const table of tablesOf(old).filter((name) => known.has(name))) {
    const given = new Set(columnsOf(source, table).map(({ name }) => name));
    const columns = columnsOf(old, table).filter(
      ({ name, notnull, dflt_value }) => given.has(name) || (notnull === 1 && dflt_value === null),
    );
    const chosen = columns.map(({ name, type }) =>
      given.has(name) ? `"${name}"` : type.toLowerCase() === 'integer' ? 'rowid' : `'["x' || rowid || '"]'`,
    );
    const rows = source.sqlite
      .prepare(`SELECT ${chosen.join(', ')} FROM "${table}"`)
      .raw()
      .all() as unknown[][];
    const names = columns.map(({ name }) => `"${name}"`).join(', ');
    const insert = old.sqlite.prepare(
      `INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
    );
    for (const row of rows) insert.run(row.map((value, at) => value ?? (columns[at]?.notnull === 1 ? 0 : null)));
  }
  old.sqlite.exec('COMMIT');
  old.sqlite.pragma('foreign_keys = ON');
}
