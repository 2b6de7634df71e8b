// How a value of a chart is written: its decimals, its unit, its interval.
import type { Texts } from '../../text/texts.ts';
import { formatNumber } from '../time.ts';
import type { ChartPoint, Unit } from './chart.ts';

const none = '—';

const written: Readonly<Record<Unit, (value: number, words: Texts) => string>> = {
  percent: (value) => `${formatNumber(value * 100, 1)}%`,
  count: (value) => formatNumber(value, Number.isInteger(value) ? 0 : 1),
  seconds: (value, words) => words.chart.seconds(formatNumber(value, 1)),
  points: (value, words) => words.chart.points(formatNumber(value, Number.isInteger(value) ? 0 : 1)),
  kappa: (value) => formatNumber(value, 2),
  celsius: (value) => `${formatNumber(value, 1)}\u00a0°C`,
};

export function valueText(words: Texts, unit: Unit, value: number | undefined): string {
  return value === undefined ? none : written[unit](value, words);
}

/** A measured value never stands without its interval. */
export function pointText(words: Texts, unit: Unit, { value, low, high }: ChartPoint): string {
  const text = valueText(words, unit, value);
  if (value === undefined || low === undefined || high === undefined) return text;
  return words.chart.withInterval(text, valueText(words, unit, low), valueText(words, unit, high));
}
