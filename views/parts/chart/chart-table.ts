// The numbers of a chart as cells: as people read them beneath it, and unrounded for its CSV.
import type { Texts } from '../../text/texts.ts';
import type { Chart, ChartPoint } from './chart.ts';
import { pointText } from './unit.ts';

export type TableTwin = { readonly heads: readonly string[]; readonly rows: readonly (readonly string[])[] };

export function tableOf(words: Texts, chart: Chart): TableTwin {
  if (chart.kind === 'strip') {
    const named = (tone: keyof typeof chart.tones) => chart.tones[tone] ?? words.chart.none;
    return {
      heads: [chart.of, words.chart.inAll, ...chart.labels],
      rows: chart.rows.map(({ name, sum, tones }) => [name, sum, ...tones.map(named)]),
    };
  }
  if (chart.kind === 'bars') {
    return {
      heads: [chart.of, words.chart.value],
      rows: chart.points.map((point) => [point.label, pointText(words, chart.unit, point)]),
    };
  }
  const labels = chart.series[0]?.points.map(({ label }) => label) ?? [];
  return {
    heads: [chart.of, ...chart.series.map(({ name }) => name)],
    rows: labels.map((label, index) => [
      label,
      ...chart.series.map(({ points }) => pointText(words, chart.unit, points[index] ?? { label, value: undefined })),
    ]),
  };
}

/** A day is marked as one, so that spreadsheet programs may take it for what it is. */
type Cell = string | number | null | { readonly day: string };
const columns = ['chart', 'series', 'label', 'value', 'low', 'high', 'unit'] as const;

/** Every chart of a page in one sheet, a value a line; what is not known is an empty cell. */
export function chartSheet(charts: readonly Chart[]): Cell[][] {
  return [[...columns], ...charts.flatMap(linesOf)];
}

function linesOf(chart: Chart): Cell[][] {
  if (chart.kind === 'strip')
    return chart.rows.flatMap(({ name, tones }) =>
      tones.map((tone, index) => [chart.id, name, labelCell(chart.labels[index] ?? ''), tone, null, null, 'state']),
    );
  const series = chart.kind === 'bars' ? [{ name: '', points: chart.points }] : chart.series;
  return series.flatMap(({ name, points }) => points.map((point) => lineOf(chart, name, point)));
}

function lineOf({ id, unit }: Exclude<Chart, { kind: 'strip' }>, series: string, point: ChartPoint): Cell[] {
  const { label, value, low, high } = point;
  return [id, series, labelCell(label), value ?? null, low ?? null, high ?? null, unit];
}

function labelCell(label: string): Cell {
  return /^\d{4}-\d\d-\d\d$/.test(label) ? { day: label } : label;
}
