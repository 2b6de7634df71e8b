// Lines of a logger's file of which something would be lost without a word: no time, numbers cut in two, a humidity that is none.
import type { Cell } from '../sheet/cell.ts';
import type { LoggerHeading } from './logger-column.ts';
import { doubt, fault, type LoggerFault } from './logger-reading.ts';
import { numberIn } from './logger-value.ts';

export type LoggerRow = { readonly cells: readonly Cell[]; readonly row: number };

/** Of one kind: more say nothing new. */
export const mostToldRows = 20;

type Table = {
  readonly headings: readonly LoggerHeading[];
  readonly timeColumn: number;
  /** The lines with a time. */
  readonly dated: readonly LoggerRow[];
  readonly hasTime: (row: LoggerRow) => boolean;
};

export function tellLostLines(all: readonly LoggerRow[], table: Table, found: LoggerFault[]): void {
  const told = [...linesWithoutTime(all, table), ...cutNumbers(table)];
  found.push(...told.slice(0, mostToldRows));
}

/** A temperature between others that nobody can place; what stands under the last line is a summary. */
function linesWithoutTime(all: readonly LoggerRow[], { headings, timeColumn, dated, hasTime }: Table): LoggerFault[] {
  const last = dated.at(-1)?.row ?? -1;
  const probes = headings.filter(({ meaning }) => meaning === 'temperature' || meaning === 'further');
  const isNumber = ({ cells }: LoggerRow) =>
    probes.some(({ column }) => numberIn(cells[column]?.text ?? '') !== undefined);
  const lost = all.filter((row) => row.row < last && !hasTime(row) && isNumber(row));
  return lost.map(({ row, cells }) => {
    const text = (cells[timeColumn]?.text ?? '').slice(0, 40);
    return doubt(row, timeColumn, 'no_time', 'A temperature without a time; the line is left out.', text);
  });
}

/** `-18,5` in a file parted at commas is −18 beside a 5 that has no heading. */
function cutNumbers({ headings, dated }: Table): LoggerFault[] {
  const width = Math.max(...headings.map(({ column }) => column)) + 1;
  return dated.flatMap(({ row, cells }) => {
    const at = cells.findIndex(({ text }, column) => column >= width && text !== '');
    if (at < 0) return [];
    const text = (cells[at]?.text ?? '').slice(0, 20);
    const detail = `${text} stands beside the table, under no heading: a decimal comma cuts numbers in two here. Export it with points, or with semicolons between the columns.`;
    return [fault(row, at, 'cut_number', detail, text)];
  });
}

/** Undefined where it is none, and said so; an empty cell is no fault. */
export function humidityOf({ row, cells }: LoggerRow, column: number, found: LoggerFault[]): number | undefined {
  const text = cells[column]?.text ?? '';
  const humidity = numberIn(text);
  if (text === '' || (humidity !== undefined && humidity >= 0 && humidity <= 100)) return humidity;
  const detail = `${text.slice(0, 20)} is no humidity; it is left out.`;
  found.push(doubt(row, column, 'no_humidity', detail, text.slice(0, 20)));
  return undefined;
}
