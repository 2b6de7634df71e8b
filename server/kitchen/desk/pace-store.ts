// How a reviewer, and the house, are doing: seconds, shares, agreement, what was missed.
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { kappa } from '../flag/agreement.ts';
import { judgedPairs, lastVerdictsBy } from '../flag/verdict-store.ts';
import { beijingDay, beijingMidnight } from '../restaurant/hours.ts';
import { type AuditCount, type MissRate, missRates } from '../violation/miss-rate.ts';
import { type FrameShares, median, publishedSeconds, secondsPerThousandFrames } from './pace.ts';

const shownDecisions = 40;

export type ReviewerPace = {
  readonly medianMs: number | undefined;
  readonly lastMs: readonly number[];
  readonly today: number;
  readonly kappa: number | undefined;
  readonly publishedSeconds: number;
};

export function paceOf(db: Db, reviewerId: number, now: number): ReviewerPace {
  const verdicts = lastVerdictsBy(db, reviewerId);
  const midnight = beijingMidnight(now);
  const timed = verdicts.flatMap(({ visibleMs, idle }) => (visibleMs === null || idle === 1 ? [] : [visibleMs]));
  const lastMs = timed.slice(0, shownDecisions);
  return {
    medianMs: median(lastMs),
    lastMs,
    today: verdicts.filter((verdict) => verdict.at >= midnight).length,
    kappa: kappa(judgedPairs(db, reviewerId)),
    publishedSeconds,
  };
}

export type HousePace = {
  readonly days: number;
  readonly decisions: number;
  readonly medianMs: number | undefined;
  readonly idle: number;
  readonly unseen: number;
  readonly frames: FrameShares;
  readonly secondsPerThousand: number | undefined;
  readonly kappa: number | undefined;
  readonly pairs: number;
  readonly misses: readonly MissRate[];
};

const mostVerdictsCounted = 20_000;

/** The last `days` days of everyone. */
export function housePace(db: Db, now: number, days: number): HousePace {
  const since = now - days * dayMs;
  const rows = db.sqlite
    .prepare(
      `SELECT v.visible_ms AS ms, v.idle, v.seen FROM verdict v WHERE v.at >= @since AND v.decision <> 'undone'
        AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes = v.id) ORDER BY v.id DESC LIMIT ${mostVerdictsCounted}`,
    )
    .all({ since }) as { ms: number | null; idle: number; seen: number }[];
  const medianMs = median(rows.flatMap(({ ms, idle }) => (ms === null || idle === 1 ? [] : [ms])));
  const frames = framesSince(db, since);
  const pairs = judgedPairs(db);
  return {
    days,
    decisions: rows.length,
    medianMs,
    idle: rows.filter(({ idle }) => idle === 1).length,
    unseen: rows.filter(({ seen }) => seen === 0).length,
    frames,
    secondsPerThousand: secondsPerThousandFrames(frames, medianMs === undefined ? undefined : medianMs / 1000),
    kappa: kappa(pairs),
    pairs: pairs.length,
    misses: missRates(auditCounts(db, since)),
  };
}

function framesSince(db: Db, since: number): FrameShares {
  const row = db.sqlite
    .prepare(
      'SELECT coalesce(sum(looked), 0) AS sampled, coalesce(sum(flagged), 0) AS flagged, coalesce(sum(audited), 0) AS audited FROM sample_day WHERE day >= ?',
    )
    .get(beijingDay(since));
  return row as FrameShares;
}

/** Of audited frames that somebody looked at and decided: asked about, and there after all. A corrected class counts where the person put it. */
function auditCounts(db: Db, since: number): AuditCount[] {
  const rows = db.sqlite
    .prepare(
      `SELECT f.violation AS asked, f.status, (SELECT v.violation FROM verdict v WHERE v.flag_id = f.id AND v.decision = 'confirmed' ORDER BY v.id DESC LIMIT 1) AS found
        FROM flag f WHERE f.audit = 1 AND f.at >= ? AND f.status IN ('confirmed', 'cleared')
          AND NOT EXISTS (SELECT 1 FROM verdict g WHERE g.flag_id = f.id AND g.seen = 0) LIMIT ${mostVerdictsCounted}`,
    )
    .all(since) as { asked: string; status: string; found: string | null }[];
  const counts = new Map<string, { asked: number; missed: number }>();
  const countOf = (violation: string) => {
    const count = counts.get(violation) ?? { asked: 0, missed: 0 };
    counts.set(violation, count);
    return count;
  };
  for (const { asked, status, found } of rows) {
    countOf(asked).asked++;
    if (status !== 'confirmed' || found === null) continue;
    if (found !== asked) countOf(found).asked++;
    countOf(found).missed++;
  }
  return [...counts].map(([violation, count]) => ({ violation, ...count }));
}
