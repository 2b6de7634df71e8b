// A backup is one SQLite file: the database as it stood at one moment, with the pictures and keys as rows beside it.
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { copyDatabase, type Db, openAsIs } from './db.ts';

const kept = ['blobs', 'secrets.json', 'set-up-link'];

export type BackupReport = { readonly files: number; readonly bytes: number };

/** Writes `file`, which must not exist. Pictures are written once and never changed, so copying them after the database loses none it names. */
export async function writeBackup(db: Db, dataDir: string, file: string): Promise<BackupReport> {
  if (existsSync(file)) throw new Error(`${file} exists already; a backup overwrites nothing.`);
  const part = `${file}.part`;
  rmSync(part, { force: true });
  await copyDatabase(db, part);
  const copy = openAsIs(part);
  copy.sqlite.exec('CREATE TABLE backup_file (path TEXT PRIMARY KEY, bytes BLOB NOT NULL)');
  const insert = copy.sqlite.prepare('INSERT INTO backup_file VALUES (?, ?)');
  let files = 0;
  copy.sqlite.transaction(() => {
    for (const path of kept.flatMap((name) => filesBelow(join(dataDir, name)))) {
      insert.run(relative(dataDir, path), readFileSync(path));
      files++;
    }
  })();
  copy.sqlite.close();
  renameSync(part, file);
  return { files, bytes: statSync(file).size };
}

/** Makes `dataDir`'s files from a backup; refuses to touch a folder that already holds data. */
export function readBackup(file: string, dataDir: string, databaseName: string): BackupReport {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  const target = join(dataDir, databaseName);
  if (existsSync(target)) throw new Error(`${dataDir} already holds data. Restore into an empty folder: set DATA_DIR.`);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const part = `${target}.part`;
  writeFileSync(part, readFileSync(file), { mode: 0o600 });
  const copy = openAsIs(part);
  const rows = copy.sqlite.prepare('SELECT path, bytes FROM backup_file').iterate() as Iterable<{
    path: string;
    bytes: Buffer;
  }>;
  let files = 0;
  for (const { path, bytes } of rows) {
    writeKept(dataDir, path, bytes);
    files++;
  }
  copy.sqlite.exec('DROP TABLE backup_file; VACUUM;');
  copy.sqlite.close();
  renameSync(part, target);
  return { files, bytes: statSync(target).size };
}

function writeKept(dataDir: string, path: string, bytes: Buffer): void {
  // A backup is a file like any other and may have been tampered with: nothing leaves the folder.
  if (!/^(blobs\/[0-9a-f]{2}\/[0-9a-f]{62}|secrets\.json|set-up-link)$/.test(path))
    throw new Error(`The backup holds a file it should not: ${path}`);
  mkdirSync(dirname(join(dataDir, path)), { recursive: true, mode: 0o700 });
  writeFileSync(join(dataDir, path), bytes, { mode: 0o600 });
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => (name.endsWith('.part') ? [] : filesBelow(join(path, name))));
}
