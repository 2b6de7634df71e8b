// The sample sheet: the columns in the order a person fills them, and two lots, with a GTIN and without.
import type { LotColumn } from './lot-headings.ts';

export const sampleColumns = [
  'gtin',
  'lot',
  'origin',
  'batch',
  'product',
  'spec',
  'quantity',
  'unit',
  'producedAt',
  'expiresAt',
  'from',
  'to',
  'at',
  'quarantine',
  'quality',
] as const satisfies readonly LotColumn[];

export const sampleRows: readonly (readonly string[])[] = [
  [
    '06901234567892',
    'YX261119-A07',
    '云溪市青坪镇',
    '',
    '冷鲜猪五花肉',
    '约 2 kg/块',
    '162',
    '千克',
    '2026-11-19',
    '2026-11-26',
    '云溪联合屠宰厂',
    '王记鲜肉',
    '2026-11-19 07:00',
    '3309 2611 1807 42',
    'YXLH-261119-0215',
  ],
  ['', '', '云溪市白沙村', '青菜 1119', '小白菜', '', '40', '千克', '2026-11-19', '', '', '', '', '', ''],
];
