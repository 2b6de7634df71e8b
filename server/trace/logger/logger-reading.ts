// Readings of a shipment out of a logger's lines: those of its own time, one a moment; what is left out is told by its line.
import { cellName } from '../sheet/cell.ts';
import type { TimeSpan } from './logger-time.ts';

/** fault: stops the file; doubt: a person takes it as it stands; note: told, and no reason to stop. */
export type LoggerFault = {
  readonly level: 'fault' | 'doubt' | 'note';
  readonly code: string;
  readonly cell: string;
  readonly detail: string;
  readonly shown: string;
};

export type LoggerReading = {
  readonly at: number;
  readonly meanC: number;
  readonly minC: number;
  readonly maxC: number;
  readonly humidity: number | undefined;
};

/** A reading and the line it stands on, counted from 0. */
export type Valued = LoggerReading & { readonly row: number };

/** One reading a moment, those of the shipment alone, in the order of time; what is not of it is told by its lines. */
export function inWindow(
  values: readonly Valued[],
  { fromAt, untilAt }: TimeSpan,
  column: number,
  found: LoggerFault[],
): LoggerReading[] {
  const outside = values.filter(({ at }) => at < fromAt || at > untilAt);
  const inside = values.filter(({ at }) => at >= fromAt && at <= untilAt).sort((a, b) => a.at - b.at);
  if (values.length > 0 && inside.length === 0) {
    const [first] = outside;
    const detail = `No reading lies between sending and receiving; the first is of ${said(first?.at ?? 0)}.`;
    found.push(fault(first?.row ?? 0, column, 'other_time', detail, said(first?.at ?? 0)));
  } else if (outside.length > 0) {
    const lines = outside.map(({ row }) => row + 1).sort((a, b) => a - b);
    const shown = `${lines[0]}–${lines.at(-1)}`;
    const detail = `${outside.length} readings (lines ${shown}) lie before sending or after receiving, and are left out.`;
    found.push(note((lines[0] ?? 1) - 1, column, 'outside', detail, shown));
  }
  if (values.length === 0 && !found.some(({ level }) => level === 'fault'))
    found.push(fault(0, column, 'no_readings', 'No line holds a time with a temperature.', ''));
  const once = new Map<number, Valued>();
  for (const value of inside) {
    const before = once.get(value.at);
    if (before !== undefined && before.meanC !== value.meanC)
      found.push(
        doubt(
          value.row,
          column,
          'twice',
          `Line ${before.row + 1} says ${before.meanC} °C for the same moment; that one is kept.`,
          String(value.meanC),
        ),
      );
    if (before === undefined) once.set(value.at, value);
  }
  const kept = [...once.values()];
  tellGaps(kept, column, found);
  return kept.map(({ row: _, ...reading }) => reading);
}

/** A logger that was silent for much longer than it usually is. */
function tellGaps(readings: readonly Valued[], column: number, found: LoggerFault[]): void {
  const steps = readings.slice(1).map(({ at }, index) => at - (readings[index]?.at ?? at));
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  for (const [index, step] of steps.entries()) {
    if (usual === 0 || step <= Math.max(usual * 4, 30 * 60_000)) continue;
    const minutes = Math.round(step / 60_000);
    const { row = 0 } = readings[index + 1] ?? {};
    found.push(note(row, column, 'gap', `${minutes} minutes before this line nothing was recorded.`, String(minutes)));
  }
}

function said(at: number): string {
  return new Date(at + homeMinutes * 60_000).toISOString().slice(0, 16).replace('T', ' ');
}

const homeMinutes = 480;

function teller(level: LoggerFault['level']) {
  return (row: number, column: number, code: string, detail: string, shown: string): LoggerFault => ({
    ...{ level, code, detail, shown },
    cell: cellName(row, column),
  });
}
export const [fault, doubt, note] = [teller('fault'), teller('doubt'), teller('note')];
