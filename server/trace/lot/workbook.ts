// The first sheet of an .xlsx workbook as a table of texts: numbers as written, days as 2026-11-22 (ECMA-376 part 1, §18).
import { XMLParser } from 'fast-xml-parser';
import { type ZippedFiles, zippedFiles } from './workbook-zip.ts';

export type WorkbookBounds = { readonly rows: number; readonly columns: number };

/** Rows as they stand, empty ones too: the heading, at most `rows` below it, and one more to say there are; undefined where this is no readable workbook. */
export function readWorkbook(bytes: Buffer, bounds: WorkbookBounds): string[][] | undefined {
  const files = zippedFiles(bytes);
  const book = part(files, 'xl/workbook.xml');
  if (files === undefined || book === undefined) return undefined;
  const sheet = part(files, firstSheetPath(files, book));
  if (sheet === undefined) return undefined;
  const cells: CellReader = {
    shared: list(part(files, 'xl/sharedStrings.xml'), 'si').map(textOf),
    isDate: dateStyles(part(files, 'xl/styles.xml')),
    base: first(book, 'workbookPr')?.['@date1904'] === '1' ? base1904 : base1900,
  };
  return tableOf(list(first(sheet, 'sheetData'), 'row'), cells, bounds);
}

type Node = { readonly [name: string]: unknown };
type CellReader = {
  readonly shared: readonly string[];
  readonly isDate: readonly boolean[];
  /** Unix ms of day 0. */
  readonly base: number;
};

const base1900 = Date.UTC(1899, 11, 30);
const base1904 = Date.UTC(1904, 0, 1);

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  htmlEntities: false,
  maxNestedTags: 32,
});

/** The root element of one of the files; a file that declares entities, or is no XML, is not read. */
function part(files: ZippedFiles | undefined, path: string): Node | undefined {
  const text = files?.(path);
  if (text === undefined || text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) return undefined;
  try {
    const roots = parser.parse(text) as Node;
    const root = Object.entries(roots).find(([name]) => !name.startsWith('?'))?.[1];
    return isNode(root) ? root : undefined;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function firstSheetPath(files: ZippedFiles, book: Node): string {
  const id = list(first(book, 'sheets'), 'sheet')[0]?.['@id'];
  const relations = list(part(files, 'xl/_rels/workbook.xml.rels'), 'Relationship');
  const target = relations.find((relation) => relation['@Id'] === id)?.['@Target'];
  if (typeof target !== 'string') return 'xl/worksheets/sheet1.xml';
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Which cell styles show a day: the built-in ones, and own formats that name year, month or day. */
function dateStyles(styles: Node | undefined): boolean[] {
  const own = new Map(
    list(first(styles, 'numFmts'), 'numFmt').map((format) => [
      format['@numFmtId'],
      String(format['@formatCode'] ?? ''),
    ]),
  );
  return list(first(styles, 'cellXfs'), 'xf').map((style) => {
    const id = style['@numFmtId'];
    const number = Number(id);
    if ((number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 50 && number <= 58)) return true;
    const code = (own.get(id) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
    return /[yd年]|m.*d|d.*m/i.test(code) && !/[#0]/.test(code.replace(/\.0+/, ''));
  });
}

function tableOf(rows: readonly Node[], cells: CellReader, bounds: WorkbookBounds): string[][] {
  const table: string[][] = [];
  for (const row of rows) {
    const at = Number(row['@r'] ?? table.length + 1) - 1;
    if (!Number.isInteger(at) || at < table.length) continue;
    const texts = rowOf(list(row, 'c'), cells, bounds.columns);
    // Sheets end in thousands of rows that only have a colour: what counts is whether something stands there.
    if (at > bounds.rows && texts.every((text) => text === '')) continue;
    while (table.length < Math.min(at, bounds.rows + 1)) table.push([]);
    table.push(texts);
    if (at > bounds.rows) break;
  }
  return table;
}

function rowOf(found: readonly Node[], cells: CellReader, most: number): string[] {
  const row: string[] = [];
  for (const [index, cell] of found.entries()) {
    const column = columnOf(String(cell['@r'] ?? '')) ?? index;
    if (column >= most) continue;
    while (row.length < column) row.push('');
    row[column] = cellText(cell, cells);
  }
  return row;
}

/** `AB12` → 27. */
function columnOf(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function cellText(cell: Node, { shared, isDate, base }: CellReader): string {
  const type = cell['@t'];
  const value = plain(cell['v']);
  if (type === 's') return shared[Number(value)] ?? '';
  if (type === 'inlineStr') return isNode(cell['is']) ? textOf(cell['is']) : '';
  if (type === 'str') return value;
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type === 'e' || value === '') return '';
  if (type === 'd') return value.slice(0, 16).replace('T', ' ');
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  return isDate[Number(cell['@s'] ?? 0)] === true ? dayText(number, base) : numberText(number);
}

/** A GTIN is whole, a weight has what Excel shows of it: fifteen digits. */
function numberText(number: number): string {
  return Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15)));
}

const dayMs = 86_400_000;
const lastDay = 2_958_465;

function dayText(serial: number, base: number): string {
  if (serial < 0 || serial > lastDay) return numberText(serial);
  const minutes = Math.round((base + serial * dayMs) / 60_000) * 60_000;
  const text = new Date(minutes).toISOString();
  return Number.isInteger(serial) ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}

/** A text with its runs put together; phonetic hints are not part of it. */
function textOf(node: Node): string {
  const runs = many(node['r']).flatMap((run) => (isNode(run) ? many(run['t']) : []));
  return [...many(node['t']), ...runs].map(plain).join('');
}

/** The text of an element, entities resolved. */
function plain(value: unknown): string {
  const text = typeof value === 'string' ? value : isNode(value) ? String(value['#text'] ?? '') : '';
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }[name as 'lt'] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function many(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

function first(node: Node | undefined, name: string): Node | undefined {
  return many(node?.[name]).find(isNode);
}

/** Elements of one name in their places: an empty one is read as a text, and counts all the same. */
function list(node: Node | undefined, name: string): Node[] {
  return many(node?.[name]).map((value) => (isNode(value) ? value : {}));
}
