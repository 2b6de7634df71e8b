// The tables that this program gives out as CSV: one way for all of them, so that Excel opens each with its texts as they are.
import { stringify } from 'csv-stringify/sync';
import { textCell } from './sheet-cell.ts';

/** A text stays the text it is; a number, a day and a time may be taken for what they are. */
export type CsvCell = string | number | null | { readonly number: string } | { readonly day: string };

/** With the mark that tells Excel that it is UTF-8. */
export function csvFile(rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${csvRows(rows)}`;
}

/** Without the mark, for programs. */
export function csvRows(rows: readonly (readonly CsvCell[])[]): string {
  // Programs that part lines at tabs as well as commas do not part a quoted cell.
  return stringify(
    rows.map((row) => row.map(written)),
    { quoted_match: /[\t\r\n]/ },
  );
}

function written(cell: CsvCell): string | number {
  if (cell === null) return '';
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'string') return textCell(cell);
  const [plain, wanted] =
    'number' in cell ? [cell.number, /^-?\d+(\.\d+)?$/] : [cell.day, /^\d{4}-\d\d-\d\d( \d\d:\d\d)?$/];
  // Whatever is neither a number nor a day was not meant to be one.
  return plain === '' || wanted.test(plain) ? plain : textCell(plain);
}
