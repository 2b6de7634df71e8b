// The miss rates and agreements as a table, numbers unrounded.
import type { CsvCell } from '../../http/csv-file.ts';
import type { QualityData } from './quality-data.ts';

const columns = ['part', 'group', 'violation', 'count', 'found', 'missed', 'caught', 'value', 'low', 'high'] as const;

type Line = Partial<Record<(typeof columns)[number], string | number | null>>;

export function qualitySheet({ misses, groups, districts, agreements }: QualityData): CsvCell[][] {
  const lines: Line[] = [
    ...misses.map((line) => missLine('house', '', line)),
    ...groups.flatMap(({ name, lines: own }) => own.map((line) => missLine('camera group', name, line))),
    ...districts.flatMap(({ name, lines: own }) => own.map((line) => missLine('district', name, line))),
    ...agreements.map(({ name, people, pairs, kappa, low, high }) => ({
      part: 'kappa',
      group: people?.join(' · ') ?? '',
      violation: name,
      count: pairs,
      value: kappa ?? null,
      low: low ?? null,
      high: high ?? null,
    })),
  ];
  return [[...columns], ...lines.map((line) => columns.map((column) => line[column] ?? null))];
}

function missLine(part: string, group: string, line: QualityData['misses'][number]): Line {
  const { name, audited, found, foundMissed, caught, rate } = line;
  const value = { value: rate?.share ?? null, low: rate?.low ?? null, high: rate?.high ?? null };
  return { part, group, violation: name, count: audited, found, missed: foundMissed, caught, ...value };
}
