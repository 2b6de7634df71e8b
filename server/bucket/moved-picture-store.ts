// Questions about pictures that left the folder, and about those that may.
import { count, eq } from 'drizzle-orm';
import type { Db } from '../store/db.ts';
import { movedPictures } from './bucket-tables.ts';

export function isMoved(db: Db, hash: string): boolean {
  return (
    db.orm.select({ at: movedPictures.at }).from(movedPictures).where(eq(movedPictures.hash, hash)).get() !== undefined
  );
}

export function countMoved(db: Db): number {
  return db.orm.select({ n: count() }).from(movedPictures).get()?.n ?? 0;
}

/** All of them, a page at a time in the order of their names. */
export function movedAfter(db: Db, hash: string, limit: number): string[] {
  return db.sqlite
    .prepare('SELECT hash FROM moved_picture WHERE hash > ? ORDER BY hash LIMIT ?')
    .pluck()
    .all(hash, limit) as string[];
}

/** Of these, those that nobody keeps any more: retention has removed what named them. */
export function forgottenOf({ sqlite }: Db, hashes: readonly string[]): string[] {
  return sqlite
    .prepare(
      `SELECT m.value FROM json_each(?) m
         WHERE NOT EXISTS (SELECT 1 FROM stored_picture s WHERE s.hash = m.value)
           AND NOT EXISTS (SELECT 1 FROM picture p WHERE p.hash = m.value AND p.gone_at IS NULL)`,
    )
    .pluck()
    .all(JSON.stringify(hashes)) as string[];
}

/** Whether these bytes are a picture that has been kept since before `latest`. */
export function isKeptPicture({ sqlite }: Db, hash: string, latest: number): boolean {
  return sqlite.prepare('SELECT 1 FROM stored_picture WHERE hash = ? AND at < ?').get(hash, latest) !== undefined;
}

/** Hashes of files that cameras play: ffmpeg opens them where they lie. */
export function playedFiles({ sqlite }: Db): Set<string> {
  const hashes = sqlite.prepare("SELECT substr(path, 6) FROM camera WHERE path LIKE 'blob:%'").pluck().all();
  return new Set(hashes as string[]);
}
