// Writes FSMA 204 rows as a sortable spreadsheet, with a second sheet that says what it holds.
import writeXlsxFile from 'write-excel-file/node';
import { guardCell } from '../../http/sheet-cell.ts';
import type { FsmaRow } from './fsma204.ts';
import type { FsmaRows } from './fsma204-store.ts';

const columns: readonly { readonly name: keyof FsmaRow; readonly title: string; readonly width: number }[] = [
  { name: 'event', title: 'Critical Tracking Event', width: 26 },
  { name: 'date', title: 'Date', width: 12 },
  { name: 'lotCode', title: 'Traceability lot code', width: 48 },
  { name: 'product', title: 'Product description', width: 28 },
  { name: 'quantity', title: 'Quantity', width: 12 },
  { name: 'unit', title: 'Unit of measure', width: 16 },
  { name: 'location', title: 'Location description', width: 36 },
  { name: 'previousSource', title: 'Immediate previous source', width: 36 },
  { name: 'nextRecipient', title: 'Immediate subsequent recipient', width: 36 },
  { name: 'lotCodeSource', title: 'Traceability lot code source', width: 36 },
  { name: 'documents', title: 'Reference document type and number', width: 36 },
];

/** The .xlsx file. `title` names what was asked for; `at` is when, unix ms. */
export async function fsmaWorkbook({ rows, truncated }: FsmaRows, title: string, at: number): Promise<Buffer> {
  const heading = columns.map((column) => ({ value: column.title, fontWeight: 'bold' as const }));
  const data = [heading, ...rows.map((row) => columns.map(({ name }) => cellOf(row[name])))];
  const about = [
    ['Asked for', guardCell(title)],
    ['Written', new Date(at).toISOString()],
    ['Rows', rows.length],
    ['Complete', truncated ? 'no: more rows than one sheet takes; ask for a shorter span' : 'yes'],
    ['Rule', '21 CFR Part 1 Subpart S (FSMA 204)'],
  ];
  const book = writeXlsxFile([
    { data, sheet: 'Tracking events', columns: columns.map(({ width }) => ({ width })), stickyRowsCount: 1 },
    { data: about, sheet: 'About', columns: [{ width: 14 }, { width: 70 }] },
  ]);
  return book.toBuffer();
}

function cellOf(value: string | number | null): string | number | null {
  return typeof value === 'string' ? guardCell(value) : value;
}
