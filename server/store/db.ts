// Opens the one SQLite file, migrates it, and is the only place that does.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { isFullDisk } from './full-disk.ts';

/** drizzle for ordinary questions, the raw handle for the few hot ones; both are the same connection. */
export type Db = { readonly orm: BetterSQLite3Database; readonly sqlite: Database.Database };

const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

// SQLite before 3.51.3 can corrupt a WAL that two connections write.
const minimumSqlite = [3, 51, 3] as const;
// A small WAL checkpoint made capture decay from 50k to 8.6k events/s at a million events.
const walPages = 131_072;
const pageCacheKib = 262_144;
const mmapBytes = 2 ** 31;

/** Opens `path` (or ':memory:'), brings its schema up to date and returns the connection. Throws when the file is newer than the program. */
export function openDatabase(path: string): Db {
  const db = connect(path);
  migrateWhole(db);
  return db;
}

/** Opens an existing file for reading alone, without migrating it: a verifier must not change what it verifies. */
export function openReadOnly(path: string): Db {
  const sqlite = new Database(path, { readonly: true, fileMustExist: true });
  sqlite.pragma('query_only = ON');
  sqlite.pragma(`cache_size = -${pageCacheKib}`);
  sqlite.pragma(`mmap_size = ${mmapBytes}`);
  sqlite.pragma('temp_store = MEMORY');
  return { sqlite, orm: drizzle(sqlite) };
}

/** A new database at `path` that holds nothing and refuses nothing, to build rows in that are compared and thrown away. */
export function openScratch(path: string): Db {
  const db = openDatabase(path);
  for (const setting of ['foreign_keys = OFF', 'synchronous = OFF', 'journal_mode = OFF', 'locking_mode = EXCLUSIVE'])
    db.sqlite.pragma(setting);
  const guards = db.sqlite.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all() as string[];
  for (const name of guards) db.sqlite.exec(`DROP TRIGGER "${name}"`);
  return db;
}

/** A new file for rows on their way into a database: nothing of it outlives a crash. */
export function openPassing(path: string): Database.Database {
  const sqlite = new Database(path);
  for (const setting of ['journal_mode = OFF', 'synchronous = OFF', 'locking_mode = EXCLUSIVE']) sqlite.pragma(setting);
  return sqlite;
}

/** Copies the whole database, as it stands at one moment, into a new file at `path`, while the server goes on writing. */
export async function copyDatabase(db: Db, path: string): Promise<void> {
  await db.sqlite.backup(path);
}

/** Opens a database file as it is, without bringing its schema up to date: for backups. Throws when it is damaged or no database. */
export function openAsIs(path: string): Db {
  const sqlite = new Database(path, { fileMustExist: true });
  sqlite.pragma('journal_mode = DELETE');
  if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error(`${path} is damaged.`);
  return { sqlite, orm: drizzle(sqlite) };
}

/** A connection that only folds the log of `path` into the database, beside the one that writes. */
export function openForFolding(path: string): { fold: () => number; close: () => void } {
  const sqlite = new Database(path, { fileMustExist: true, timeout: 0 });
  assertVersion(sqlite);
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('wal_autocheckpoint = 0');
  return {
    /** Copies what it can without holding anybody up; how many pages are left. */
    fold() {
      const [state] = sqlite.pragma('wal_checkpoint(PASSIVE)') as { log: number; checkpointed: number }[];
      return state === undefined ? 0 : Math.max(0, state.log - state.checkpointed);
    },
    close: () => void sqlite.close(),
  };
}

/** What `prepare` makes of a database, statements most of all: made at the first use and kept as long as the database. */
export function prepared<Kept>(prepare: (db: Db) => Kept): (db: Db) => Kept {
  const kept = new WeakMap<Db, Kept>();
  return (db) => {
    const found = kept.get(db) ?? prepare(db);
    kept.set(db, found);
    return found;
  };
}

/** Runs `work` in one write transaction; a throw undoes all of it. Nested calls become savepoints. */
export function writeTransaction<T>(db: Db, work: () => T): T {
  const finish = db.sqlite.inTransaction ? undefined : finishing.get(db);
  if (finish === undefined) return db.sqlite.transaction(work).immediate();
  const whole = () => {
    const result = work();
    finish();
    return result;
  };
  return db.sqlite.transaction(whole).immediate();
}

const finishing = new WeakMap<Db, () => void>();

/** `finish` is the last thing every write transaction of this connection does; a throw of its own undoes all of it too. */
export function finishTransactions(db: Db, finish: () => void): void {
  finishing.set(db, finish);
}

function connect(path: string): Db {
  const sqlite = new Database(path);
  assertVersion(sqlite);
  // WAL first: synchronous is per connection, and an existing WAL file would open with NORMAL.
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  sqlite.pragma(`wal_autocheckpoint = ${walPages}`);
  sqlite.pragma('journal_size_limit = 67108864');
  sqlite.pragma(`cache_size = -${pageCacheKib}`);
  sqlite.pragma(`mmap_size = ${mmapBytes}`);
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma('trusted_schema = OFF');
  return { sqlite, orm: drizzle(sqlite) };
}

function assertVersion(sqlite: Database.Database): void {
  const version = String(sqlite.prepare('select sqlite_version()').pluck().get());
  const parts = version.split('.').map(Number);
  for (const [index, least] of minimumSqlite.entries()) {
    const part = parts[index] ?? 0;
    if (part > least) return;
    if (part < least)
      throw new Error(`SQLite ${version} is older than ${minimumSqlite.join('.')}: reinstall better-sqlite3.`);
  }
}

function migrateWhole(db: Db): void {
  if (!existsSync(join(migrationsFolder, 'meta/_journal.json')))
    throw new Error('The migrations folder has no journal.');
  // A table rebuild inside a migration would trip foreign keys half-way.
  db.sqlite.pragma('foreign_keys = OFF');
  migrate(db.orm, { migrationsFolder });
  db.sqlite.pragma('foreign_keys = ON');
  const applied = Number(db.sqlite.prepare('select count(*) from __drizzle_migrations').pluck().get());
  const known = journalLength();
  // drizzle silently skips a migration older than the newest applied, so count them.
  if (applied !== known) {
    throw new Error(
      `The database holds ${applied} migrations and this program knows ${known}: it was written by another version.`,
    );
  }
}

function journalLength(): number {
  const journal: unknown = JSON.parse(readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'));
  const entries = typeof journal === 'object' && journal !== null && 'entries' in journal ? journal.entries : undefined;
  return Array.isArray(entries) ? entries.length : 0;
}

/** Holds `dataDir` for this process alone; the returned function lets go. Throws when another server has it. The kernel frees it when a process is killed. */
export function lockDataDir(dataDir: string): () => void {
  const lock = new Database(join(dataDir, 'lock.db'), { timeout: 0 });
  try {
    lock.pragma('locking_mode = EXCLUSIVE');
    lock.exec('BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS held (by INTEGER); COMMIT; BEGIN EXCLUSIVE;');
  } catch (error) {
    lock.close();
    if (isFullDisk(error)) throw error;
    throw new DataDirTaken(`Another server already uses ${dataDir}. Stop it, or set DATA_DIR to another folder.`, {
      cause: error,
    });
  }
  return () => lock.close();
}

export class DataDirTaken extends Error {
  override readonly name = 'DataDirTaken';
}
