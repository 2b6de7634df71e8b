// A sheet of lots as people keep it: where its table stands, what each heading means, what each row says, every doubt with its cell.
import { Problem } from '../../http/problem.ts';
import type { LotEntry } from '../lot/lot-entry.ts';
import { type Cell, cellName } from '../sheet/cell.ts';
import { filledRows } from '../sheet/fill-cells.ts';
import { findHeadings, type HeadingRow } from '../sheet/heading-row.ts';
import type { SheetFile } from '../sheet/sheet-file.ts';
import type { WorkbookSheet } from '../sheet/workbook.ts';
import { type CellFault, cellFault, stops } from './cell-fault.ts';
import { type HeadingChoices, isNoLot, knowsHeading, type MappedHeading, mapHeading } from './heading-map.ts';
import type { LotColumn } from './lot-headings.ts';
import { type LotRow, readLotRow } from './lot-row.ts';
import { lotsOfRows } from './lots-of-rows.ts';

/** What a person said of a sheet: which one, what its headings mean, and whether its doubts stand. */
export type SheetChoices = {
  readonly sheet: string | undefined;
  /** Unix ms; goods made or moved after it are doubted. */
  readonly now?: number | undefined;
  readonly headings: HeadingChoices;
  readonly doubts: 'stop' | 'take';
};

export const noChoices: SheetChoices = { sheet: undefined, headings: {}, doubts: 'stop' };

/** A row as it was read; its lot stands among the entries. */
export type SheetRow = Omit<LotRow, 'entry'>;

export type LotSheet = {
  /** The sheet's name; empty for text. */
  readonly name: string;
  /** Other sheets with headings of lots, of which nothing is taken. */
  readonly others: readonly string[];
  /** Where the headings stand, as a spreadsheet counts. */
  readonly headingRow: number;
  readonly headings: readonly (MappedHeading & { readonly cell: string; readonly samples: readonly string[] })[];
  readonly columns: readonly LotColumn[];
  readonly rows: readonly SheetRow[];
  /** Rows that are no lots: totals, signatures, headings again. */
  readonly passedOver: readonly number[];
  /** Of the whole sheet and its headings; those of a row stand there. */
  readonly found: readonly CellFault[];
  /** One per lot; empty while anything stops the import. */
  readonly entries: readonly LotEntry[];
  readonly state: 'ready' | 'stopped';
};

export const sheetLimits = { rows: 50_000, columns: 100 } as const;
const shownSamples = 3;

/** Throws Problem `invalid_input` where no table is found, `too_large` beyond sheetLimits; never for what a cell says. */
export function readLotSheet(file: SheetFile, choices: SheetChoices): LotSheet {
  const { sheet, heading, others } = chosenSheet(file, choices);
  if (sheet.rows.length > sheetLimits.rows + heading.lastRow + 1) {
    throw new Problem('too_large', { detail: `More than ${sheetLimits.rows} rows; send them in parts.` });
  }
  const from = heading.lastRow + 1;
  const table = filledRows(sheet, from);
  const headings = usedHeadings(heading, table, choices.headings);
  const passedOver: number[] = [];
  const rows = table.flatMap((cells, index) => {
    if (cells.every(({ text, kind }) => text === '' && kind !== 'unworked')) return [];
    if (!isNoLot(cells, headings)) return [readLotRow(from + index, cells, headings, choices.now)];
    passedOver.push(from + index + 1);
    return [];
  });
  const { entries, found } = lotsOfRows(rows);
  const more = new Map<LotRow, (typeof found)[number][]>();
  for (const one of found) more.set(one.row, [...(more.get(one.row) ?? []), one]);
  const told = rows.map(({ entry: _, ...row }, index) => {
    const joint = more.get(rows[index] as LotRow) ?? [];
    return { ...row, found: [...row.found, ...joint.map((one) => atRow(row, one.column, one.found, headings))] };
  });
  const asked = [
    ...headingFaults(headings, heading.lastRow),
    ...sheetFaults(sheet, heading, others, choices, passedOver),
  ];
  const isAsked = asked.some(({ code }) => code === 'unknown_column' || code === 'several_meanings');
  // What is missing may stand under the heading that has to be asked about.
  const rowsTold = isAsked
    ? told.map((row) => ({ ...row, found: row.found.filter(({ code }) => !code.endsWith('missing')) }))
    : told;
  const isStopped = stops([...asked, ...told.flatMap((row) => row.found)], choices.doubts);
  return {
    name: sheet.name,
    others,
    headingRow: heading.lastRow + 1,
    headings: headings.map((one) => ({
      ...one,
      cell: cellName(heading.lastRow, one.column),
      samples: samplesOf(one, table),
    })),
    columns: headings.flatMap(({ meaning }) => (meaning === undefined || meaning === 'idle' ? [] : [meaning])),
    rows: rowsTold,
    passedOver,
    found: asked,
    entries: isStopped ? [] : entries,
    state: isStopped ? 'stopped' : 'ready',
  };
}

