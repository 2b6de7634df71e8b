// FSMA 204 rows as the sheets of a workbook to sort, with a second one that says what it holds.
import type { XlsxSheet } from '../../http/xlsx-file.ts';
import type { FsmaRow } from './fsma204.ts';
import type { FsmaRows } from './fsma204-store.ts';

const columns: readonly { readonly name: keyof FsmaRow; readonly title: string; readonly width: number }[] = [
  { name: 'event', title: 'Critical Tracking Event', width: 26 },
  { name: 'date', title: 'Date', width: 12 },
  { name: 'lotCode', title: 'Traceability lot code', width: 48 },
  { name: 'product', title: 'Product description', width: 28 },
  { name: 'variety', title: 'Variety', width: 16 },
  { name: 'quantity', title: 'Quantity', width: 12 },
  { name: 'unit', title: 'Unit of measure', width: 16 },
  { name: 'location', title: 'Location description', width: 36 },
  { name: 'previousSource', title: 'Immediate previous source', width: 36 },
  { name: 'nextRecipient', title: 'Immediate subsequent recipient', width: 36 },
  { name: 'lotCodeSource', title: 'Traceability lot code source', width: 36 },
  { name: 'receivedDate', title: 'Date received', width: 14 },
  { name: 'receivedQuantity', title: 'Quantity received', width: 14 },
  { name: 'receivedUnit', title: 'Unit of quantity received', width: 16 },
  { name: 'harvestFarm', title: 'Farm or vessel of harvest', width: 36 },
  { name: 'harvester', title: 'Harvester name and telephone', width: 36 },
  { name: 'harvestArea', title: 'Field, container or area of harvest', width: 24 },
  { name: 'harvestDate', title: 'Date of harvest', width: 14 },
  { name: 'cooledAt', title: 'Where cooled', width: 36 },
  { name: 'coolingDate', title: 'Date of cooling', width: 14 },
  { name: 'documents', title: 'Reference document type and number', width: 36 },
];

/** `title` names what was asked for; `at` is when, unix ms. */
export function fsmaSheets({ rows, truncated }: FsmaRows, title: string, at: number): XlsxSheet[] {
  const about = [
    ['Asked for', title],
    ['Written', new Date(at).toISOString()],
    ['Rows', rows.length],
    ['Complete', truncated ? 'no: more rows than one sheet takes; ask for a shorter span' : 'yes'],
    ['Rule', '21 CFR Part 1 Subpart S (FSMA 204)'],
  ];
  return [
    {
      name: 'Tracking events',
      widths: columns.map(({ width }) => width),
      heading: columns.map((column) => column.title),
      rows: rows.map((row) => columns.map(({ name }) => row[name])),
    },
    { name: 'About', widths: [14, 70], heading: null, rows: about },
  ];
}
