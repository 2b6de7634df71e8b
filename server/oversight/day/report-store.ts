// What a weekly report (周排查) or monthly note (月调度) says: it writes itself from the days, what was out of order, and figures.
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { closedSince } from '../../kitchen/restaurant/standing-store.ts';
import { canonicalJson } from '../../ledger/entry.ts';
import { sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../../trace/event/chain-links.ts';
import { type DayItemName, dayAfter, daysBetween, type Office, periodOf, type ReportKind, startOf } from './day.ts';
import { checksOf, firstDay, linesOfChecks } from './day-store.ts';

export type ReportBody = {
  readonly kind: ReportKind;
  readonly site: string;
  readonly from: string;
  readonly until: string;
  /** Days before anybody was named, and of the month to come, are left out. */
  readonly days: readonly { readonly day: string; readonly state: 'done' | 'closed' | 'missed' }[];
  readonly answers: Readonly<Record<string, number>>;
  readonly exceptions: readonly { readonly day: string; readonly item: DayItemName; readonly words: string }[];
  readonly unknown: readonly { readonly item: DayItemName; readonly times: number }[];
  readonly figures: Readonly<Record<string, number>>;
  /** Of a month: its weeks, with the hash of what was signed. */
  readonly weeks: readonly { readonly from: string; readonly hash: string | null }[];
};

export type Draft = { readonly body: ReportBody; readonly text: string; readonly hash: string };

/** As it would be signed now; `day` lies in its period. */
export function draftReport(db: Db, siteId: string, kind: ReportKind, day: string, now: number): Draft {
  const { from, until } = periodOf(kind, day);
  const first = firstDay(db, siteId);
  const today = beijingDay(now);
  const closed = closedSince(db, siteId);
  const checks = checksOf(db, siteId, from, until);
  const lines = linesOfChecks(
    db,
    checks.map(({ id }) => id),
  );
  const dayOf = new Map(checks.map(({ id, day: of }) => [id, of]));
  const byDay = new Map(checks.map(({ day: of, state }) => [of, state]));
  const count = (answer: string) => lines.filter((line) => line.answer === answer).length;
  const unknown = new Map<DayItemName, number>();
  for (const { item, answer } of lines) if (answer === 'unknown') unknown.set(item, (unknown.get(item) ?? 0) + 1);
  const body: ReportBody = {
    kind,
    site: siteId,
    from,
    until,
    days: daysBetween(from, until)
      .filter(
        (each) => first !== undefined && each >= first && each <= today && !(closed !== undefined && each >= closed),
      )
      .map((each) => ({ day: each, state: byDay.get(each) ?? 'missed' })),
    answers: {
      proved: count('proved'),
      confirmed: count('confirmed'),
      exception: count('exception'),
      unknown: count('unknown'),
    },
    exceptions: lines
      .filter(({ answer }) => answer === 'exception')
      .map(({ checkId, item, words }) => ({ day: dayOf.get(checkId) ?? from, item, words: words ?? '' })),
    unknown: [...unknown].map(([item, times]) => ({ item, times })),
    figures: figuresOf(db, siteId, startOf(from), startOf(dayAfter(until, 1))),
    weeks: kind === 'month' ? weeksOf(db, siteId, from, until) : [],
  };
  const text = canonicalJson(body);
  return { body, text, hash: sha256Hex(text) };
}

function figuresOf(db: Db, siteId: string, from: number, until: number): Record<string, number> {
  return db.sqlite
    .prepare(
      `SELECT
         (SELECT count(*) FROM site s JOIN holding h ON h.site_key = s.key JOIN edge_out o ON o.holding_id = h.id
            AND o.voided_by IS NULL AND o.role = ${edgeRoles.received} AND o.at >= @from AND o.at < @until WHERE s.id = @siteId) AS receipts,
         (SELECT count(*) FROM site s JOIN holding h ON h.site_key = s.key JOIN edge_out o ON o.holding_id = h.id
            AND o.voided_by IS NULL AND o.role = ${edgeRoles.received} AND o.at >= @from AND o.at < @until
          WHERE s.id = @siteId AND NOT EXISTS (SELECT 1 FROM lot_certificate c WHERE c.lot_id = h.lot_id)) AS bare,
         (SELECT count(*) FROM excursion x JOIN site s ON s.key = x.site_key WHERE s.id = @siteId AND x.from_at >= @from AND x.from_at < @until) AS breaches,
         (SELECT count(*) FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
          WHERE r.site_id = @siteId AND o.issued_at >= @from AND o.issued_at < @until) AS orders,
         (SELECT count(*) FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
          WHERE r.site_id = @siteId AND o.closed_at >= @from AND o.closed_at < @until) AS closed,
         (SELECT count(*) FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
          WHERE r.site_id = @siteId AND o.overdue_at >= @from AND o.overdue_at < @until) AS overdue,
         (SELECT count(*) FROM recall_notice n JOIN site s ON s.key = n.site_key WHERE s.id = @siteId AND n.sent_at >= @from AND n.sent_at < @until) AS recalls,
         (SELECT count(*) FROM day_meal m WHERE m.site_id = @siteId AND m.at >= @from AND m.at < @until) AS dishes,
         (SELECT count(*) FROM day_meal m WHERE m.site_id = @siteId AND m.at >= @from AND m.at < @until AND m.kept_at IS NOT NULL) AS samples`,
    )
    .get({ siteId, from, until }) as Record<string, number>;
}

/** The weeks that end in the month. */
function weeksOf(db: Db, siteId: string, from: string, until: string): { from: string; hash: string | null }[] {
  const signed = new Map(signedReports(db, siteId, 'week', from).map((report) => [report.fromDay, report.hash]));
  const sundays = daysBetween(from, until).filter((day) => periodOf('week', day).until === day);
  return sundays.map((day) => {
    const monday = periodOf('week', day).from;
    return { from: monday, hash: signed.get(monday) ?? null };
  });
}

export type SignedReport = {
  readonly id: number;
  readonly kind: ReportKind;
  readonly fromDay: string;
  readonly untilDay: string;
  readonly body: string;
  readonly hash: string;
  readonly office: Office;
  readonly by: string;
  readonly byEn: string | null;
  readonly at: number;
};

/** Those of periods that end on or after `since`, newest first. */
export function signedReports(db: Db, siteId: string, kind: ReportKind, since: string): SignedReport[] {
  return db.sqlite
    .prepare(
      `SELECT d.id, d.kind, d.from_day AS fromDay, d.until_day AS untilDay, d.body, d.hash, d.office, a.name AS by, a.name_en AS byEn, d.at
       FROM day_report d JOIN account a ON a.id = d.account_id
       WHERE d.site_id = ? AND d.kind = ? AND d.until_day >= ? ORDER BY d.from_day DESC LIMIT 60`,
    )
    .all(siteId, kind, since) as SignedReport[];
}

export function signedReport(db: Db, siteId: string, kind: ReportKind, from: string): SignedReport | undefined {
  return signedReports(db, siteId, kind, from).find((report) => report.fromDay === from);
}
