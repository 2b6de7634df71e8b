// Writes down whose a stored picture is.
import type { Db } from '../../store/db.ts';
import { pictures } from './picture-tables.ts';

/** Inside the caller's transaction; a picture that is known already stays as it is. */
export function keepPicture(db: Db, picture: typeof pictures.$inferInsert): void {
  const back = { goneAt: null };
  db.orm
    .insert(pictures)
    .values(picture)
    .onConflictDoUpdate({ target: [pictures.hash, pictures.siteId], set: back })
    .run();
}
