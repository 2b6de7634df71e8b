// The cells of one row, each read for the column it stands under: codes letter by letter, amounts as numbers, days as days.

import { readAmount } from '../sheet/amount-text.ts';
import type { Cell } from '../sheet/cell.ts';
import { type CodeFault, codeFault, saysNothing } from '../sheet/code-text.ts';
import { readDay } from '../sheet/day-text.ts';
import { packOfHeading, readPack, unitOfPackHeading } from '../sheet/pack-text.ts';
import { shelfLifeText } from '../sheet/shelf-life.ts';
import type { CellFault, FaultAt, FoundInCell } from './cell-fault.ts';
import { dayAndLot, partedCodes } from './code-cells.ts';
import type { MappedHeading } from './heading-map.ts';
import { type CellAmount, settledAmount } from './lot-amount.ts';
import { codeColumns, type LotCells, type LotColumn } from './lot-headings.ts';

export type ReadCells = {
  readonly cells: LotCells;
  /** Undefined where none is said, or none can be read. */
  readonly amount: CellAmount | undefined;
  readonly found: readonly CellFault[];
};

const dayColumns: ReadonlySet<LotColumn> = new Set(['producedAt', 'expiresAt', 'at']);

/** `faultAt` names the cell of a column in this row. */
export function readCells(row: readonly Cell[], headings: readonly MappedHeading[], faultAt: FaultAt): ReadCells {
  const cells: Partial<Record<LotColumn, string>> = {};
  const amounts: Partial<Record<'quantity' | 'weight', CellAmount>> = {};
  const found: CellFault[] = [];
  for (const heading of headings) {
    const { meaning, column } = heading;
    const cell = row[column];
    if (meaning === undefined || meaning === 'idle' || cell === undefined) continue;
    const tell = (one: FoundInCell) => found.push(faultAt(meaning, one));
    const text = textOf(meaning, cell, tell);
    if (text === undefined || text === '') continue;
    cells[meaning] = heldText(text, heading, tell);
    if (meaning === 'quantity' || meaning === 'weight') {
      const amount = amountOf(cell, heading, tell);
      if (amount !== undefined) amounts[meaning] = amount;
    }
  }
  const settled = settledAmount(amounts, cells.unit, faultAt);
  const told = dayAndLot(cells, faultAt);
  const parted = partedCodes(told.cells, faultAt);
  return {
    cells: parted.cells,
    amount: settled.amount,
    found: [...found, ...settled.found, ...told.found, ...parted.found],
  };
}

function heldText(text: string, heading: MappedHeading, tell: Tell): string {
  if (heading.meaning === 'packSize') return packText(text, heading, tell);
  return heading.meaning === 'shelfLife' ? shelfLifeText(text, heading.name) : text;
}

/** What one pack holds, `12.5 kg/箱`: what the cell leaves out may stand in its heading. */
function packText(text: string, { name, unit: inHeading }: MappedHeading, tell: Tell): string {
  const read = readPack(text);
  const unit = read?.unit ?? inHeading ?? unitOfPackHeading(name);
  if (read === undefined || unit === undefined) {
    const detail = 'This says not what one pack holds; write 12.5 kg, or 12.5 kg/箱.';
    tell({ level: 'fault', code: 'not_a_pack', detail, shown: text.slice(0, 40) });
    return text;
  }
  return `${read.holds} ${unit}/${read.pack ?? packOfHeading(name) ?? ''}`;
}

type Tell = (found: FoundInCell) => unknown;

const namesSomebody: ReadonlySet<LotColumn> = new Set(['from', 'to', 'maker', 'origin']);
/** Where a stroke or 无 means that there is nothing; in a code it is doubted, and in an amount it is a fault. */
const mayBeNothing: ReadonlySet<LotColumn> = new Set([
  ...namesSomebody,
  ...(['product', 'variety', 'spec', 'fromAddress', 'fromPhone', 'quarantine', 'quality'] as const),
  ...(['producedAt', 'expiresAt', 'at', 'dayOrLot'] as const),
]);

const namesNobody = {
  level: 'note',
  code: 'names_nobody',
  detail: 'This names nobody and no place: the cell is read as empty.',
} as const;

function textOf(column: LotColumn, cell: Cell, tell: Tell): string | undefined {
  if (cell.kind === 'error') {
    tell({
      level: 'fault',
      code: 'formula_error',
      detail: `${cell.text.slice(0, 20)} stands here: the formula of this cell failed, or its column is too narrow.`,
      shown: cell.text.slice(0, 20),
    });
    return undefined;
  }
  if (cell.kind === 'unworked') {
    tell({
      level: 'fault',
      code: 'formula_unworked',
      detail:
        'A formula stands here, and the file does not hold its result: open it in Excel, save it, and send it again.',
    });
    return undefined;
  }
  if (mayBeNothing.has(column) && saysNothing(cell.text)) {
    if (namesSomebody.has(column)) tell({ ...namesNobody, shown: cell.text.slice(0, 40) });
    return undefined;
  }
  if (column === 'fromPhone' && codeFault(cell) === 'shortened_code')
    tell({ ...codeFaults.shortened_code, shown: cell.text.slice(0, 40) });
  if (codeColumns.has(column)) return codeOf(column, cell, tell);
  if (dayColumns.has(column)) return dayOf(cell, tell);
  return oneLine(cell.text);
}

