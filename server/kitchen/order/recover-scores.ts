// Gives points back to kitchens that lost none for thirty days. main.ts calls this from a daily timer.
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { changeScore } from './change-score.ts';
import { fullScore, steadyAfterMs, steadyDelta } from './score.ts';

const mostAtOnce = 500;

/** Returns how many kitchens recovered. A kitchen recovers at most once in thirty days. */
export function recoverScores(deps: Pick<Deps, 'db' | 'clock'>): number {
  const { db, clock } = deps;
  const at = clock();
  const rows = db.sqlite
    .prepare(
      `SELECT r.id FROM restaurant r WHERE r.score < @full AND r.created_at <= @since AND NOT EXISTS
        (SELECT 1 FROM score_event e WHERE e.restaurant_id = r.id AND e.at > @since AND (e.delta < 0 OR e.reason = 'steady')) LIMIT @limit`,
    )
    .all({ full: fullScore, since: at - steadyAfterMs, limit: mostAtOnce }) as { id: number }[];
  if (rows.length === 0) return 0;
  writeTransaction(db, () => {
    for (const { id } of rows) {
      changeScore(db, { restaurantId: id, delta: steadyDelta(), reason: 'steady', at });
      appendEntry(db, { kind: 'score', subject: `restaurant/${id}`, body: { reason: 'steady' }, at });
    }
  });
  return rows.length;
}
