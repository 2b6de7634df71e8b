// What the system already knows of a shop's day: one question an item, each with its numbers and where its rows are.

import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../../trace/event/chain-links.ts';
import { type DayItem, type DayItemName, type DayState, dayItems, sampleMs } from './day.ts';

export type DayOf = {
  readonly siteId: string;
  /** What happened since then is looked at, unix ms. */
  readonly since: number;
  readonly now: number;
  readonly isSchool: 0 | 1;
};

type Fact = Omit<DayItem, 'item'>;
type Row = Readonly<Record<string, number>>;

const mostCounted = 1_000;

/** In the order of the list; items that only a person can know among them. */
export function factsOfDay(db: Db, day: DayOf): DayItem[] {
  const names = (Object.keys(dayItems) as DayItemName[]).filter((name) => day.isSchool === 1 || !dayItems[name].school);
  return names.map((item) => ({ item, ...facts[item](db, day) }));
}

const asked: Fact = { state: 'asked', values: {}, href: null };

const facts: Readonly<Record<DayItemName, (db: Db, day: DayOf) => Fact>> = {
  recalls,
  expiry,
  morning: () => asked,
  samples,
  receipts,
  temperature,
  health,
  orders,
  cameras,
  licence,
  disinfection: () => asked,
  oil: () => asked,
};

function ask(db: Db, sql: string, day: DayOf): Row {
  const today = beijingDay(day.now);
  return db.sqlite.prepare(sql).get({ ...day, today }) as Row;
}

function fact(state: DayState, values: Row, href: string | null): Fact {
  return { state, values, href };
}

function recalls(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT count(*) AS open, total(n.state <> 'answered') AS unanswered FROM site s
       JOIN recall_notice n ON n.site_key = s.key JOIN recall c ON c.id = n.recall_id AND c.state = 'open' WHERE s.id = @siteId`,
    day,
  );
  return fact((row['unanswered'] ?? 0) > 0 ? 'problem' : 'proved', row, '/my/recalls');
}

/** Goods past their date, as the books of the place say. */
function expiry(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT (SELECT count(*) FROM (SELECT 1 FROM holding h WHERE h.site_key = s.key LIMIT ${mostCounted})) AS lots,
       (SELECT count(*) FROM finding f WHERE f.site_key = s.key AND f.closed_at IS NULL AND f.kind = 'expired') AS expired,
       (SELECT count(*) FROM finding f WHERE f.site_key = s.key AND f.closed_at IS NULL AND f.kind = 'expiring') AS expiring
     FROM (SELECT @siteId AS id) w LEFT JOIN site s ON s.id = w.id`,
    day,
  );
  const state = (row['expired'] ?? 0) > 0 ? 'problem' : (row['lots'] ?? 0) > 0 ? 'proved' : 'unknown';
  return fact(state, row, '/my/findings');
}

/** Each dish of the last two days has its sample, and none was thrown away before its time. */
function samples(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT count(*) AS dishes, total(m.kept_at IS NULL) AS missing,
       total(m.discarded_at IS NOT NULL AND m.discarded_at < m.kept_at + ${sampleMs}) AS early,
       total(m.kept_at IS NOT NULL AND m.discarded_at IS NULL) AS kept
     FROM day_meal m WHERE m.site_id = @siteId AND m.at > @now - ${sampleMs}`,
    day,
  );
  const isWrong = (row['missing'] ?? 0) + (row['early'] ?? 0) > 0;
  const href = `/my/day/${encodeURIComponent(day.siteId)}/meals`;
  return fact(isWrong ? 'problem' : (row['dishes'] ?? 0) > 0 ? 'proved' : 'unknown', row, href);
}

function receipts(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT count(*) AS received, total(NOT EXISTS (SELECT 1 FROM lot_certificate c WHERE c.lot_id = h.lot_id)) AS bare
     FROM site s JOIN holding h ON h.site_key = s.key
       JOIN edge_out o ON o.holding_id = h.id AND o.voided_by IS NULL AND o.role = ${edgeRoles.received} AND o.at BETWEEN @since AND @now
     WHERE s.id = @siteId`,
    day,
  );
  const state = (row['bare'] ?? 0) > 0 ? 'problem' : (row['received'] ?? 0) > 0 ? 'proved' : 'unknown';
  return fact(state, row, '/my/purchases');
}

function temperature(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT (SELECT count(*) FROM event e JOIN sensor_reading r ON r.event_id = e.id AND r.type = 'Temperature'
        WHERE e.biz_location_key = s.key AND e.at BETWEEN @since AND @now AND e.voided_by IS NULL) AS readings,
       (SELECT count(*) FROM excursion x JOIN holding h ON h.lot_id = x.lot_id AND h.site_key = s.key
        WHERE x.site_key = s.key AND x.until_at >= @since) AS breaches
     FROM (SELECT @siteId AS id) w LEFT JOIN site s ON s.id = w.id`,
    day,
  );
  const state = (row['breaches'] ?? 0) > 0 ? 'problem' : (row['readings'] ?? 0) > 0 ? 'proved' : 'unknown';
  return fact(state, row, '/my/findings');
}

function health(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT count(*) AS staff, total(expires_on < @today) AS expired, total(expires_on BETWEEN @today AND date(@today, '+30 day')) AS near
     FROM day_staff WHERE site_id = @siteId AND left_at IS NULL`,
    day,
  );
  const state = (row['expired'] ?? 0) > 0 ? 'problem' : (row['staff'] ?? 0) > 0 ? 'proved' : 'unknown';
  return fact(state, row, `/my/day/${encodeURIComponent(day.siteId)}/settings#staff`);
}

function orders(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT (SELECT count(*) FROM restaurant r WHERE r.site_id = @siteId) AS shops, count(*) AS open, total(o.due_at < @now) AS overdue
     FROM restaurant r JOIN rectification_order o ON o.restaurant_id = r.id AND o.state = 'issued' WHERE r.site_id = @siteId`,
    day,
  );
  const state = (row['open'] ?? 0) > 0 ? 'problem' : (row['shops'] ?? 0) > 0 ? 'proved' : 'unknown';
  return fact(state, row, '/my/orders');
}

function cameras(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT count(*) AS cameras, total(c.state NOT IN ('online', 'new')) AS down, total(c.state = 'new') AS fresh
     FROM restaurant r JOIN camera c ON c.restaurant_id = r.id AND c.removed_at IS NULL WHERE r.site_id = @siteId`,
    day,
  );
  const known = (row['cameras'] ?? 0) - (row['fresh'] ?? 0);
  return fact((row['down'] ?? 0) > 0 ? 'problem' : known > 0 ? 'proved' : 'unknown', row, '/my');
}

function licence(db: Db, day: DayOf): Fact {
  const row = ask(
    db,
    `SELECT total(r.licence_until IS NOT NULL) AS known, total(r.licence_until < @today) AS expired,
       coalesce(min(CAST(julianday(r.licence_until) - julianday(@today) AS INTEGER)), 0) AS days
     FROM restaurant r WHERE r.site_id = @siteId`,
    day,
  );
  const state = (row['expired'] ?? 0) > 0 ? 'problem' : (row['known'] ?? 0) > 0 ? 'proved' : 'unknown';
  return fact(state, row, '/my');
}
