// What is wrong, doubtful or worth saying of one cell of a sheet of lots, with the cell's name as the spreadsheet has it.
import type { Fault } from '../../http/problem.ts';
import { cellName } from '../sheet/cell.ts';
import type { LotColumn } from './lot-headings.ts';

/**
 * fault: has to be put right in the sheet; ask: a person says what is meant, as of a heading; doubt: a person may take it
 * as it stands; note: told, and no reason to stop.
 */
export type CellFaultLevel = 'fault' | 'ask' | 'doubt' | 'note';

export type CellFault = Fault & {
  readonly level: CellFaultLevel;
  /** As a spreadsheet counts: the first row is 1. */
  readonly row: number;
  readonly column: string;
  /** `B7`. */
  readonly cell: string;
  /** What was read from it, or what it may mean, in no language. */
  readonly shown: string | undefined;
};

export type FoundInCell = {
  readonly level: CellFaultLevel;
  readonly code: string;
  readonly detail: string;
  readonly shown?: string | undefined;
};

/** `row` and `at` counted from 0; `column` is the column of lots, or the heading where it is none. */
export function cellFault(row: number, at: number, column: string, found: FoundInCell): CellFault {
  return {
    place: `row ${row + 1}, column ${column}`,
    code: found.code,
    detail: found.detail,
    level: found.level,
    row: row + 1,
    column,
    cell: cellName(row, at),
    shown: found.shown,
  };
}

/** Whether these stop an import; doubts do not once a person has taken them as they stand. */
export function stops(faults: readonly CellFault[], doubts: 'stop' | 'take'): boolean {
  return faults.some(({ level }) => level === 'fault' || level === 'ask' || (level === 'doubt' && doubts === 'stop'));
}

/** Names the cell of a column in the row that is being read. */
export type FaultAt = (column: LotColumn, found: FoundInCell) => CellFault;
