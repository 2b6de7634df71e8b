// The miss rates and agreements as a CSV file, numbers unrounded.
import { stringify } from 'csv-stringify/sync';
import type { QualityData } from './quality-data.ts';

const columns = ['part', 'group', 'violation', 'count', 'found', 'missed', 'caught', 'value', 'low', 'high'] as const;

export function qualitySheet({ misses, groups, districts, agreements }: QualityData): string {
  const rows = [
    ...misses.map((line) => missRow('house', '', line)),
    ...groups.flatMap(({ name, lines }) => lines.map((line) => missRow('camera group', name, line))),
    ...districts.flatMap(({ name, lines }) => lines.map((line) => missRow('district', name, line))),
    ...agreements.map(({ name, people, pairs, kappa, low, high }) => ({
      part: 'kappa',
      group: people?.join(' · ') ?? '',
      violation: name,
      count: pairs,
      value: kappa ?? '',
      low,
      high,
    })),
  ];
  // Spreadsheets take what begins like a formula for one.
  return stringify(rows, { header: true, columns: [...columns], bom: true, escape_formulas: true });
}

function missRow(part: string, group: string, line: QualityData['misses'][number]) {
  const { name, audited, found, foundMissed, caught, rate } = line;
  const value = { value: rate?.share ?? '', low: rate?.low ?? '', high: rate?.high ?? '' };
  return { part, group, violation: name, count: audited, found, missed: foundMissed, caught, ...value };
}
