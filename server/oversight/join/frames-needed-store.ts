// Since when a kitchen's frames are still needed: since the first lot came that is still sold, held or recalled.
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { cameAt } from './goods-at-hour-store.ts';
import { usedUpDays } from './goods-stay.ts';

const longestDays = 90;

/** Unix ms; undefined: nothing that was there in the last ninety days is sold any more. */
export function framesNeededSince({ sqlite }: Db, siteId: string, now: number): number | undefined {
  const since = sqlite
    .prepare(
      `SELECT min(came) FROM (
         SELECT ${cameAt} AS came,
           l.expires_at AS expires, l.status
         FROM site s CROSS JOIN holding h ON h.site_key = s.key CROSS JOIN lot l ON l.id = h.lot_id
         WHERE s.id = @siteId
         UNION ALL SELECT c.reached_at, NULL, 'recalled' FROM site s CROSS JOIN recall_scope c ON c.site_key = s.key
           CROSS JOIN recall r ON r.id = c.recall_id AND r.state = 'open' WHERE s.id = @siteId)
       WHERE came >= @longest AND (status <> 'ok' OR iif(expires IS NULL, came >= @undated, expires >= @now - ${dayMs}))`,
    )
    .pluck()
    .get({ siteId, now, longest: now - longestDays * dayMs, undated: now - usedUpDays * dayMs });
  return typeof since === 'number' ? since : undefined;
}
