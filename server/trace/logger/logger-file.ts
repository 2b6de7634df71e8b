// A logger's file read into readings of one shipment, every doubt with its cell: what stops it, what is left out, what is only told.
import { Problem } from '../../http/problem.ts';
import { findHeadings } from '../sheet/heading-row.ts';
import { readSheetFile } from '../sheet/sheet-file.ts';
import {
  type DegreeUnit,
  knowsLoggerHeading,
  type LoggerHeading,
  mapLoggerHeadings,
  unitIn,
  zoneIn,
} from './logger-column.ts';
import { humidityOf, mostToldRows, type LoggerRow as Row, tellLostLines } from './logger-line.ts';
import { doubt, fault, inWindow, type LoggerFault, type LoggerReading, note, type Valued } from './logger-reading.ts';
import { type DayOrder, momentOf, possibleOrders, type TimeSpan } from './logger-time.ts';
import { degreesOf, isPlausible, round } from './logger-value.ts';

export type LoggerFile = {
  readonly headings: readonly LoggerHeading[];
  readonly readings: readonly LoggerReading[];
  readonly device: string | undefined;
  readonly found: readonly LoggerFault[];
};

export type LoggerChoices = {
  /** When the goods were on their way: what lies outside is not of them. */
  readonly window: TimeSpan;
  readonly order?: DayOrder | undefined;
};

const bounds = { rows: 100_100, columns: 60 };
export const mostReadings = 100_000;
const homeMinutes = 480;

/** Throws Problem `invalid_input` where the file is no table or none of a logger. */
export function readLoggerFile(bytes: Buffer, { window, order }: LoggerChoices): LoggerFile {
  const { sheets } = readSheetFile(bytes, knowsLoggerHeading, bounds);
  const tables = sheets.flatMap((sheet) => {
    const heading = findHeadings(sheet, knowsLoggerHeading);
    return heading === undefined ? [] : [{ sheet, heading, headings: mapLoggerHeadings(heading.headings) }];
  });
  const table = tables.find(({ headings }) => isWhole(headings));
  if (table === undefined) throw refused(tables[0]?.headings ?? []);
  const { sheet, heading, headings } = table;
  if (sheet.rows.length - heading.lastRow - 1 > mostReadings)
    throw new Problem('too_large', { detail: `More than ${mostReadings} lines; send the days of the journey alone.` });
  const above = sheet.rows.slice(0, heading.row).map((row) => row.map(({ text }) => text).join(' '));
  const from = heading.lastRow + 1;
  const rows = sheet.rows.slice(from, from + mostReadings).map((cells, index) => ({ cells, row: from + index }));
  const timeNames = headings.filter(({ meaning }) => meaning === 'moment' || meaning === 'day').map(({ name }) => name);
  const zone = [...timeNames, ...above].map(zoneIn).find((minutes) => minutes !== undefined) ?? homeMinutes;
  const unit = unitOf(headings, above);
  const read = readRows(rows, { headings, zone, unit, order, window });
  const unread = headings.filter(({ meaning }) => meaning === undefined);
  const notes = unread.map(({ column, name }) =>
    note(heading.lastRow, column, 'left_out', `${name} is not kept.`, name),
  );
  return { headings, device: deviceOf(headings, rows), readings: read.readings, found: [...notes, ...read.found] };
}

function isWhole(headings: readonly LoggerHeading[]): boolean {
  const has = (meaning: LoggerHeading['meaning']) => headings.some((heading) => heading.meaning === meaning);
  return has('temperature') && (has('moment') || (has('day') && has('clock')));
}

function refused(headings: readonly LoggerHeading[]): Problem {
  const seen = headings
    .map(({ name }) => name)
    .slice(0, 12)
    .join(', ');
  const detail =
    seen === ''
      ? 'No row names columns of a logger (time and temperature): export the readings of the logger as CSV, and send that.'
      : `A time and a temperature are needed; these columns were found: ${seen}.`;
  return new Problem('invalid_input', { faults: [{ place: 'file', code: 'no_logger', detail }] });
}

/** Where no heading says it, a title may, or a column of units. */
function unitOf(headings: readonly LoggerHeading[], above: readonly string[]): DegreeUnit | undefined {
  const said = headings.find(({ meaning, unit }) => meaning === 'temperature' && unit !== undefined)?.unit;
  return said ?? above.map(unitIn).find((unit) => unit !== undefined);
}

function deviceOf(headings: readonly LoggerHeading[], rows: readonly Row[]): string | undefined {
  const column = headings.find(({ meaning }) => meaning === 'device')?.column;
  const text =
    column === undefined ? undefined : rows.map(({ cells }) => cells[column]?.text ?? '').find((cell) => cell !== '');
  return text?.slice(0, 60);
}

