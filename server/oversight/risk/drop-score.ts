// Takes a kitchen that closed out of the risk list; the grades it was given stay on record.
import type { Db } from '../../store/db.ts';

/** Inside the caller's transaction. When it opens again it is scored again, from the grade it had. */
export function dropScore(db: Db, siteId: string): void {
  db.sqlite.prepare('DELETE FROM risk_score WHERE site_id = ?').run(siteId);
}