type Chosen = { readonly sheet: WorkbookSheet; readonly heading: HeadingRow; readonly others: readonly string[] };

/** The sheet somebody named, else the one whose headings are known best; notes before the data have none. */
function chosenSheet({ sheets }: SheetFile, choices: SheetChoices): Chosen {
  const knows = knowsHeading(choices.headings);
  const headed = sheets.flatMap((sheet) => {
    const heading = findHeadings(sheet, knows);
    return heading === undefined ? [] : [{ sheet, heading }];
  });
  const found = headed.filter(({ sheet, heading }) => sheet.rows.length > heading.lastRow + 1);
  const named = choices.sheet === undefined ? undefined : found.find(({ sheet }) => sheet.name === choices.sheet);
  const best = named ?? [...found].sort((a, b) => b.heading.known - a.heading.known)[0];
  if (best === undefined) throw nothingToRead(sheets, headed);
  const others = found
    .filter(({ sheet, heading }) => sheet !== best.sheet && heading.known >= leastKnown)
    .map(({ sheet }) => sheet.name);
  return { ...best, others };
}

function nothingToRead(sheets: SheetFile['sheets'], headed: readonly Pick<Chosen, 'sheet' | 'heading'>[]): Problem {
  const refused = (code: string, detail: string) =>
    new Problem('invalid_input', { faults: [{ place: 'file', code, detail }] });
  if (sheets.every(({ rows }) => rows.every((row) => row.every(({ text }) => text === ''))))
    return refused('empty_file', 'Nothing stands in this file.');
  if (headed.some(({ heading }) => heading.known >= leastKnown))
    return refused('no_rows', 'The headings stand here, and no row below them: fill in a row for each lot.');
  return refused(
    'no_columns',
    'No row names columns known here: trace code, GTIN, lot, origin, batch, product, quantity …',
  );
}

/** Fewer known headings are chance on a sheet of notes. */
const leastKnown = 2;

/** Headings with something under them; one without holds nothing to ask about, unless it is known. */
function usedHeadings(
  heading: HeadingRow,
  table: readonly (readonly Cell[])[],
  choices: HeadingChoices,
): MappedHeading[] {
  const width = Math.max(0, ...table.map((row) => row.length));
  const named = new Map(heading.headings.map((one) => [one.column, one]));
  const isUsed = (column: number) =>
    table.some((row) => (row[column]?.text ?? '') !== '' || row[column]?.kind === 'unworked');
  const most = Math.max(width, ...[...named.keys()].map((column) => column + 1));
  const seen = new Map<string, number>();
  const mapped = Array.from({ length: most }, (_, column) => column).flatMap((column) => {
    const heading = named.get(column) ?? { column, name: `column ${cellName(0, column).replace(/\d+$/, '')}` };
    const nth = (seen.get(heading.name) ?? 0) + 1;
    seen.set(heading.name, nth);
    const one = mapHeading(heading, nth, choices);
    return one.meaning !== undefined || isUsed(column) ? [one] : [];
  });
  // Alone it names the goods; beside their name it is the variety.
  const isNamed = mapped.some(({ meaning, plain }) => meaning === 'product' && plain !== '品种');
  return mapped.map((one) =>
    isNamed && one.plain === '品种' && one.how === 'known' ? { ...one, meaning: 'variety' as const } : one,
  );
}