type Reader = {
  readonly headings: readonly LoggerHeading[];
  readonly zone: number;
  readonly unit: DegreeUnit | undefined;
  readonly order: DayOrder | undefined;
  readonly window: TimeSpan;
};

function readRows(all: readonly Row[], reader: Reader): { readings: LoggerReading[]; found: LoggerFault[] } {
  const { headings, zone, order: said, window } = reader;
  const columnsOf = (meaning: LoggerHeading['meaning']) =>
    headings.filter((heading) => heading.meaning === meaning).map(({ column }) => column);
  const timeColumns =
    columnsOf('moment').length > 0 ? columnsOf('moment').slice(0, 1) : [...columnsOf('day'), ...columnsOf('clock')];
  const timeText = ({ cells }: Row) =>
    timeColumns
      .map((column) => cells[column]?.text ?? '')
      .join(' ')
      .trim();
  const rows = all.filter((row) => /\d/.test(timeText(row)));
  const found: LoggerFault[] = [];
  const [timeColumn = 0] = timeColumns;
  const unread = rows.filter((row) => dayOrdersOf(timeText(row), zone).length === 0);
  for (const row of unread.slice(0, mostToldRows))
    found.push(
      fault(row.row, timeColumn, 'not_a_time', `${timeText(row).slice(0, 40)} is no time.`, timeText(row).slice(0, 40)),
    );
  const dated = rows.filter((row) => !unread.includes(row));
  const orders = said === undefined ? possibleOrders(dated.map(timeText), zone, window) : [said];
  if (orders.length !== 1 && dated.length > 0) {
    const text = timeText(dated[0] as Row);
    const detail = `${text} may mean several days: say in which order day, month and year stand.`;
    found.push(fault((dated[0] as Row).row, timeColumn, 'ambiguous_day', detail, text));
  }
  const [order] = orders;
  const timed =
    order === undefined
      ? []
      : dated.flatMap((row) => {
          const at = momentOf(timeText(row), order, zone);
          return at === undefined ? [] : [{ row, at }];
        });
  tellLostLines(all, { headings, timeColumn, dated: rows, hasTime: (row) => /\d/.test(timeText(row)) }, found);
  const values = readValues(timed, reader, found);
  return { readings: inWindow(values, window, timeColumn, found), found };
}

function dayOrdersOf(text: string, zone: number): DayOrder[] {
  return possibleOrders([text], zone, { fromAt: Number.MIN_SAFE_INTEGER, untilAt: Number.MAX_SAFE_INTEGER });
}

type Timed = { readonly row: Row; readonly at: number };

function readValues(timed: readonly Timed[], { headings, unit }: Reader, found: LoggerFault[]): Valued[] {
  const probes = headings.filter(({ meaning }) => meaning === 'temperature' || meaning === 'further');
  const humid = headings.find(({ meaning }) => meaning === 'humidity')?.column;
  const unitColumn = headings.find(({ meaning }) => meaning === 'unit')?.column;
  let unsaid: Row | undefined;
  const values = timed.flatMap(({ row, at }): Valued[] => {
    const own = unitColumn === undefined ? undefined : unitIn(row.cells[unitColumn]?.text ?? '');
    const degrees = probes.flatMap((probe): number[] => {
      const text = row.cells[probe.column]?.text ?? '';
      const read = degreesOf(text, own ?? probe.unit ?? unit);
      if (read === 'unread') {
        // An empty second probe was not plugged in.
        if (text !== '' || probe.meaning === 'temperature')
          found.push(
            doubt(
              row.row,
              probe.column,
              'no_value',
              `${text === '' ? 'Nothing' : text.slice(0, 20)} is no temperature; the line is left out.`,
              text.slice(0, 20),
            ),
          );
        return [];
      }
      if (!read.unitSaid) unsaid ??= row;
      if (!isPlausible(read.celsius)) {
        found.push(
          doubt(
            row.row,
            probe.column,
            'implausible',
            `${text} is no temperature of goods on their way; it is left out.`,
            text.slice(0, 20),
          ),
        );
        return [];
      }
      return [read.celsius];
    });
    if (degrees.length === 0) return [];
    const humidity = humid === undefined ? undefined : humidityOf(row, humid, found);
    const meanC = round(degrees.reduce((sum, value) => sum + value, 0) / degrees.length);
    return [{ row: row.row, at, meanC, minC: Math.min(...degrees), maxC: Math.max(...degrees), humidity }];
  });
  if (unsaid !== undefined)
    found.push(
      doubt(
        unsaid.row,
        probes[0]?.column ?? 0,
        'unit_unsaid',
        'No unit is said: the numbers are taken as °C.',
        unsaid.cells[probes[0]?.column ?? 0]?.text ?? '',
      ),
    );
  return values;
}
