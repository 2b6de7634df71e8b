// What a district board tells of the past: closure, pace, what was confirmed, uptime, and the kitchens by what is to be done there.
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import { agreements } from '../../kitchen/quality/agreement-store.ts';
import { ratesOf } from '../../kitchen/quality/evidence-rates.ts';
import { missEvidence } from '../../kitchen/quality/miss-evidence-store.ts';
import type { Db } from '../../store/db.ts';
import { type Mark, marksOf, type Spot, type SpotState } from './plane.ts';
import { seen } from './scope.ts';

export type BoardShares = {
  /** Shares, 0–1; undefined: nothing to tell them from. */
  readonly closure?: number | undefined;
  readonly uptime?: number | undefined;
  readonly confirmed?: number | undefined;
  /** Seconds from a visible picture to the key. */
  readonly pace?: number | undefined;
  /** Of all violations on sampled frames, the share that reached no reviewer, over the quarter. */
  readonly missed?: number | undefined;
  /** Cohen's κ over what two people judged blind, the kinds weighed by their pairs, over the quarter. */
  readonly agreement?: number | undefined;
};

export type BoardHistory = {
  readonly shares: BoardShares;
  readonly marks: readonly Mark[];
  /** Kitchens whose place is known. */
  readonly counts: Readonly<Record<SpotState, number>>;
  readonly tiers: readonly DistrictTiers[];
};

const closureDays = 90;
const paceDays = 30;
/** Of the newest verdicts: enough for a figure, few enough to read. */
const verdictsRead = 20_000;
const mostSpots = 50_000;

/** JSON of it is as good as it is. */
export function boardHistory(db: Db, caller: Caller, now: number): BoardHistory {
  const spots = kitchenSpots(db, caller);
  const count = (state: SpotState) => spots.filter((spot) => spot.state === state).length;
  return {
    shares: { ...sharesOf(db, caller, now), ...qualityOf(db, caller, now) },
    marks: marksOf(spots),
    counts: { at_once: count('at_once'), by_date: count('by_date'), routine: count('routine') },
    tiers: tiersByDistrict(db, caller),
  };
}

function sharesOf(db: Db, caller: Caller, now: number): BoardShares {
  const asked = {
    ...scopeOf(caller),
    now,
    since: now - closureDays * dayMs,
    paceSince: now - paceDays * dayMs,
    yesterday: dayOf(now - dayMs),
  };
  const one = <Row>(sql: string) => db.sqlite.prepare(sql).get(asked) as Row;
  const closed = one<{ due: number; accepted: number }>(
    `SELECT count(*) AS due, coalesce(sum(o.state = 'accepted'), 0) AS accepted FROM rectification_order o
     JOIN restaurant r ON r.id = o.restaurant_id
     WHERE o.state <> 'withdrawn' AND o.issued_at >= @since AND o.due_at <= @now AND ${seen('r.site_id')}`,
  );
  const up = one<{ sampled: number | null; missed: number | null }>(
    `SELECT sum(d.sampled) AS sampled, sum(d.missed) AS missed FROM restaurant r CROSS JOIN camera c ON c.restaurant_id = r.id
       CROSS JOIN sample_day d ON d.camera_id = c.id AND d.day = @yesterday WHERE ${seen('r.site_id')}`,
  );
  const said = one<{ decided: number; confirmed: number | null; ms: number | null }>(
    `SELECT count(*) AS decided, sum(v.decision = 'confirmed') AS confirmed, avg(iif(v.idle = 0, v.visible_ms, NULL)) AS ms
     FROM verdict v JOIN flag f ON f.id = v.flag_id JOIN restaurant r ON r.id = f.restaurant_id
     WHERE v.id > (SELECT coalesce(max(id), 0) - ${verdictsRead} FROM verdict) AND v.at >= @paceSince AND f.audit = 0
       AND v.stage = 'first' AND v.decision IN ('confirmed', 'cleared') AND ${seen('r.site_id')}`,
  );
  return {
    closure: share(closed.accepted, closed.due),
    uptime: share(up.sampled ?? 0, (up.sampled ?? 0) + (up.missed ?? 0)),
    confirmed: share(said.confirmed ?? 0, said.decided),
    pace: said.ms === null ? undefined : said.ms / 1000,
  };
}

/** Kitchens whose place is known, by what is to be done there. */
function kitchenSpots(db: Db, caller: Caller): Spot[] {
  return db.sqlite
    .prepare(
      `SELECT k.site_id AS site, p.latitude, p.longitude, k.tier AS state FROM risk_score k INDEXED BY risk_score_first JOIN premises p ON p.site_id = k.site_id
       WHERE p.latitude IS NOT NULL AND k.kind = 'kitchen' AND ${seen('k.site_id')} LIMIT ${mostSpots}`,
    )
    .all(scopeOf(caller)) as Spot[];
}

export type DistrictTiers = {
  readonly name: string;
  readonly nameEn: string | null;
  readonly atOnce: number;
  readonly kitchens: number;
};

function tiersByDistrict(db: Db, caller: Caller): DistrictTiers[] {
  return db.sqlite
    .prepare(
      `SELECT d.name, d.name_en AS nameEn, sum(k.tier = 'at_once') AS atOnce, count(*) AS kitchens
       FROM risk_score k INDEXED BY risk_score_first JOIN site_district x ON x.site_id = k.site_id JOIN district d ON d.id = x.district_id
       WHERE k.kind = 'kitchen' AND ${seen('k.site_id')} GROUP BY d.id ORDER BY d.name LIMIT 50`,
    )
    .all(scopeOf(caller)) as DistrictTiers[];
}

function qualityOf(db: Db, caller: Caller, now: number): Pick<BoardShares, 'missed' | 'agreement'> {
  const span = { from: now - closureDays * dayMs, to: now + 1 };
  const rates = ratesOf(missEvidence(db, caller, span), () => true).filter(({ audited }) => audited > 0);
  const [missed, reached] = [sum(rates.map((rate) => rate.missed.total)), sum(rates.map((rate) => rate.reached.total))];
  // Who judged is nobody's district: agreement is the house's.
  const kinds = agreements(db, span).flatMap(({ people, pairs, kappa }) =>
    people !== undefined || kappa === undefined ? [] : [{ pairs, kappa }],
  );
  const pairs = sum(kinds.map((kind) => kind.pairs));
  return {
    missed: share(missed, missed + reached),
    agreement: pairs === 0 ? undefined : sum(kinds.map((kind) => kind.kappa * kind.pairs)) / pairs,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** A day in Beijing. */
function dayOf(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}
