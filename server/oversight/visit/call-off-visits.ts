// Calls off the visit that is due at a place that closed, and puts it back when the place opens again.
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';

type Why = { readonly reason: string; readonly by: number; readonly at: number };

/**
 * Inside the caller's transaction. A visit that a recall or a complaint asked for stays due: goods may still lie there, and
 * somebody still waits for an answer. Returns whether one was called off.
 */
export function callOffVisits(db: Db, siteId: string, { reason, by, at }: Why): boolean {
  const id = db.sqlite
    .prepare(
      `SELECT v.id FROM visit v WHERE v.site_id = ? AND v.state = 'open' AND NOT EXISTS (
         SELECT 1 FROM visit_reason x WHERE x.visit_id = v.id AND x.kind IN ('recall', 'complaint'))`,
    )
    .pluck()
    .get(siteId) as number | undefined;
  if (id === undefined) return false;
  db.sqlite
    .prepare("UPDATE visit SET state = 'off', note = @reason, closed_at = @at, closed_by = @by WHERE id = @id")
    .run({ id, reason, at, by });
  appendEntry(db, { kind: 'visit', subject: `visit/${id}`, body: { step: 'called_off', site: siteId, by }, at });
  return true;
}

/** What was called off at `offAt` is due again, unless another visit is by now. */
export function putVisitsBack(
  db: Db,
  siteId: string,
  { offAt, by, at }: Omit<Why, 'reason'> & { offAt: number },
): boolean {
  const id = db.sqlite
    .prepare(
      `SELECT v.id FROM visit v WHERE v.site_id = @siteId AND v.state = 'off' AND v.closed_at = @offAt
         AND NOT EXISTS (SELECT 1 FROM visit o WHERE o.site_id = @siteId AND o.state = 'open')`,
    )
    .pluck()
    .get({ siteId, offAt }) as number | undefined;
  if (id === undefined) return false;
  db.sqlite
    .prepare("UPDATE visit SET state = 'open', note = NULL, closed_at = NULL, closed_by = NULL WHERE id = ?")
    .run(id);
  appendEntry(db, { kind: 'visit', subject: `visit/${id}`, body: { step: 'due_again', site: siteId, by }, at });
  return true;
}
