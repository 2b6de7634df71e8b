// The open data of inspections in the form of LIVES 1.0: the five files of it, and one of what was taken back.
import type { CsvCell } from '../../http/csv-file.ts';

export type LivesSheet = {
  readonly file: string;
  /** As LIVES 1.0 names them; a column of our own begins with none of its names. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
};

export const livesFiles = {
  businesses: [
    'business_id',
    'name',
    'address',
    'city',
    'state',
    'postal_code',
    'latitude',
    'longitude',
    'phone_number',
    'grade',
    'dine_in',
    'closed_on',
  ],
  inspections: ['business_id', 'score', 'date', 'description', 'type'],
  violations: ['business_id', 'date', 'code', 'description'],
  feed_info: ['feed_date', 'feed_version', 'municipality_name', 'municipality_url', 'contact_email'],
  legend: ['minimum_score', 'maximum_score', 'description'],
  corrections: ['business_id', 'date', 'corrected_on', 'what'],
} as const;

export type LivesFile = keyof typeof livesFiles;

/** 信用分 in words, without a gap from 0 to 100. */
export const legendRows: readonly (readonly CsvCell[])[] = [
  [90, 100, 'Good 良好'],
  [75, 89, 'Fair 一般'],
  [0, 74, 'Poor 较差'],
];

/** LIVES writes days as eight digits. */
export function livesDay(at: number): CsvCell {
  return { number: new Date(at + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '') };
}

/** Programs join the files by it: digits stay as they are, without what keeps a spreadsheet from rounding them. */
export function idCell(site: string): CsvCell {
  return { number: site };
}
