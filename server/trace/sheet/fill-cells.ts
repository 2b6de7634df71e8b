// Fills what a person reads into empty cells: a merged cell holds for all its rows, and "same as above" says so.
import { type Cell, emptyCell } from './cell.ts';
import type { SheetTable } from './heading-row.ts';

const dittos = new Set(['同上', '同前', '〃', '″', '〞', '"', '”', '...〃', 'ditto', 'do.', '"  "']);

/** The rows from `from` on, their merged and repeated cells filled from the cell above. */
export function filledRows({ rows, merges }: SheetTable, from: number): Cell[][] {
  const filled = rows.slice(from).map((row) => [...row]);
  for (const { fromRow, untilRow, fromColumn } of merges) {
    const origin = rows[fromRow]?.[fromColumn];
    if (origin === undefined || origin.text === '' || fromRow < from) continue;
    for (let row = fromRow + 1; row <= Math.min(untilRow, rows.length - 1); row += 1) {
      put(filled[row - from], fromColumn, {
        ...origin,
        filledFrom: { row: fromRow, column: fromColumn, how: 'merged' },
      });
    }
  }
  for (const [row, cells] of filled.entries()) {
    for (const [column, cell] of cells.entries()) {
      const above = filled[row - 1]?.[column];
      if (!dittos.has(cell.text.toLowerCase()) || above === undefined || above.text === '') continue;
      const origin = above.filledFrom ?? { row: row - 1 + from, column };
      cells[column] = { ...above, filledFrom: { row: origin.row, column: origin.column, how: 'ditto' } };
    }
  }
  return filled;
}

function put(row: Cell[] | undefined, column: number, cell: Cell): void {
  if (row === undefined) return;
  while (row.length <= column) row.push(emptyCell);
  row[column] = cell;
}
