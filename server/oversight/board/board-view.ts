// What the district board shows of its numbers: in words, beside what others have published.
import type { BoardFigure } from '../../../views/oversight/board/district-board-page.tsx';
import type { PlaneMark } from '../../../views/oversight/board/plane.tsx';
import type { Chart } from '../../../views/parts/chart/chart.ts';
import { localName, type Texts } from '../../../views/text/texts.ts';
import type { Db } from '../../store/db.ts';
import type { DistrictTiers } from './board-history-store.ts';
import type { BoardFigures, RowKind } from './district-board-store.ts';
import type { Mark } from './plane.ts';

/** As in the pages of those who published them. */
const targets = { live: 0.985, closure: 0.977, confirmed: 0.9, paceSeconds: 9 } as const;

export function shownFigures(words: Texts, figures: BoardFigures): BoardFigure[] {
  const text = words.districtBoard;
  const rows = (kind: RowKind) => `/board/rows/${kind}`;
  const counted = (
    kind: 'overdue' | 'uncoded' | 'unscanned' | 'complaints' | 'silent',
    target?: string,
  ): BoardFigure => ({
    label: text[kind],
    value: String(figures[kind]),
    target,
    met: target === undefined ? 'unknown' : met(figures[kind] === 0),
    href: rows(kind),
  });
  const live = figures.watched === 0 ? undefined : figures.live / figures.watched;
  return [
    {
      label: text.live,
      value: `${figures.live} / ${figures.watched}`,
      target: text.liveTarget,
      met: least(live, targets.live),
      href: rows('dark'),
    },
    { label: text.uptime, value: percent(figures.uptime), target: undefined, met: 'unknown', href: '/kitchens/board' },
    {
      label: text.closure,
      value: percent(figures.closure),
      target: text.closureTarget,
      met: least(figures.closure, targets.closure),
      href: rows('overdue'),
    },
    counted('overdue'),
    ...reviewFigures(words, figures),
    counted('uncoded', text.zeroTarget),
    counted('unscanned', text.zeroTarget),
    counted('complaints'),
    counted('silent'),
  ];
}

function percent(value: number | undefined): string {
  return value === undefined ? '–' : `${(value * 100).toFixed(1)}%`;
}

function met(holds: boolean | undefined): BoardFigure['met'] {
  return holds === undefined ? 'unknown' : holds ? 'yes' : 'no';
}

function least(value: number | undefined, target: number): BoardFigure['met'] {
  return met(value === undefined ? undefined : value >= target);
}

/** How reviewing goes: seconds, what was confirmed, what was missed, how far people agree. */
function reviewFigures({ districtBoard: text }: Texts, figures: BoardFigures): BoardFigure[] {
  return [
    {
      label: text.pace,
      value: figures.pace === undefined ? '–' : text.seconds(figures.pace),
      target: text.paceTarget,
      met: met(figures.pace === undefined ? undefined : figures.pace <= targets.paceSeconds),
      href: '/review/quality',
    },
    {
      label: text.confirmed,
      value: percent(figures.confirmed),
      target: text.confirmedTarget,
      met: least(figures.confirmed, targets.confirmed),
      href: '/review/quality',
    },
    { label: text.missed, value: percent(figures.missed), target: undefined, met: 'unknown', href: '/review/quality' },
    {
      label: text.agreement,
      value: figures.agreement === undefined ? '–' : `κ ${figures.agreement.toFixed(2)}`,
      target: undefined,
      met: 'unknown',
      href: '/review/quality',
    },
  ];
}

export function shownMarks(db: Db, words: Texts, marks: readonly Mark[]): PlaneMark[] {
  const named = namesOf(
    db,
    marks.flatMap(({ site }) => (site === undefined ? [] : [site])),
  );
  return marks.map(({ x, y, at, state, count, site }) => {
    const names = site === undefined ? undefined : named.get(site);
    return {
      ...{ x, y, state, count, at: at?.join(',') },
      name: names === undefined ? '' : localName(words.lang, names),
      href: site === undefined ? `/risk?tier=${state}` : `/risk/sites/${encodeURIComponent(site)}`,
    };
  });
}

type Names = { readonly site: string; readonly name: string; readonly nameEn: string | null };

function namesOf(db: Db, sites: readonly string[]): Map<string, Names> {
  const rows = db.sqlite
    .prepare(
      'SELECT site_id AS site, name, name_en AS nameEn FROM restaurant WHERE site_id IN (SELECT value FROM json_each(?))',
    )
    .all(JSON.stringify(sites)) as Names[];
  return new Map(rows.map((row) => [row.site, row]));
}

export function boardCharts(words: Texts, districts: readonly DistrictTiers[]): Chart[] {
  return [
    {
      kind: 'bars',
      id: 'at-once',
      title: words.districtBoard.byDistrict,
      unit: 'percent',
      of: words.districtBoard.district,
      points: districts.map((district) => ({
        label: localName(words.lang, district),
        value: district.kitchens === 0 ? undefined : district.atOnce / district.kitchens,
      })),
    },
  ];
}

type FigureName = Exclude<keyof BoardFigures, 'watched'>;

/** The same numbers for the CSV, each a chart of one bar beside what is published. */
export function figureCharts(words: Texts, figures: BoardFigures): Chart[] {
  const text = words.districtBoard;
  const live = figures.watched === 0 ? undefined : figures.live / figures.watched;
  const one = (
    id: FigureName,
    unit: 'percent' | 'seconds' | 'count' | 'kappa',
    value: number | undefined,
    target?: number,
  ): Chart => ({
    kind: 'bars',
    id,
    title: text[id],
    unit,
    of: text.numbers,
    points: [{ label: text[id], value }],
    ...(target === undefined ? {} : { reference: { value: target, label: text.title } }),
  });
  return [
    one('live', 'percent', live, targets.live),
    one('uptime', 'percent', figures.uptime),
    one('closure', 'percent', figures.closure, targets.closure),
    one('pace', 'seconds', figures.pace, targets.paceSeconds),
    one('confirmed', 'percent', figures.confirmed, targets.confirmed),
    one('missed', 'percent', figures.missed),
    one('agreement', 'kappa', figures.agreement),
    ...(['overdue', 'uncoded', 'unscanned', 'complaints', 'silent'] as const).map((id) =>
      one(id, 'count', figures[id]),
    ),
  ];
}
