// The daily counts that are watched: by city, district and kitchen, each by class too, over nine weeks of Beijing days.
import { dayMs, hourMs } from '../../clock.ts';
import type { Db } from '../../store/db.ts';
import { seriesDays } from './control-chart.ts';
import type { seriesKinds, seriesScopes } from './sentinel-tables.ts';

export type SeriesName = {
  readonly kind: (typeof seriesKinds)[number];
  readonly scope: (typeof seriesScopes)[number];
  readonly subject: string;
  readonly class: string;
};
export type Series = SeriesName & {
  readonly counts: number[];
  /** So many of the first days nobody counted yet: they are no history. */
  readonly before: number;
};

const mostSeries = 200_000;

/** The number of a day in Beijing. */
export function dayNumber(at: number): number {
  return Math.floor((at + 8 * hourMs) / dayMs);
}

/** `2026-11-30`. */
export function dayText(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Every series with anything in it until `day`, which is the last of its counts. */
export function seriesUntil(db: Db, day: number): Series[] {
  const first = day - seriesDays + 1;
  const found = new Map<string, Series>();
  const districts = new Map(
    db.sqlite.prepare('SELECT site_id, district_id FROM site_district').raw().all() as [string, number][],
  );
  const add = (name: SeriesName, index: number, count: number) => {
    const key = `${name.kind}\n${name.scope}\n${name.subject}\n${name.class}`;
    const known = found.get(key) ?? { ...name, counts: new Array<number>(seriesDays).fill(0), before: 0 };
    if (found.size >= mostSeries && !found.has(key)) return;
    known.counts[index] = (known.counts[index] ?? 0) + count;
    found.set(key, known);
  };
  for (const [kind, sql] of Object.entries(questions) as [SeriesName['kind'], string][]) {
    const from = first * dayMs - 8 * hourMs;
    const rows = db.sqlite
      .prepare(sql)
      .raw()
      .all({ from, until: from + seriesDays * dayMs }) as Row[];
    for (const [siteId, name, of, count] of rows) {
      const index = of - first;
      for (const group of name === '' ? [''] : ['', name])
        add({ kind, scope: 'city', subject: '', class: group }, index, count);
      if (siteId === null) continue;
      for (const group of name === '' ? [''] : ['', name])
        add({ kind, scope: 'kitchen', subject: siteId, class: group }, index, count);
      const district = districts.get(siteId);
      if (district === undefined) continue;
      for (const group of name === '' ? [''] : ['', name])
        add({ kind, scope: 'district', subject: String(district), class: group }, index, count);
    }
  }
  const begun = begunOn(db);
  return [...found.values()].map((series) => ({ ...series, before: daysBefore(series, found, begun, first) }));
}

/**
 * A new server, and a new kitchen, has nothing behind it that a first flag could be a spike against. What was counted
 * there proves that it was there, whatever day it was registered on.
 */
function daysBefore(
  { kind, scope, subject }: Series,
  all: ReadonlyMap<string, Series>,
  begun: ReturnType<typeof begunOn>,
  first: number,
): number {
  const isKitchen = scope === 'kitchen';
  const whole = all.get(isKitchen ? `${kind}\nkitchen\n${subject}\n` : `${kind}\ncity\n\n`);
  const counted = whole?.counts.findIndex((count) => count > 0) ?? seriesDays;
  const day = (isKitchen ? begun.kitchens.get(subject) : undefined) ?? begun.server;
  return Math.max(0, Math.min(counted, day - first));
}

/** Numbers of days. */
function begunOn({ sqlite }: Db) {
  const at = sqlite.prepare('SELECT at FROM ledger_entry ORDER BY seq LIMIT 1').pluck().get() as number | undefined;
  const kitchens = sqlite.prepare('SELECT site_id, created_at FROM restaurant').raw().all() as [string, number][];
  return {
    server: at === undefined ? 0 : dayNumber(at),
    kitchens: new Map(kitchens.map(([siteId, createdAt]) => [siteId, dayNumber(createdAt)])),
  };
}

type Row = readonly [siteId: string | null, name: string, day: number, count: number];

const beijingDay = (at: string) => `(${at} + ${8 * hourMs}) / ${dayMs}`;
const questions: Readonly<Record<SeriesName['kind'], string>> = {
  // What people cleared was nothing; what was drawn at random says nothing of how often it happens.
  flag: `SELECT r.site_id, f.violation, ${beijingDay('f.at')} AS day, count(*) FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
    WHERE f.at >= @from AND f.at < @until AND f.status <> 'cleared' AND f.audit = 0 AND f.violation <> 'camera_fault' GROUP BY 1, 2, 3`,
  complaint: `SELECT c.site_id, c.kind, ${beijingDay('c.at')} AS day, count(*) FROM complaint c
    WHERE c.at >= @from AND c.at < @until GROUP BY 1, 2, 3`,
  breach: `SELECT s.id, '', ${beijingDay('x.from_at')} AS day, count(*) FROM excursion x LEFT JOIN site s ON s.key = x.site_key
    WHERE x.from_at >= @from AND x.from_at < @until GROUP BY 1, 2, 3`,
  test: `SELECT NULL, t.subject, ${beijingDay('t.at')} AS day, count(*) FROM lab_test t
    WHERE t.at >= @from AND t.at < @until AND t.result = 'failed' GROUP BY 1, 2, 3`,
  blind: `SELECT r.site_id, e.after, ${beijingDay('e.at')} AS day, count(*) FROM camera_event e JOIN camera c ON c.id = e.camera_id
    JOIN restaurant r ON r.id = c.restaurant_id
    WHERE e.at >= @from AND e.at < @until AND e.after NOT IN ('online', 'new') GROUP BY 1, 2, 3`,
};
