// Changes a database file the way somebody who holds the file would: guards lowered, rows changed, removed or made up, guards raised again.
import type { ProvedTable } from '../../server/ledger/proved-table.ts';
import { type Db, openAsIs } from '../../server/store/db.ts';

export type Tampering = {
  readonly table: string;
  /** What was done, for a failing test to say. */
  readonly what: string;
  /** JSON of the key of the row, as it was or as it is made up. */
  readonly key: string;
};

export type Roll = (size: number) => number;

/** The same numbers for the same seed (mulberry32). */
export function dice(seed: number): Roll {
  let state = seed >>> 0;
  return (size) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % size;
  };
}

type Row = Record<string, unknown>;

/** Runs `work` on the file with its guards lowered, and raises them again as they were. */
export function behindItsBack<T>(path: string, work: (db: Db) => T): T {
  const db = openAsIs(path);
  const { sqlite } = db;
  const guards = sqlite.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all() as Row[];
  for (const { name } of guards) sqlite.exec(`DROP TRIGGER "${name}"`);
  sqlite.pragma('foreign_keys = OFF');
  try {
    return work(db);
  } finally {
    for (const { sql } of guards) sqlite.exec(String(sql));
    sqlite.close();
  }
}

const tries = 60;

/** One change of a row that is vouched for; undefined when the table has none, or lets no change through. */
export function tamper({ sqlite }: Db, table: ProvedTable, roll: Roll): Tampering | undefined {
  const only = table.only === undefined ? '' : `WHERE ${table.only.rows}`;
  const rows = sqlite.prepare(`SELECT row.* FROM "${table.table}" row ${only}`).all() as Row[];
  for (let tried = 0; tried < tries && rows.length > 0; tried++) {
    const found = attempt(sqlite, table, rows[roll(rows.length)] ?? {}, roll);
    if (found !== undefined) return found;
  }
  return undefined;
}

function attempt(sqlite: Db['sqlite'], table: ProvedTable, row: Row, roll: Roll): Tampering | undefined {
  const kind = roll(10);
  try {
    if (kind === 0) return remove(sqlite, table, row);
    if (kind === 1) return makeUp(sqlite, table, row, roll);
    return change(sqlite, table, row, roll);
  } catch (error) {
    // A rule of the table itself stands in the way: something else is tried.
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_')) return undefined;
    throw error;
  }
}

function remove(sqlite: Db['sqlite'], table: ProvedTable, row: Row): Tampering {
  sqlite.prepare(`DELETE FROM "${table.table}" WHERE ${whereKey(table)}`).run(...keyValues(table, row));
  return { table: table.table, what: 'removed', key: keyText(table, row) };
}

function makeUp(sqlite: Db['sqlite'], table: ProvedTable, row: Row, roll: Roll): Tampering {
  const made = { ...row };
  for (const column of table.key) made[column] = another(row[column], roll);
  const columns = Object.keys(made);
  const names = columns.map((column) => `"${column}"`).join(', ');
  sqlite
    .prepare(`INSERT INTO "${table.table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`)
    .run(...columns.map((column) => made[column]));
  return { table: table.table, what: `made up after ${keyText(table, row)}`, key: keyText(table, made) };
}

/** Undefined when the row is as before: SQLite took the new value for the old one. */
function change(sqlite: Db['sqlite'], table: ProvedTable, row: Row, roll: Roll): Tampering | undefined {
  const column = table.columns[roll(table.columns.length)] ?? '';
  const value = another(row[column], roll);
  const [where, key] = [whereKey(table), keyValues(table, row)];
  const stored = sqlite
    .prepare(`UPDATE "${table.table}" SET "${column}" = ? WHERE ${where} RETURNING "${column}"`)
    .pluck()
    .get(value, ...key);
  if (shown(stored) === shown(row[column])) return undefined;
  return { table: table.table, what: `${column}: ${shown(row[column])} → ${shown(stored)}`, key: keyText(table, row) };
}

/** Another value of the same kind; something where there was nothing, now and then nothing where there was something. */
function another(value: unknown, roll: Roll): unknown {
  if (value === null || value === undefined) return roll(2) === 0 ? 1 + roll(1_000) : `t${roll(1_000)}`;
  if (typeof value === 'number') return [value + 1 + roll(5), value - 1 - roll(5), -value - 1, null][roll(4)];
  if (Buffer.isBuffer(value)) return anotherBytes(value, roll);
  const text = String(value);
  const at = roll(text.length + 1);
  const letter = String.fromCharCode(97 + roll(26));
  const changed = [`${text.slice(0, at)}${letter}${text.slice(at + 1)}`, text + letter, text.slice(1)][roll(3)];
  return changed === text ? `${text}~` : changed;
}

function anotherBytes(value: Buffer, roll: Roll): Buffer {
  const bytes = Buffer.from(value);
  if (bytes.length === 0 || roll(4) === 0) return Buffer.concat([bytes, Buffer.of(roll(256))]);
  const at = roll(bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 + roll(255));
  return bytes;
}

function whereKey({ key }: ProvedTable): string {
  return key.map((column) => `"${column}" = ?`).join(' AND ');
}

function keyValues({ key }: ProvedTable, row: Row): unknown[] {
  return key.map((column) => row[column]);
}

function keyText(table: ProvedTable, row: Row): string {
  return JSON.stringify(keyValues(table, row));
}

function shown(value: unknown): string {
  return Buffer.isBuffer(value) ? `x'${value.toString('hex')}'` : JSON.stringify(value);
}
