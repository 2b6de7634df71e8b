// The pages of the import: a sheet looked at and taken, one in the background with how far it is, and the sample sheet.
import { type Context, Hono } from 'hono';
import { ImportPage } from '../../../views/trace/import/import-page.tsx';
import { ImportProgressPage } from '../../../views/trace/import/import-progress-page.tsx';
import type { ImportLine, ImportPreview, ImportView } from '../../../views/trace/import/import-view.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { csv, page, seeOther } from '../../http/respond.tsx';
import { cancelImport } from './cancel-import.ts';
import { checkAside } from './check-aside.ts';
import { type SentImport, sentImport } from './import-input.ts';
import { mostAtOnce, takeSheet } from './import-lots.ts';
import { columnLabel, columnLabels, faultSaid, shownSheet } from './import-shown.ts';
import { sampleColumns, sampleRows } from './sample-sheet.ts';
import { importOf, importsOf, type SheetImport } from './sheet-import-store.ts';
import { keepDraft, startImport } from './start-import.ts';

export function importRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/lots/import', (c) => show(c, deps, nothingSent));
  app.post('/lots/import', (c) => takeForm(c, deps));
  app.get('/lots/import/sample.csv', (c) => sample(c));
  app.get('/lots/imports/:id', (c) => progress(c, deps));
  app.post('/lots/imports/:id/cancelled', (c) => {
    const { publicId } = cancelImport(deps, c.req.param('id'), signedInCaller(c));
    return seeOther(c, `/lots/imports/${publicId}`);
  });
  return app;
}

type Shown = Pick<ImportView, 'preview' | 'csv' | 'draft' | 'doubts' | 'done'>;
const nothingSent: Shown = { preview: null, csv: '', draft: null, doubts: 'stop', done: null };

function show(c: Context<Env>, { db }: Deps, shown: Shown, status: 200 | 400 = 200): Promise<Response> {
  const words = c.get('words');
  const recent = importsOf(db, signedInCaller(c)).map((line) => lineOf(c, line));
  const view = { words, here: '/lots/import', viewer: c.get('viewer'), columns: columnLabels(words), recent };
  return page(c, <ImportPage {...view} {...shown} />, status);
}

async function takeForm(c: Context<Env>, deps: Deps): Promise<Response> {
  const sent = await sentImport(c, deps);
  const caller = signedInCaller(c);
  const kept = keptOf(deps, sent, c);
  try {
    const sheet = await checkAside(deps.db, sent.bytes, sent.choices);
    const isReady = sheet.state === 'ready' && sheet.rows.length > 0;
    if (sent.preview === 'preview' || !isReady) {
      const preview = shownSheet(c.get('words'), sheet);
      return show(c, deps, { ...kept, preview }, isReady || sheet.state === 'ready' ? 200 : 400);
    }
    if (sheet.entries.length > mostAtOnce) {
      const publicId = startImport(deps, sent, sent.choices, sheet.entries.length, caller);
      return seeOther(c, `/lots/imports/${publicId}`);
    }
    const { lots, claims } = takeSheet(deps, { ...sent, sheet }, caller);
    const made = lots.filter(({ accepted }) => accepted > 0).length;
    return show(c, deps, { ...nothingSent, done: { made, known: lots.length - made, claims } });
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return show(c, deps, { ...kept, preview: refusedPreview(c, error) }, 400);
  }
}

/** A file is kept, so that saying what a heading holds needs no second upload; a pasted text goes back into its field. */
function keptOf(deps: Deps, { bytes, name, from, choices }: SentImport, c: Context<Env>): Shown {
  const kept = { ...nothingSent, doubts: choices.doubts };
  if (from === 'file')
    return { ...kept, draft: { id: keepDraft(deps, { bytes, name }, choices, signedInCaller(c)), name } };
  if (typeof from === 'object') return { ...kept, draft: { id: from.draft, name } };
  return { ...kept, csv: bytes.toString('utf8') };
}

/** A file that is no table at all: what it is, and nothing to choose. */
function refusedPreview(c: Context<Env>, { faults }: Problem): ImportPreview {
  const words = c.get('words');
  const said = faults.map((fault) => ({
    level: 'fault' as const,
    row: Number(/^row (\d+)/.exec(fault.place)?.[1] ?? 1),
    cell: 'A1',
    column: columnLabel(words, /column (.+)$/.exec(fault.place)?.[1] ?? 'sheet'),
    said: faultSaid(words, fault),
    shown: null,
  }));
  return { state: 'stopped', sheets: [], headings: [], columns: [], rows: [], rowCount: 0, lotCount: 0, said };
}

function progress(c: Context<Env>, { db }: Deps): Promise<Response> {
  const found = importOf(db, c.req.param('id') ?? '', signedInCaller(c));
  const view = { words: c.get('words'), here: `/lots/imports/${found.publicId}`, viewer: c.get('viewer') };
  return page(c, <ImportProgressPage {...view} line={lineOf(c, found)} />);
}

function lineOf(
  c: Context<Env>,
  { publicId, name, state, total, done, made, claims, fault, createdAt }: SheetImport,
): ImportLine {
  const said =
    fault === null
      ? null
      : faultSaid(c.get('words'), { place: '', ...(JSON.parse(fault) as { code: string; detail: string }) });
  return {
    publicId,
    name: name === '' ? publicId.slice(0, 8) : name,
    state,
    total,
    done,
    made,
    claims,
    fault: said,
    createdAt,
  };
}

function sample(c: Context<Env>): Response {
  const words = c.get('words');
  const rows = [sampleColumns.map((column) => columnLabel(words, column)), ...sampleRows];
  return csv(c, 'lots-sample', rows);
}
