// The sheets of an .xlsx workbook as cells: texts, numbers as they are shown, days, and what went wrong (ECMA-376 part 1, §18).
import { type Cell, emptyCell } from './cell.ts';
import { showsDay } from './number-format.ts';
import { type CellReader, readCell, type StyleOfCell } from './workbook-cell.ts';
import { elements, first, list, type Node, rootOf, textOf } from './workbook-xml.ts';
import { type ZippedFiles, zippedFiles } from './workbook-zip.ts';

export type Merge = {
  readonly fromRow: number;
  readonly fromColumn: number;
  readonly untilRow: number;
  readonly untilColumn: number;
};

export type WorkbookSheet = {
  readonly name: string;
  /** Rows as they stand, empty ones too. */
  readonly rows: readonly (readonly Cell[])[];
  readonly merges: readonly Merge[];
  /** How many rows with something in them are hidden, as a filter leaves them. */
  readonly hiddenRows: number;
};

export type WorkbookBounds = { readonly rows: number; readonly columns: number };

const mostSheets = 30;
const mostMerges = 20_000;

/** The sheets a person sees, in their order, each with at most `rows` and one more to say that there are; undefined where this is no readable workbook. */
export function readWorkbook(bytes: Buffer, bounds: WorkbookBounds): WorkbookSheet[] | undefined {
  const files = zippedFiles(bytes);
  const book = rootOf(files?.('xl/workbook.xml'));
  if (files === undefined || book === undefined) return undefined;
  const cells: CellReader = {
    shared: [...elements(files('xl/sharedStrings.xml') ?? '', 'si')].map(textOf),
    styles: stylesOf(rootOf(files('xl/styles.xml'))),
    base: first(book, 'workbookPr')?.['@date1904'] === '1' ? base1904 : base1900,
  };
  const named = list(first(book, 'sheets'), 'sheet').slice(0, mostSheets);
  const seen = named.filter(
    (sheet) =>
      !String(sheet['@state'] ?? '')
        .toLowerCase()
        .includes('hidden'),
  );
  const sheets = (seen.length > 0 ? seen : named).flatMap((sheet) => {
    const text = files(sheetPath(files, sheet, named.indexOf(sheet)));
    return text === undefined ? [] : [sheetOf(String(sheet['@name'] ?? ''), text, cells, bounds)];
  });
  return sheets.length === 0 ? undefined : sheets;
}

const base1900 = Date.UTC(1899, 11, 30);
const base1904 = Date.UTC(1904, 0, 1);

function sheetPath(files: ZippedFiles, sheet: Node, index: number): string {
  const relations = list(rootOf(files('xl/_rels/workbook.xml.rels')), 'Relationship');
  const target = relations.find((relation) => relation['@Id'] === sheet['@id'])?.['@Target'];
  if (typeof target !== 'string') return `xl/worksheets/sheet${index + 1}.xml`;
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

/** What each style of the workbook makes of a number. */
function stylesOf(styles: Node | undefined): StyleOfCell[] {
  const own = new Map(
    list(first(styles, 'numFmts'), 'numFmt').map((format) => [
      format['@numFmtId'],
      String(format['@formatCode'] ?? '')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&'),
    ]),
  );
  return list(first(styles, 'cellXfs'), 'xf').map((style) => {
    const id = style['@numFmtId'];
    const number = Number(id);
    // Built-in formats of days, those of Chinese and Japanese Excel among them (§18.8.30).
    const isDay =
      (number >= 14 && number <= 22) ||
      (number >= 27 && number <= 36) ||
      (number >= 45 && number <= 47) ||
      (number >= 50 && number <= 58);
    const format = own.get(id);
    return { isDay: isDay || (format !== undefined && showsDay(format)), format };
  });
}

function sheetOf(name: string, text: string, cells: CellReader, bounds: WorkbookBounds): WorkbookSheet {
  const rows: Cell[][] = [];
  let hiddenRows = 0;
  for (const row of elements(text, 'row')) {
    const at = Number(row['@r'] ?? rows.length + 1) - 1;
    if (!Number.isInteger(at) || at < rows.length) continue;
    const read = rowOf(list(row, 'c'), cells, bounds.columns);
    const isEmpty = read.every((cell) => cell.text === '');
    // Sheets end in thousands of rows that only have a colour: what counts is whether something stands there.
    if (isEmpty && at > bounds.rows) continue;
    if (!isEmpty && row['@hidden'] === '1') hiddenRows += 1;
    while (rows.length < Math.min(at, bounds.rows + 1)) rows.push([]);
    rows.push(read);
    if (at > bounds.rows) break;
  }
  return { name, rows, merges: mergesOf(text), hiddenRows };
}

function rowOf(found: readonly Node[], cells: CellReader, most: number): Cell[] {
  const row: Cell[] = [];
  for (const [index, node] of found.entries()) {
    const column = placeOf(String(node['@r'] ?? ''))?.column ?? index;
    if (column >= most) continue;
    while (row.length < column) row.push(emptyCell);
    row[column] = readCell(node, cells);
  }
  return row;
}

function mergesOf(text: string): Merge[] {
  const merges: Merge[] = [];
  for (const [, from = '', until = ''] of text.matchAll(
    /<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"/g,
  )) {
    const [start, end] = [placeOf(from), placeOf(until)];
    if (start === undefined || end === undefined) continue;
    merges.push({ fromRow: start.row, fromColumn: start.column, untilRow: end.row, untilColumn: end.column });
    if (merges.length >= mostMerges) break;
  }
  return merges;
}

/** `AB12` → row 11, column 27. */
function placeOf(reference: string): { row: number; column: number } | undefined {
  const [, letters, digits] = /^([A-Z]{1,3})(\d+)$/.exec(reference) ?? [];
  if (letters === undefined) return undefined;
  return {
    row: Number(digits) - 1,
    column: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1,
  };
}
