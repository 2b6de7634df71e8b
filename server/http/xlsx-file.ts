// The tables that this program gives out as .xlsx: one way for all of them, every text in a cell of text.
import { guardCell } from './sheet-cell.ts';

export type XlsxCell = string | number | null;
export type XlsxSheet = {
  readonly name: string;
  readonly widths: readonly number[];
  /** The first of them stays in sight and is bold, where it is a heading. */
  readonly heading: readonly string[] | null;
  readonly rows: readonly (readonly XlsxCell[])[];
};

export async function xlsxFile(sheets: readonly XlsxSheet[]): Promise<Buffer> {
  // Read with the first table that somebody asks for.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const book = writeXlsxFile(
    sheets.map(({ name, widths, heading, rows }) => ({
      data: [
        ...(heading === null ? [] : [heading.map((title) => ({ value: title, fontWeight: 'bold' as const }))]),
        ...rows.map((row) => row.map(written)),
      ],
      sheet: name,
      columns: widths.map((width) => ({ width })),
      ...(heading === null ? {} : { stickyRowsCount: 1 }),
    })),
  );
  return book.toBuffer();
}

/** Excel leaves a cell of the format @ as it is, also when somebody edits it. */
function written(cell: XlsxCell) {
  return typeof cell === 'string' ? { value: guardCell(cell), type: String, format: '@' } : cell;
}
