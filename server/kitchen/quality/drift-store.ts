// Whether this week is like the quarter before it: how often each kind is flagged, how often rightly, how much is missed.
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { beijingDay } from '../restaurant/hours.ts';
import { type Share, wilson } from '../violation/share.ts';
import type { Span } from './miss-evidence-store.ts';

export type FlagLine = {
  readonly violation: string;
  /** Flags a frame. */
  readonly flagged: Share | undefined;
  /** Of the flags that were decided, those confirmed as this kind. */
  readonly right: Share | undefined;
};

export function flagLines(db: Db, caller: Caller, span: Span): FlagLine[] {
  const frames = framesIn(db, caller, span);
  const rows = db.sqlite
    .prepare(
      `SELECT f.violation, count(*) AS raised, sum(f.status IN ('confirmed', 'cleared')) AS decided,
          sum(f.status = 'confirmed' AND (SELECT v.violation FROM verdict v WHERE v.flag_id = f.id AND v.decision = 'confirmed'
            AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) ORDER BY v.id DESC LIMIT 1) = f.violation) AS "right"
        FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        WHERE f.audit = 0 AND f.at >= @from AND f.at < @to AND (@all = 1 OR r.site_id IN (SELECT value FROM json_each(@sites)))
        GROUP BY f.violation ORDER BY raised DESC`,
    )
    .all({ ...span, ...scopeOf(caller) }) as { violation: string; raised: number; decided: number; right: number }[];
  return rows.map(({ violation, raised, decided, right }) => ({
    violation,
    flagged: wilson(Math.min(raised, frames), frames),
    right: wilson(right, decided),
  }));
}

/** Frames that the models looked at. */
export function framesIn(db: Db, caller: Caller, { from, to }: Span): number {
  return db.sqlite
    .prepare(
      `SELECT coalesce(sum(s.looked), 0) FROM sample_day s JOIN camera c ON c.id = s.camera_id JOIN restaurant r ON r.id = c.restaurant_id
        WHERE s.day >= @first AND s.day < @last AND (@all = 1 OR r.site_id IN (SELECT value FROM json_each(@sites)))`,
    )
    .pluck()
    .get({ first: beijingDay(from), last: beijingDay(to + 24 * 3600_000 - 1), ...scopeOf(caller) }) as number;
}

function scopeOf(caller: Caller) {
  return { all: seesAllSites(caller) ? 1 : 0, sites: JSON.stringify(sitesSeen(caller)) };
}
