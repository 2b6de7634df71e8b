// The shops' days in one list: what is done today, what was missed lately, which week was signed last.
import type { ShopLine } from '../../../views/oversight/day/days-page.tsx';
import { type Caller, scopeOf } from '../../accounts/caller.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import type { Db } from '../../store/db.ts';
import { ownPlaces } from '../../trace/place/own-place-store.ts';
import { placesOf } from '../../trace/place/place-store.ts';
import { dayAfter } from './day.ts';
import { officesOf } from './day-store.ts';

const lookBackDays = 35;
export const shopsPerPage = 100;

type Row = { siteId: string; missed: number; today: 'done' | 'closed' | null; week: string | null };

const shopSql = `SELECT w.siteId, max(0, min(@span, CAST(julianday(@today) - julianday(w.first) AS INTEGER))
    - (SELECT count(*) FROM day_check c WHERE c.site_id = w.siteId AND c.day >= @from AND c.day < @today)) AS missed,
    (SELECT c.state FROM day_check c WHERE c.site_id = w.siteId AND c.day = @today) AS today,
    (SELECT max(r.from_day) FROM day_report r WHERE r.site_id = w.siteId AND r.kind = 'week') AS week
  FROM (SELECT o.site_id AS siteId, date(min(o.at) / 1000, 'unixepoch', '+8 hours') AS first FROM day_office o
        WHERE o.office = 'officer' AND o.site_id NOT IN (SELECT site_id FROM restaurant WHERE closed_on IS NOT NULL) AND (@all OR o.site_id IN (SELECT value FROM json_each(@seen))) GROUP BY o.site_id) w`;

/** Of the caller's part of the city, most missed first. */
export function shopDays(db: Db, caller: Caller, now: number, offset: number): ShopLine[] {
  const today = beijingDay(now);
  const rows = db.sqlite
    .prepare(`${shopSql} ORDER BY missed DESC, w.siteId LIMIT ${shopsPerPage} OFFSET @offset`)
    .all({ ...scopeOf(caller), today, from: dayAfter(today, -lookBackDays), span: lookBackDays, offset }) as Row[];
  return linesOf(db, rows);
}

/** The caller's own, those without an officer too. */
export function ownDays(db: Db, caller: Caller, now: number): ShopLine[] {
  const today = beijingDay(now);
  const asked = {
    all: 0,
    seen: JSON.stringify(caller.sites),
    today,
    from: dayAfter(today, -lookBackDays),
    span: lookBackDays,
  };
  const rows = db.sqlite.prepare(shopSql).all(asked) as Row[];
  const known = new Map(linesOf(db, rows).map((line) => [line.site.id, line]));
  return ownPlaces(db, caller).map(
    (site) => known.get(site.id) ?? { site, today: 'open', missed: 0, week: null, officer: null },
  );
}

function linesOf(db: Db, rows: readonly Row[]): ShopLine[] {
  const places = placesOf(
    db,
    rows.map(({ siteId }) => siteId),
  );
  return rows.flatMap(({ siteId, missed, today, week }) => {
    const site = places.get(siteId);
    if (site === undefined) return [];
    return [{ site, missed, today: today ?? 'open', week, officer: officesOf(db, siteId).get('officer') ?? null }];
  });
}
