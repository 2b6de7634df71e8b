// The import of a sheet of lots: the API and the page, both with a preview that marks every faulty cell.
import { type Context, Hono } from 'hono';
import type { Texts } from '../../../views/text/texts.ts';
import { type CellFault, ImportPage, type ImportPreview } from '../../../views/trace/lot/import-page.tsx';
import { faultText } from '../../../views/trace/parts.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { importLots, previewLots, sheetText } from './import-lots.ts';
import type { LotSheet } from './lot-sheet.ts';

/** The columns of the sample, in the order a person fills them. */
const sampleColumns = [
  'gtin',
  'lot',
  'origin',
  'batch',
  'product',
  'quantity',
  'unit',
  'producedAt',
  'expiresAt',
  'from',
  'to',
  'at',
  'quarantine',
  'quality',
] as const;
const shownRows = 200;
const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function importRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/api/lots/import', async (c) => {
    const { bytes, preview } = await sheetOf(c);
    if (preview) return c.json(previewJson(previewLots(bytes)));
    const done = importLots(deps, bytes, signedInCaller(c));
    return c.json(done, done.accepted > 0 ? 201 : 200);
  });
  app.get('/lots/import', (c) => show(c, { preview: null, csv: '', done: null }));
  app.post('/lots/import', (c) => takeForm(c, deps));
  app.get('/lots/import/sample.csv', (c) => sample(c));
  return app;
}

type Sent = { readonly bytes: Buffer; readonly preview: boolean };

/** The sheet as the body itself, as a file of a form, or as its `csv` field; `preview=1` in the address or the form. */
async function sheetOf(c: Context<Env>): Promise<Sent> {
  const type = c.req.header('content-type') ?? '';
  const asked = c.req.query('preview');
  if (
    type.startsWith('text/csv') ||
    type.startsWith('text/plain') ||
    type.startsWith('application/octet-stream') ||
    type.startsWith(workbookType)
  ) {
    return { bytes: Buffer.from(await c.req.arrayBuffer()), preview: asked === '1' || asked === 'true' };
  }
  if (!type.startsWith('multipart/form-data') && !type.startsWith('application/x-www-form-urlencoded')) {
    throw new Problem('wrong_media_type', { detail: 'Send text/csv, an .xlsx, or a form with a file.' });
  }
  const form = await c.req.parseBody().catch(() => {
    throw new Problem('invalid_input', {
      faults: [{ place: '', code: 'not_a_form', detail: 'The form cannot be read.' }],
    });
  });
  const file = Object.values(form).find((value): value is File => value instanceof File && value.size > 0);
  const text = typeof form['csv'] === 'string' ? form['csv'] : '';
  const flag = asked ?? form['preview'];
  return {
    bytes: file === undefined ? Buffer.from(text) : Buffer.from(await file.arrayBuffer()),
    preview: flag === '1' || flag === 'true',
  };
}

function previewJson(sheet: LotSheet) {
  return {
    columns: sheet.columns,
    unknown: sheet.unknown,
    rows: sheet.rows.map(({ row, cells, faults }) => ({ row, cells, faults })),
    faulty: sheet.faulty,
    lots: sheet.entries.map(({ code }) => code),
  };
}

type Shown = {
  readonly preview: ImportPreview | null;
  readonly csv: string;
  readonly done: { made: number; known: number } | null;
};

function show(c: Context<Env>, shown: Shown, status: 200 | 400 = 200): Promise<Response> {
  const words = c.get('words');
  const columns = sampleColumns.map((column) => columnName(words, column));
  return page(
    c,
    <ImportPage words={words} here="/lots/import" viewer={c.get('viewer')} columns={columns} {...shown} />,
    status,
  );
}

async function takeForm(c: Context<Env>, deps: Deps): Promise<Response> {
  const words = c.get('words');
  const { bytes, preview } = await sheetOf(c);
  // The text goes back into the form as it was read, so that taking it needs no second upload.
  const csv = sheetText(bytes);
  try {
    const sheet = previewLots(bytes);
    const found = previewOf(words, sheet);
    if (preview || found.faults.length > 0 || found.rowCount === 0)
      return show(c, { preview: found, csv, done: null }, found.faults.length > 0 ? 400 : 200);
    const done = importLots(deps, bytes, signedInCaller(c));
    const made = done.lots.filter(({ accepted }) => accepted > 0).length;
    return show(c, { preview: null, csv: '', done: { made, known: done.lots.length - made } });
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(
      c,
      {
        preview: { columns: [], rows: [], rowCount: 0, faults: error.faults.map((fault) => cellFault(words, fault)) },
        csv,
        done: null,
      },
      400,
    );
  }
}

/** A heading the reader of sheets understands, in the language of the page. */
function columnName(words: Texts, column: string): string {
  return words.trace.lots.sheetColumns[column] ?? column;
}

function previewOf(words: Texts, sheet: LotSheet): ImportPreview {
  const faults = sheet.rows.flatMap(({ row, faults: ofRow }) =>
    ofRow.map((fault) => ({ row, column: columnName(words, fault.column), said: faultText(words, fault) })),
  );
  const unknown = sheet.unknown.map((column) => ({ row: 1, column, said: words.trace.faults['unknown_column'] ?? '' }));
  const faulty = sheet.rows.filter((row) => row.faults.length > 0);
  const sound = sheet.rows.filter((row) => row.faults.length === 0);
  // Faulty rows are always among those shown.
  const rows = [...faulty, ...sound].slice(0, shownRows).sort((a, b) => a.row - b.row);
  return {
    columns: sheet.columns.map((column) => columnName(words, column)),
    rows: rows.map(({ row, cells }) => ({ row, cells: sheet.columns.map((column) => cells[column] ?? '') })),
    rowCount: sheet.rows.length,
    faults: sheet.faulty > 0 ? [...unknown, ...faults] : faults,
  };
}

/** `row 4, column lot` → the cell. */
function cellFault(words: Texts, fault: Fault): CellFault {
  const [, row, column] = /^row (\d+)(?:, column (.+))?$/.exec(fault.place) ?? [];
  return {
    row: Number(row ?? 1),
    column: column === undefined ? fault.place : columnName(words, column),
    said: faultText(words, fault),
  };
}

function sample(c: Context<Env>): Response {
  const rows = [
    sampleColumns.map((column) => columnName(c.get('words'), column)),
    [
      '06901234567892',
      'YX261119-A07',
      '云溪市青坪镇',
      '',
      '冷鲜猪五花肉',
      '162',
      '千克',
      '2026-11-19',
      '2026-11-26',
      '云溪联合屠宰厂',
      '王记鲜肉',
      '2026-11-19 07:00',
      '3309 2611 1807 42',
      'YXLH-261119-0215',
    ],
    ['', '', '云溪市白沙村', '青菜 1119', '小白菜', '40', '千克', '2026-11-19', '', '', '', '', '', ''],
  ];
  c.header('content-disposition', 'attachment; filename="lots-sample.csv"');
  return c.body(`\ufeff${rows.map((row) => row.join(',')).join('\r\n')}\r\n`, 200, {
    'content-type': 'text/csv; charset=utf-8',
  });
}
