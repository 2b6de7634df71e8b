// The places an inspector has said are too near to them.
import type { Db } from '../../store/db.ts';

export type Conflict = { readonly id: number; readonly siteId: string; readonly reason: string; readonly at: number };

const mostConflicts = 500;

export function conflictsOf(db: Db, accountId: number): Conflict[] {
  return db.sqlite
    .prepare(
      `SELECT id, site_id AS siteId, reason, at FROM inspector_conflict
       WHERE account_id = ? AND ended_at IS NULL ORDER BY id DESC LIMIT ${mostConflicts}`,
    )
    .all(accountId) as Conflict[];
}
