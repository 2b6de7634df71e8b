// The import of a sheet of lots over the API: looked at, taken at once, or in the background with how far it is.
import { Hono } from 'hono';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { cancelImport } from './cancel-import.ts';
import { checkAside } from './check-aside.ts';
import { sentImport } from './import-input.ts';
import { mostAtOnce, refuseStopped, takeSheet } from './import-lots.ts';
import type { LotSheet } from './lot-sheet.ts';
import { importOf, type SheetImport } from './sheet-import-store.ts';
import { startImport } from './start-import.ts';

export function importApiRoutes(deps: Deps): Hono<Env> {
  const { db } = deps;
  const app = new Hono<Env>();
  app.post('/api/lots/import', async (c) => {
    const sent = await sentImport(c, deps);
    const caller = signedInCaller(c);
    const sheet = await checkAside(db, sent.bytes, sent.choices);
    if (sent.preview === 'preview') return c.json(sheetJson(sheet));
    refuseStopped(sheet, sent.choices);
    if (sheet.entries.length > mostAtOnce) {
      const publicId = startImport(deps, sent, sent.choices, sheet.entries.length, caller);
      c.header('Location', `/api/lots/imports/${publicId}`);
      return c.json(importJson(importOf(db, publicId, caller)), 202);
    }
    const done = takeSheet(deps, { ...sent, sheet }, caller);
    return c.json(done, done.accepted > 0 ? 201 : 200);
  });
  app.get('/api/lots/imports/:id', (c) => c.json(importJson(importOf(db, c.req.param('id'), signedInCaller(c)))));
  app.on('DELETE', '/api/lots/imports/:id', (c) =>
    c.json(importJson(cancelImport(deps, c.req.param('id'), signedInCaller(c)))),
  );
  return app;
}

function importJson({ publicId, name, state, total, done, made, accepted, duplicate, claims, fault }: SheetImport) {
  return {
    id: publicId,
    name,
    state,
    lots: total,
    done,
    made,
    accepted,
    duplicate,
    claims,
    fault: fault === null ? null : (JSON.parse(fault) as unknown),
  };
}

/** What the preview answers: the table as it was read, and everything that stops it or is worth saying. */
function sheetJson(sheet: LotSheet) {
  const at = (level: string) => (fault: { level: string }) => fault.level === level;
  return {
    state: sheet.state,
    sheet: sheet.name,
    otherSheets: sheet.others,
    headingRow: sheet.headingRow,
    headings: sheet.headings.map(({ cell, name, meaning, near }) => ({
      cell,
      name,
      column: meaning === 'idle' ? null : (meaning ?? null),
      ...(near === undefined ? {} : { perhaps: near }),
    })),
    columns: sheet.columns,
    unknown: sheet.headings.filter(({ meaning }) => meaning === undefined).map(({ name }) => name),
    leftOut: sheet.headings.filter(({ meaning }) => meaning === 'idle').map(({ name }) => name),
    questions: sheet.found.filter(at('ask')),
    doubts: [...sheet.found, ...sheet.rows.flatMap(({ found }) => found)].filter(at('doubt')),
    notes: [...sheet.found, ...sheet.rows.flatMap(({ found }) => found)].filter(at('note')),
    rows: sheet.rows.map(({ row, cells, found }) => ({ row, cells, faults: found.filter(at('fault')) })),
    faulty: sheet.rows.filter(({ found }) => found.some(at('fault'))).length,
    lots: sheet.entries.map(({ code }) => code),
  };
}
