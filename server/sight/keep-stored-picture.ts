// Writes down that a picture is stored and where heads are on it, and forgets both with the picture.
import { inArray, sql } from 'drizzle-orm';
import type { HeadReading } from '../../inference/types.ts';
import type { Db } from '../store/db.ts';
import { storedPictures } from './tables.ts';

/** Inside the caller's transaction. A closer look takes the place of a quick one, never the other way round; no reading changes nothing. */
export function keepStoredPicture(db: Db, hash: string, reading: HeadReading | undefined, at: number): void {
  const heads = (reading?.heads ?? []).map(([x, y, w, h]): [number, number, number, number] => [x, y, w, h]);
  const row = { look: reading?.look ?? null, heads, packs: [...(reading?.packs ?? [])], at };
  db.orm
    .insert(storedPictures)
    .values({ hash, ...row })
    .onConflictDoUpdate({
      target: storedPictures.hash,
      set: row,
      setWhere: sql`excluded.look = 'close' OR (excluded.look = 'frame' AND ${storedPictures.look} IS NULL)`,
    })
    .run();
}

/** Inside the caller's transaction. */
export function forgetStoredPictures(db: Db, hashes: readonly string[]): void {
  if (hashes.length === 0) return;
  db.orm
    .delete(storedPictures)
    .where(inArray(storedPictures.hash, [...hashes]))
    .run();
}
