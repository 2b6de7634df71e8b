// How a reviewer, and the house, are doing: seconds, shares, agreement.
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { kappa } from '../flag/agreement.ts';
import { judgedPairs, lastVerdictsBy } from '../flag/verdict-store.ts';
import { beijingDay, beijingMidnight } from '../restaurant/hours.ts';
import { type FrameShares, median, publishedSeconds, quantile, spentPerThousandFrames } from './pace.ts';

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
  readonly p90Ms: number | undefined;
  readonly idle: number;
  readonly unseen: number;
  readonly frames: FrameShares;
  readonly secondsPerThousand: number | undefined;
  readonly kappa: number | undefined;
  readonly pairs: number;
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
  const timed = rows.flatMap(({ ms, idle }) => (ms === null || idle === 1 ? [] : [ms]));
  const frames = framesSince(db, since);
  const pairs = judgedPairs(db);
  return {
    days,
    decisions: rows.length,
    medianMs: median(timed),
    p90Ms: quantile(timed, 0.9),
    idle: rows.filter(({ idle }) => idle === 1).length,
    unseen: rows.filter(({ seen }) => seen === 0).length,
    frames,
    secondsPerThousand: spentPerThousandFrames(frames.sampled, rows.filter(({ seen }) => seen === 1).length, timed),
    kappa: kappa(pairs),
    pairs: pairs.length,
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
