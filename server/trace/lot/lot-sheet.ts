// A table of lots as people keep it in a spreadsheet: columns by their names in either language, every faulty cell named.
import { type Fault, Problem } from '../../http/problem.ts';
import { type LotEntry, type LotEntryInput, readLotEntry } from './lot-entry.ts';

const columnNames = {
  code: ['code', 'trace code', '追溯码', '编码'],
  gtin: ['gtin', '商品条码', '条码'],
  lot: ['lot', 'lot number', '批号'],
  origin: ['origin', '产地', '来源'],
  batch: ['batch', '批次', '生产批次'],
  product: ['product', '品名', '商品名称', '名称'],
  quantity: ['quantity', '数量', '重量'],
  unit: ['unit', '单位'],
  producedAt: ['produced', 'production date', '生产日期', '屠宰日期'],
  expiresAt: ['expires', 'expiry', '保质期至', '到期日'],
  from: ['from', 'shipper', '发货方', '供货商', '供应商'],
  to: ['to', 'receiver', '收货方', '购货方'],
  at: ['at', 'date', 'time', '时间', '日期', '发货时间'],
  quarantine: ['quarantine certificate', '检疫证号', '动物检疫合格证明'],
  quality: ['quality certificate', '品质证号', '肉品品质检验合格证'],
} as const satisfies Record<string, readonly string[]>;
export type SheetColumn = keyof typeof columnNames;

export type SheetRow = {
  /** As a spreadsheet counts: the heading is row 1. */
  readonly row: number;
  readonly cells: Readonly<Partial<Record<SheetColumn, string>>>;
  readonly faults: readonly (Fault & { readonly column: string })[];
};

export type LotSheet = {
  readonly columns: readonly SheetColumn[];
  /** Headings that name no column; their cells are not read. */
  readonly unknown: readonly string[];
  readonly rows: readonly SheetRow[];
  /** One per lot, in the order of their first rows; empty while any cell is faulty. */
  readonly entries: readonly LotEntry[];
  readonly faulty: number;
};

export const sheetLimits = { rows: 5_000, columns: 60, cell: 2_048 } as const;

/** Reads a table whose first row is the heading. Never throws for what a cell says. */
export function readLotSheet(table: readonly (readonly string[])[]): LotSheet {
  const [heading = [], ...body] = table;
  const columns = heading.slice(0, sheetLimits.columns).map(columnOf);
  const unknown = heading.filter((_, index) => columns[index] === undefined).map((name) => name.slice(0, 64));
  const rows = body
    .slice(0, sheetLimits.rows)
    .flatMap((cells, index) => (cells.every((cell) => cell.trim() === '') ? [] : [readRow(columns, cells, index + 2)]));
  const read = rows.map((row) => ({ row, result: entryOf(row.cells) }));
  const checked = read.map(({ row, result }) => ({
    ...row,
    faults: 'faults' in result ? allFaults(row, result.faults) : [],
  }));
  const faulty = checked.filter((row) => row.faults.length > 0).length;
  const entries = faulty > 0 ? [] : merged(read.flatMap(({ result }) => ('entry' in result ? [result.entry] : [])));
  return { columns: columns.flatMap((column) => column ?? []), unknown, rows: checked, entries, faulty };
}

/** Keeps a spreadsheet from running what somebody typed (S9). */
export function guardCell(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function columnOf(name: string): SheetColumn | undefined {
  const plain = name
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
  const found = Object.entries(columnNames).find(([, names]) => (names as readonly string[]).includes(plain));
  return found?.[0] as SheetColumn | undefined;
}

function readRow(
  columns: readonly (SheetColumn | undefined)[],
  cells: readonly string[],
  row: number,
): Omit<SheetRow, 'faults'> {
  const named: Partial<Record<SheetColumn, string>> = {};
  for (const [index, column] of columns.entries()) {
    // A cell guarded by somebody's export is taken as it was typed.
    const cell = (cells[index] ?? '')
      .slice(0, sheetLimits.cell)
      .trim()
      .replace(/^'(?=[=+\-@])/, '');
    if (column !== undefined && cell !== '') named[column] = cell;
  }
  return { row, cells: named };
}

type Reading = { readonly entry: LotEntry } | { readonly faults: readonly Fault[] };

function entryOf(cells: SheetRow['cells']): Reading {
  const { from, to, at, quarantine, quality, ...own } = cells;
  const moved = from !== undefined || to !== undefined;
  const input = {
    ...own,
    ...(moved
      ? {
          flow: [
            {
              ...(from === undefined ? {} : { from }),
              ...(to === undefined ? {} : { to }),
              at: at ?? own.producedAt ?? '',
              ...amountOf(own),
            },
          ],
        }
      : {}),
    certificates: [
      ...(quarantine === undefined ? [] : [{ kind: 'quarantine' as const, number: quarantine }]),
      ...(quality === undefined ? [] : [{ kind: 'quality' as const, number: quality }]),
    ],
  } satisfies { [field in keyof LotEntryInput]?: unknown };
  try {
    return { entry: readLotEntry(input) };
  } catch (error) {
    if (error instanceof Problem) return { faults: error.faults };
    throw error;
  }
}

function amountOf({ quantity, unit }: { readonly quantity?: string; readonly unit?: string }) {
  return { ...(quantity === undefined ? {} : { quantity }), ...(unit === undefined ? {} : { unit }) };
}

/** A cell that is wrong in itself hides what else is wrong with the row: the row is read again without it. */
function allFaults(row: Omit<SheetRow, 'faults'>, faults: readonly Fault[]): SheetRow['faults'] {
  const found = new Map(faults.map((fault) => atCell(row.row, fault)).map((fault) => [fault.place, fault]));
  const wrong = new Set([...found.values()].map((fault) => fault.column));
  const rest = entryOf(Object.fromEntries(Object.entries(row.cells).filter(([column]) => !wrong.has(column))));
  for (const fault of 'faults' in rest ? rest.faults.map((one) => atCell(row.row, one)) : []) {
    if (!found.has(fault.place)) found.set(fault.place, fault);
  }
  return [...found.values()];
}

/** `/flow/0/at` → the column `at`; what belongs to no single cell is told of the code's. */
function atCell(row: number, fault: Fault): Fault & { column: string } {
  const parts = fault.place.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
  const name = parts[0] === 'certificates' ? 'quarantine' : (parts.at(-1) ?? 'code');
  const column = name === 'flow' ? 'at' : name;
  return { ...fault, column, place: `row ${row}, column ${column}` };
}

/** Rows of one lot are one entry: its amount and dates from the first, its movements from all. */
function merged(entries: readonly LotEntry[]): LotEntry[] {
  const byCode = new Map<string, LotEntry>();
  for (const entry of entries) {
    const first = byCode.get(entry.code);
    byCode.set(entry.code, first === undefined ? entry : joined(first, entry));
  }
  return [...byCode.values()];
}

function joined(first: LotEntry, next: LotEntry): LotEntry {
  const certificates = [...(first.fields.certificates ?? []), ...(next.fields.certificates ?? [])];
  return { ...first, flow: [...first.flow, ...next.flow], fields: { ...first.fields, certificates } };
}
