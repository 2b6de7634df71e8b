// What is known of a stored picture: where heads are on it, and who opened it unblurred.
import { and, eq, gt } from 'drizzle-orm';
import type { HeadReading } from '../../inference/types.ts';
import type { Db } from '../store/db.ts';
import { pictureOpenings, storedPictures } from './tables.ts';

/** Undefined when nobody has looked at these bytes. */
export function headReadingOf(db: Db, hash: string): HeadReading | undefined {
  const row = db.orm.select().from(storedPictures).where(eq(storedPictures.hash, hash)).get();
  if (row === undefined || row.look === null) return undefined;
  return { look: row.look, heads: row.heads, packs: row.packs };
}

/** Whether these bytes were stored as a picture: nothing else that is kept is opened by its hash. */
export function isStoredPicture(db: Db, hash: string): boolean {
  const where = eq(storedPictures.hash, hash);
  return db.orm.select({ hash: storedPictures.hash }).from(storedPictures).where(where).get() !== undefined;
}

/** Whether this account has written down since `since` (unix ms) why it opens the picture. */
export function hasOpened(db: Db, hash: string, accountId: number, since: number): boolean {
  const { id, by, at } = pictureOpenings;
  const where = and(eq(pictureOpenings.hash, hash), eq(by, accountId), gt(at, since));
  return db.orm.select({ id }).from(pictureOpenings).where(where).limit(1).get() !== undefined;
}
