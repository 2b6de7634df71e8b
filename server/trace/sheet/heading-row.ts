// Where the headings of a sheet stand: below titles and empty rows, in one row or in two under merged groups.
import type { Cell } from './cell.ts';
import type { Merge } from './workbook.ts';

export type SheetHeading = {
  /** Counted from 0. */
  readonly column: number;
  /** As written; under a merged group `供货者 名称`. */
  readonly name: string;
};

export type HeadingRow = {
  /** Counted from 0; the data stands below `lastRow`. */
  readonly row: number;
  readonly lastRow: number;
  readonly headings: readonly SheetHeading[];
  /** How many different headings were known. */
  readonly known: number;
};

export type SheetTable = { readonly rows: readonly (readonly Cell[])[]; readonly merges: readonly Merge[] };

const lookedRows = 40;

/** The row with the most known headings; without any, the first row with two texts in it, to be asked about. Undefined where nothing looks like a heading. */
export function findHeadings(table: SheetTable, knows: (name: string) => boolean): HeadingRow | undefined {
  let best: HeadingRow | undefined;
  for (let row = 0; row < Math.min(table.rows.length, lookedRows); row += 1) {
    const found = headingsAt(table, row, knows);
    if (found !== undefined && found.known > (best?.known ?? 0)) best = found;
  }
  return best ?? guessed(table, knows);
}

function guessed(table: SheetTable, knows: (name: string) => boolean): HeadingRow | undefined {
  const row = table.rows.findIndex((cells) => cells.filter(isName).length >= 2);
  return row < 0 || row >= lookedRows ? undefined : headingsAt(table, row, knows);
}

function isName({ text, kind }: Cell): boolean {
  return kind === 'text' && text !== '' && !/^[\d.,:/-]+$/.test(text);
}

function headingsAt(table: SheetTable, row: number, knows: (name: string) => boolean): HeadingRow | undefined {
  const cells = table.rows[row] ?? [];
  const groups = groupsAt(table, row);
  const below = groups.length === 0 ? [] : (table.rows[row + 1] ?? []);
  const width = Math.max(cells.length, below.length);
  const headings: SheetHeading[] = [];
  for (let column = 0; column < width; column += 1) {
    const name = nameAt(cells, below, groups, column, knows);
    if (name !== '') headings.push({ column, name });
  }
  if (headings.length === 0) return undefined;
  const known = new Set(headings.filter(({ name }) => knows(name)).map(({ name }) => name)).size;
  // A single known word among many others is a sentence of a title or a note, unless the row is nothing but it.
  if (known === 1 && headings.length > 6) return undefined;
  return { row, lastRow: groups.length === 0 ? row : row + 1, headings, known };
}

/** Merged cells of this row that span several columns, with names for each of these below. */
function groupsAt({ rows, merges }: SheetTable, row: number): Merge[] {
  return merges.filter(
    ({ fromRow, untilRow, fromColumn, untilColumn }) =>
      fromRow === row &&
      untilRow === row &&
      untilColumn > fromColumn &&
      (rows[row + 1] ?? []).slice(fromColumn, untilColumn + 1).filter(isName).length === untilColumn - fromColumn + 1,
  );
}

function nameAt(
  cells: readonly Cell[],
  below: readonly Cell[],
  groups: readonly Merge[],
  column: number,
  knows: (name: string) => boolean,
): string {
  const own = cells[column]?.text ?? '';
  const group = groups.find(({ fromColumn, untilColumn }) => column >= fromColumn && column <= untilColumn);
  if (group === undefined) return own === '' ? (below[column]?.text ?? '') : own;
  const [over, under] = [cells[group.fromColumn]?.text ?? '', below[column]?.text ?? ''];
  const both = `${over} ${under}`.trim();
  return knows(both) || !knows(under) ? both : under;
}
