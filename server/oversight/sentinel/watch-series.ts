// Looks at every series of the day, and raises an alert where the control chart says that something has changed.
import { eq } from 'drizzle-orm';
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type Alert, lastAlertOf } from './alert-store.ts';
import { type Alarm, alarmOf, chanceOfEach, historyDays, seriesDays } from './control-chart.ts';
import { sentinelAlerts } from './sentinel-tables.ts';
import { dayNumber, dayText, type Series, seriesUntil } from './series-store.ts';

/** An explained alert keeps its series quiet for so long, unless there are twice as many again. */
const quietDays = 14;

/** The job `watch-series`; returns how many alerts are new. A second look on the same day adds none. */
export function watchSeries(deps: Pick<Deps, 'db' | 'clock'>): number {
  const { db, clock } = deps;
  const today = dayNumber(clock());
  const all = seriesUntil(db, today);
  const alpha = chanceOfEach(all.length);
  let raised = 0;
  for (const series of all) {
    const last = lastAlertOf(db, series);
    const alarm = alarmOf(series.counts, alpha, new Set([...daysOf(last, today), ...Array(series.before).keys()]));
    if (alarm === undefined || isQuiet(last, alarm, clock())) continue;
    if (last?.state === 'open') grow(deps, last, { series, alarm, today });
    else {
      raise(deps, { series, alarm, today });
      raised += 1;
    }
  }
  return raised;
}

/** The days of an alert are no history: places among the counts until `today`. */
function daysOf(alert: Alert | undefined, today: number): Set<number> {
  if (alert === undefined) return new Set();
  const end = seriesDays - 1 - (today - dayNumber(Date.parse(`${alert.day}T00:00:00+08:00`)));
  const places = Array.from({ length: alert.window }, (_, index) => end - index);
  return new Set(places.filter((place) => place >= 0 && place < historyDays));
}

function isQuiet(last: Alert | undefined, alarm: Alarm, now: number): boolean {
  if (last?.state !== 'explained') return false;
  const lately = (last.explainedAt ?? 0) > now - quietDays * dayMs;
  // The same window, as it stood when it was explained.
  const explained = last.counts.slice(-alarm.window).reduce((sum, count) => sum + count, 0);
  return lately && alarm.count < 2 * explained;
}

type Found = { readonly series: Series; readonly alarm: Alarm; readonly today: number };

function valuesOf({ series, alarm, today }: Found) {
  const { window, count, expected, limit, chance } = alarm;
  return { day: dayText(today), window, count, expected, limit, chance, counts: series.counts };
}

function raise({ db, clock }: Pick<Deps, 'db' | 'clock'>, found: Found): void {
  const { kind, scope, subject, class: name } = found.series;
  writeTransaction(db, () => {
    const row = { kind, scope, subject, class: name, ...valuesOf(found), state: 'open' as const, at: clock() };
    const { id } = db.orm.insert(sentinelAlerts).values(row).returning({ id: sentinelAlerts.id }).get();
    say(db, id, { raised: `${kind} ${scope} ${subject} ${name}`.trim(), ...numbers(found) }, clock());
  });
}

/** One that nobody has explained shows the newest numbers; it stays one alert. */
function grow({ db, clock }: Pick<Deps, 'db' | 'clock'>, alert: Alert, found: Found): void {
  const { day, count } = valuesOf(found);
  if (alert.day === day && alert.count === count) return;
  writeTransaction(db, () => {
    db.orm.update(sentinelAlerts).set(valuesOf(found)).where(eq(sentinelAlerts.id, alert.id)).run();
    say(db, alert.id, { goesOn: true, ...numbers(found) }, clock());
  });
}

function numbers({ alarm, today }: Found) {
  return { day: dayText(today), window: alarm.window, count: alarm.count, limit: alarm.limit };
}

function say(db: Db, id: number, body: Record<string, unknown>, at: number): void {
  appendEntry(db, { kind: 'sentinel-alert', subject: `alert/${id}`, body, at });
}
