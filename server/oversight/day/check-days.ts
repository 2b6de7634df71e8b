// Looks by the clock for days that nobody did and reports that nobody signed: a finding of the shop, and a word to who missed it.
import type { Deps } from '../../deps.ts';
import { beijingDay } from '../../kitchen/restaurant/hours.ts';
import { closedSince } from '../../kitchen/restaurant/standing-store.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { keepFindings } from '../../trace/finding/finding-store.ts';
import { tell } from '../notice/send-notice.ts';
import { dayAfter, periodOf, type ReportKind, startOf } from './day.ts';
import { firstDay, officesOf } from './day-store.ts';
import { draftReport, signedReport } from './report-store.ts';

const mostShops = 50_000;
/** A report is late when its period is over for so many days. */
const graceDays = { week: 3, month: 7 } as const;
const lookBackDays = 35;

/** The job `check-days`; how many shops have a gap. */
export function checkDays({ db, clock }: Pick<Deps, 'db' | 'clock'>): number {
  const now = clock();
  const sites = db.sqlite
    .prepare(
      `SELECT DISTINCT s.key, o.site_id AS id FROM day_office o JOIN site s ON s.id = o.site_id
       WHERE o.office = 'officer' LIMIT ${mostShops}`,
    )
    .all() as { key: number; id: string }[];
  let withGap = 0;
  for (const { key, id } of sites) {
    const gaps = gapsOf(db, id, now);
    const subject = `day_missed/${id}`;
    const has = gaps.days.length + gaps.weeks + gaps.months > 0;
    if (has) withGap += 1;
    const [first] = gaps.days;
    const finding = {
      kind: 'day_missed' as const,
      subject,
      lotId: null,
      siteKey: key,
      eventId: null,
      at: first === undefined ? startOf(beijingDay(now)) : startOf(first),
      detail: { days: gaps.days.length, weeks: gaps.weeks, months: gaps.months },
    };
    writeTransaction(db, () => {
      keepFindings(db, [subject], has ? [finding] : [], now);
      remind({ db, clock }, id, gaps.days.at(-1), dayAfter(beijingDay(now), -1));
    });
  }
  return withGap;
}

export type Gaps = { readonly days: readonly string[]; readonly weeks: number; readonly months: number };

/** Days missed that no signed report has owned up to, and reports that are late. */
export function gapsOf(db: Db, siteId: string, now: number): Gaps {
  const first = firstDay(db, siteId);
  if (first === undefined) return { days: [], weeks: 0, months: 0 };
  const today = beijingDay(now);
  const from = [first, dayAfter(today, -lookBackDays)].sort().at(-1) ?? first;
  const closed = closedSince(db, siteId);
  // A period that the closing cut short is nobody's gap: who would sign it has gone.
  const ran = (until: string) => closed === undefined || until < closed;
  const days: string[] = [];
  let weeks = 0;
  for (let monday = periodOf('week', from).from; monday <= today; monday = dayAfter(monday, 7)) {
    if (signedReport(db, siteId, 'week', monday) !== undefined) continue;
    const { body } = draftReport(db, siteId, 'week', monday, now);
    days.push(
      ...body.days.filter(({ day, state }) => state === 'missed' && day >= from && day < today).map(({ day }) => day),
    );
    if (isLate('week', monday, today) && ran(periodOf('week', monday).until)) weeks += 1;
  }
  const lastMonth = periodOf('month', dayAfter(periodOf('month', today).from, -1)).from;
  const months =
    dayAfter(periodOf('month', lastMonth).until, 0) >= first &&
    isLate('month', lastMonth, today) &&
    ran(periodOf('month', lastMonth).until) &&
    signedReport(db, siteId, 'month', lastMonth) === undefined
      ? 1
      : 0;
  return { days, weeks, months };
}

function isLate(kind: ReportKind, day: string, today: string): boolean {
  return dayAfter(periodOf(kind, day).until, graceDays[kind]) < today;
}

/** The officer hears once of each day that was missed, the morning after. */
function remind(
  deps: Pick<Deps, 'db' | 'clock'>,
  siteId: string,
  lastMissed: string | undefined,
  yesterday: string,
): void {
  const officer = officesOf(deps.db, siteId).get('officer');
  if (officer === undefined || lastMissed !== yesterday) return;
  tell(deps, {
    kind: 'day',
    key: `day/${siteId}/${yesterday}`,
    title: { zh: `${yesterday} 的日管控没有完成`, en: `The daily check of ${yesterday} was not done` },
    body: {
      zh: '这一天会作为缺失写进本周的周排查报告。请今天按时完成，并说明昨天的情况。',
      en: 'That day goes into this week’s report as missed. Please do today’s list in time, and say what happened yesterday.',
    },
    href: `/my/day/${encodeURIComponent(siteId)}`,
    to: { accounts: [officer.accountId] },
  });
}
