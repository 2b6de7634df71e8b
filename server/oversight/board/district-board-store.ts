// The numbers of the district board, each from an index and for the caller's part of the city.
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { isLive } from '../record/record-store.ts';
import type { Spot } from './plane.ts';

export type BoardFigures = {
  /** Kitchens with a camera that can be live, and those of them that are. */
  readonly watched: number;
  readonly live: number;
  readonly overdue: number;
  readonly uncoded: number;
  readonly unscanned: number;
  readonly complaints: number;
  readonly silent: number;
  /** Shares, 0–1; undefined: nothing to tell them from. */
  readonly closure: number | undefined;
  readonly uptime: number | undefined;
  readonly confirmed: number | undefined;
  /** Seconds from a visible picture to the key. */
  readonly pace: number | undefined;
};

const closureDays = 90;
const paceDays = 30;
/** Of the newest verdicts: enough for a figure, few enough to read. */
const verdictsRead = 20_000;
const mostSpots = 50_000;

export function boardFigures(db: Db, caller: Caller, now: number): BoardFigures {
  const asked = {
    ...scopeOf(caller),
    now,
    since: now - closureDays * dayMs,
    paceSince: now - paceDays * dayMs,
    yesterday: dayOf(now - dayMs),
  };
  const one = <Row>(sql: string) => db.sqlite.prepare(sql).get(asked) as Row;
  const cameras = one<{ watched: number; live: number }>(
    `SELECT count(*) AS watched, coalesce(sum(live), 0) AS live FROM (
       SELECT max(${isLive}) AS live FROM camera c JOIN restaurant r ON r.id = c.restaurant_id
       WHERE c.removed_at IS NULL AND c.kind <> 'picture' AND ${seen('r.site_id')} GROUP BY c.restaurant_id)`,
  );
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
    ...cameras,
    ...countsOf(db, asked),
    closure: share(closed.accepted, closed.due),
    uptime: share(up.sampled ?? 0, (up.sampled ?? 0) + (up.missed ?? 0)),
    confirmed: share(said.confirmed ?? 0, said.decided),
    pace: said.ms === null ? undefined : said.ms / 1000,
  };
}

export const rowKinds = ['overdue', 'uncoded', 'unscanned', 'complaints', 'silent', 'dark'] as const;
export type RowKind = (typeof rowKinds)[number];

/** What stands behind a number: which place, since when, and where it is seen. */
const rowsOf: Readonly<Record<RowKind, string>> = {
  overdue: `SELECT r.site_id AS site, '/orders/' || o.id AS href, o.due_at AS at FROM rectification_order o
    JOIN restaurant r ON r.id = o.restaurant_id WHERE o.state = 'issued' AND o.due_at < @now`,
  uncoded: findingRows('uncoded'),
  unscanned: findingRows('unscanned'),
  complaints: `SELECT c.site_id AS site, '/complaints/' || c.id AS href, c.at FROM complaint c WHERE c.state IN ('new', 'looked')`,
  silent: `SELECT s.id AS site, '/recalls/' || c.public_id AS href, n.sent_at AS at FROM recall c
    JOIN recall_notice n ON n.recall_id = c.id AND n.state <> 'answered' JOIN site s ON s.key = n.site_key WHERE c.state = 'open'`,
  dark: `SELECT r.site_id AS site, '/kitchens/' || r.id AS href, coalesce(max(c.last_frame_at), min(c.created_at)) AS at FROM camera c
    JOIN restaurant r ON r.id = c.restaurant_id WHERE c.removed_at IS NULL AND c.kind <> 'picture'
    GROUP BY r.id HAVING max(${isLive}) = 0`,
};

function findingRows(kind: 'uncoded' | 'unscanned'): string {
  return `SELECT s.id AS site, '/lots/' || f.lot_id AS href, f.at FROM finding f LEFT JOIN site s ON s.key = f.site_key
    WHERE f.closed_at IS NULL AND f.kind = '${kind}'`;
}

function countsOf(db: Db, asked: Readonly<Record<string, unknown>>) {
  const count = (kind: RowKind) =>
    db.sqlite
      .prepare(`SELECT count(*) FROM (${rowsOf[kind]}) x WHERE ${seen('x.site')}`)
      .pluck()
      .get(asked) as number;
  return {
    overdue: count('overdue'),
    uncoded: count('uncoded'),
    unscanned: count('unscanned'),
    complaints: count('complaints'),
    silent: count('silent'),
  };
}

export type BoardRow = {
  readonly site: string | null;
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly href: string;
  readonly at: number;
};

/** The oldest first. */
export function boardRows(
  db: Db,
  caller: Caller,
  kind: RowKind,
  { now, limit }: { readonly now: number; readonly limit: number },
): BoardRow[] {
  return db.sqlite
    .prepare(
      `SELECT x.site, coalesce(r.name, s.name) AS name, coalesce(r.name_en, s.name_en) AS nameEn, x.href, x.at
       FROM (${rowsOf[kind]}) x LEFT JOIN restaurant r ON r.site_id = x.site LEFT JOIN site s ON s.id = x.site
       WHERE ${seen('x.site')} ORDER BY x.at, x.href LIMIT @limit`,
    )
    .all({ ...scopeOf(caller), now, limit }) as BoardRow[];
}

/** Kitchens whose place is known, by what is to be done there. */
export function kitchenSpots(db: Db, caller: Caller): Spot[] {
  return db.sqlite
    .prepare(
      `SELECT k.site_id AS site, p.latitude, p.longitude, k.tier AS state FROM premises p JOIN risk_score k ON k.site_id = p.site_id
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

export function tiersByDistrict(db: Db, caller: Caller): DistrictTiers[] {
  return db.sqlite
    .prepare(
      `SELECT d.name, d.name_en AS nameEn, sum(k.tier = 'at_once') AS atOnce, count(*) AS kitchens
       FROM risk_score k JOIN site_district x ON x.site_id = k.site_id JOIN district d ON d.id = x.district_id
       WHERE k.kind = 'kitchen' AND ${seen('k.site_id')} GROUP BY d.id ORDER BY d.name LIMIT 50`,
    )
    .all(scopeOf(caller)) as DistrictTiers[];
}

function seen(site: string): string {
  return `(@all OR ${site} IN (SELECT value FROM json_each(@seen)))`;
}

function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** A day in Beijing. */
function dayOf(at: number): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}
