// The form of a laboratory test, for inspectors and suppliers, and the report that came with one.
import { type Context, Hono } from 'hono';
import { LabTestPage } from '../../../views/trace/lot/lab-test-page.tsx';
import { localFaults } from '../../../views/trace/parts.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { idParam } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { formFields } from '../../http/upload-form.ts';
import { sendPicture } from '../../sight/send-picture.ts';
import { showPicture } from '../../sight/show-picture.ts';
import { isStoredPicture } from '../../sight/stored-picture-store.ts';
import { readLabTest } from './lab-test-form.ts';
import { labTestById } from './lab-test-store.ts';
import { namesOfLot } from './lot-merge-store.ts';
import { shortOf } from './lot-name.ts';
import { recordLabTest } from './record-lab-test.ts';
import { visibleLot } from './visible-lot.ts';

export function labTestRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/lots/:id/tests/new', (c) => form(c, deps, {}, []));
  app.post('/lots/:id/tests', (c) => take(c, deps));
  app.get('/lots/:id/tests/:test/report', (c) => report(c, deps));
  return app;
}

function form(
  c: Context<Env>,
  deps: Deps,
  values: Readonly<Record<string, string>>,
  faults: readonly Fault[],
): Promise<Response> {
  const lot = visibleLot(c, deps);
  const words = c.get('words');
  const view = { words, here: c.req.path, viewer: c.get('viewer'), values, faults: localFaults(words, faults) };
  const shown = { id: lot.id, batch: shortOf(lot), productName: lot.name, productNameEn: lot.nameEn };
  return page(c, <LabTestPage {...view} lot={shown} now={deps.clock()} />, faults.length > 0 ? 400 : 200);
}

async function take(c: Context<Env>, deps: Deps): Promise<Response> {
  const lot = visibleLot(c, deps);
  try {
    const { held } = recordLabTest(deps, { lotId: lot.id, ...(await readLabTest(c, deps)) }, signedInCaller(c));
    return seeOther(c, `/lots/${lot.id}?notice=${held ? 'tested_held' : 'tested'}#tests`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const typed = Object.entries(await formFields(c)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    );
    return form(c, deps, Object.fromEntries(typed), error.faults);
  }
}

/** A photo of a report goes through the door of every picture; a PDF is handed over to be kept, never opened here. */
async function report(c: Context<Env>, deps: Deps): Promise<Response> {
  const lot = visibleLot(c, deps);
  const test = labTestById(deps.db, idParam(c, 'test'));
  if (test === undefined || !namesOfLot(deps.db, lot.id).includes(test.lotId) || test.fileHash === null)
    throw new Problem('not_found');
  if (isStoredPicture(deps.db, test.fileHash)) {
    const looker = { role: signedInCaller(c).role, purpose: 'page' } as const;
    return sendPicture(c, await showPicture(deps, { hash: test.fileHash, looker }));
  }
  const bytes = deps.blobs.get(test.fileHash);
  if (bytes === undefined) throw new Problem('not_found');
  c.header('content-disposition', `attachment; filename="laboratory-report-${test.id}.pdf"`);
  c.header('x-content-type-options', 'nosniff');
  return c.body(Uint8Array.from(bytes), 200, { 'content-type': 'application/pdf' });
}