function samplesOf({ column }: MappedHeading, table: readonly (readonly Cell[])[]): string[] {
  const samples: string[] = [];
  for (const row of table) {
    const text = row[column]?.text ?? '';
    if (text !== '' && !samples.includes(text)) samples.push(text.slice(0, 40));
    if (samples.length === shownSamples) break;
  }
  return samples;
}

function atRow(
  row: SheetRow,
  column: LotColumn,
  found: Parameters<typeof cellFault>[3],
  headings: readonly MappedHeading[],
): CellFault {
  const at =
    headings.find(({ meaning }) => meaning === column) ??
    headings.find(({ meaning }) => meaning !== undefined && meaning !== 'idle');
  return cellFault(row.row - 1, at?.column ?? 0, column, found);
}

/** Headings nobody knows, and those of which two mean the same. */
function headingFaults(headings: readonly MappedHeading[], row: number): CellFault[] {
  const faults: CellFault[] = [];
  const meant = new Map<LotColumn, MappedHeading>();
  for (const heading of headings) {
    const { meaning, near, name, column, both } = heading;
    if (meaning === 'idle') continue;
    if (meaning === undefined && both.length > 0) {
      const detail = `${name} names ${both.join(' and ')} at once: part it into a column for each, or say which of them it holds.`;
      const shown = both.join(' ');
      faults.push(cellFault(row, column, name, { level: 'ask', code: 'several_meanings', detail, shown }));
      continue;
    }
    if (meaning === undefined) {
      const detail = `${name} is no heading known here${near === undefined ? '' : `; perhaps ${near}`}: say what it holds, or that it is to be left out.`;
      faults.push(cellFault(row, column, name, { level: 'ask', code: 'unknown_column', detail, shown: near }));
      continue;
    }
    const first = meant.get(meaning);
    if (first === undefined) meant.set(meaning, heading);
    else {
      const detail = `${first.name} and ${name} mean the same: say which of the two holds, and leave the other out.`;
      faults.push(cellFault(row, column, name, { level: 'ask', code: 'repeated_column', detail, shown: first.name }));
    }
  }
  const at = meant.get('at');
  if (at !== undefined && !meant.has('from') && !meant.has('to')) {
    const detail = `Without a supplier or a receiver nothing happens on this day: say what ${at.name} is, such as the day of production.`;
    faults.push(cellFault(row, at.column, at.name, { level: 'ask', code: 'idle_date', detail }));
  }
  return faults;
}

function sheetFaults(
  sheet: WorkbookSheet,
  { row }: HeadingRow,
  others: readonly string[],
  choices: SheetChoices,
  passedOver: readonly number[],
): CellFault[] {
  const faults: CellFault[] = [];
  if (others.length > 0 && choices.sheet === undefined) {
    const shown = [sheet.name, ...others].join(', ');
    faults.push(
      cellFault(row, 0, 'sheet', {
        level: 'ask',
        code: 'several_sheets',
        detail: `Several sheets hold lots (${shown}): say which one is meant; send the others one by one.`,
        shown,
      }),
    );
  }
  if (sheet.hiddenRows > 0) {
    faults.push(
      cellFault(row, 0, 'sheet', {
        level: 'doubt',
        code: 'hidden_rows',
        detail: `${sheet.hiddenRows} rows are hidden, and are read all the same.`,
        shown: String(sheet.hiddenRows),
      }),
    );
  }
  if (passedOver.length > 0) {
    const shown = passedOver.slice(0, 20).join(', ');
    faults.push(
      cellFault((passedOver[0] ?? 1) - 1, 0, 'sheet', {
        level: 'note',
        code: 'passed_over',
        detail: `Totals, signatures and repeated headings are no lots: rows ${shown}.`,
        shown,
      }),
    );
  }
  return faults;
}