/** A name that a cell shows in two lines is one name. */
function oneLine(text: string): string {
  return text.replace(/(?<=[\u3400-\u9fff])\s*[\r\n\t]+\s*(?=[\u3400-\u9fff])/gu, '').replace(/\s*[\r\n\t]+\s*/g, ' ');
}

function codeOf(column: LotColumn, cell: Cell, tell: Tell): string | undefined {
  const text = column === 'gtin' || column === 'packGtin' ? numberIn(linked(cell.text)) : linked(cell.text);
  const fault = codeFault({ ...cell, text });
  if (fault === undefined) return text;
  tell({ ...codeFaults[fault], shown: cell.text.slice(0, 40) });
  return codeFaults[fault].level === 'doubt' ? text : undefined;
}

/** What a cell shows that a spreadsheet program exported as the formula of its link. */
function linked(text: string): string {
  const [, address, shown] = /^=HYPERLINK\("([^"]*)"(?:[,;]\s*"([^"]*)")?\)$/iu.exec(text.trim()) ?? [];
  return shown ?? address ?? text;
}

/** People group the digits; a link or a scanned code keeps its own marks. */
function numberIn(text: string): string {
  const plain = text.normalize('NFKC');
  const digits = plain.replace(/[\s-]+|\.0+$/g, '');
  return /^\d+$/u.test(digits) ? digits : plain.trim();
}

const codeFaults: Readonly<Record<CodeFault, FoundInCell>> = {
  shortened_code: {
    level: 'fault',
    code: 'shortened_code',
    detail:
      'The spreadsheet shortened this code, and its digits are gone: format the column as text, enter the code anew, and send it again.',
  },
  cut_code: {
    level: 'fault',
    code: 'cut_code',
    detail:
      'A spreadsheet keeps fifteen digits of a number and makes the others 0: format the column as text, enter the code anew, and send it again.',
  },
  perhaps_cut_code: {
    level: 'doubt',
    code: 'perhaps_cut_code',
    detail: 'After fifteen digits only zeros follow, as where a spreadsheet cut the code: compare it with the label.',
  },
  day_for_code: {
    level: 'doubt',
    code: 'day_for_code',
    detail: 'This cell is a day: the spreadsheet may have turned the code into it. Compare it with the label.',
  },
  no_code: {
    level: 'doubt',
    code: 'no_code',
    detail:
      'This stands for no code: as a code it would make one lot of many. Leave the cell empty, or write the code.',
  },
  several_codes: {
    level: 'doubt',
    code: 'several_codes',
    detail: 'Several codes seem to stand here: give each its own row with its own amount.',
  },
  formula_code: {
    level: 'fault',
    code: 'formula_code',
    detail: 'A formula stands here instead of the code it gives: copy the column, paste its values, and send it again.',
  },
  decimal_code: {
    level: 'doubt',
    code: 'decimal_code',
    detail: 'This code is a number with decimals: compare it with the label.',
  },
};

/** The day as text that every reader takes; a bare number says which day it was read as. */
function dayOf(cell: Cell, tell: Tell): string {
  if (cell.kind === 'day') return cell.text;
  const read = readDay(cell.text);
  if (!read.ok || read.from === 'text') return cell.text;
  const text = new Date(read.at + 8 * 3_600_000)
    .toISOString()
    .slice(0, read.has === 'day' ? 10 : 16)
    .replace('T', ' ');
  tell({
    level: 'note',
    code: 'day_by_number',
    detail: `${cell.text} was read as the day ${text}.`,
    shown: `${cell.text} → ${text}`,
  });
  return text;
}

function amountOf(cell: Cell, heading: MappedHeading, tell: Tell): CellAmount | undefined {
  if (cell.filledFrom?.how === 'merged') {
    tell({
      level: 'fault',
      code: 'merged_amount',
      detail: 'One amount stands over several rows: write the amount of each row into its own.',
    });
    return undefined;
  }
  if (cell.kind === 'day') {
    const detail = `This cell is a day; the number behind it is ${cell.value ?? 'not known'}.`;
    tell({ level: 'doubt', code: 'day_for_amount', detail, shown: String(cell.value ?? '') });
  }
  const read = readAmount(cell.value === undefined ? cell.text : String(cell.value));
  if (read.ok) return { quantity: read.quantity, unit: read.unit ?? heading.unit };
  const shown = cell.text.slice(0, 40);
  tell({ level: 'fault', code: read.fault, detail: `${shown} ${amountDetails[read.fault]}`, shown });
  return undefined;
}

const amountDetails = {
  not_a_number: 'is no amount; write a number, such as 120 or 120 kg.',
  ambiguous_number: 'may mean two different numbers; write 1200 or 1.2.',
  not_positive: 'is not above 0.',
  about: 'is only about right; write what was weighed or counted.',
} as const;
