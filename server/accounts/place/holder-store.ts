// Who belongs to a place, or speaks for it by a grant of its own.
import type { Db } from '../../store/db.ts';

/** Whether accounts other than this one belong to the place or were granted it. */
export function isHeldByOthers(db: Db, siteId: string, accountId: number): boolean {
  const row = db.sqlite
    .prepare(
      `SELECT 1 FROM account_site WHERE site_id = @siteId AND account_id <> @accountId
       UNION ALL SELECT 1 FROM place_grant WHERE place = @siteId AND ended_at IS NULL AND account_id IS NOT @accountId LIMIT 1`,
    )
    .get({ siteId, accountId });
  return row !== undefined;
}
