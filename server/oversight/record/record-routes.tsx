// Public records over HTTP: a kitchen's page, its certificate and door sign, the check of a certificate, districts, open data.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { CertificatePage } from '../../../views/oversight/record/certificate-page.tsx';
import { CheckPage } from '../../../views/oversight/record/check-page.tsx';
import { OpenDataPage } from '../../../views/oversight/record/open-data-page.tsx';
import { RecordPage } from '../../../views/oversight/record/record-page.tsx';
import { RecordsPage, recordColumns } from '../../../views/oversight/record/records-page.tsx';
import { rowsPerPage, searchAsked } from '../../../views/parts/listing.tsx';
import { changedHref } from '../../../views/parts/sorting.tsx';
import { qrImage } from '../../accounts/factor/qr.ts';
import { allDistricts } from '../../accounts/person/district.ts';
import type { Deps, Env } from '../../deps.ts';
import { csvRows } from '../../http/csv-file.ts';
import { idParam } from '../../http/input.ts';
import { listFile, mostInFile } from '../../http/list-file.ts';
import { Problem } from '../../http/problem.ts';
import { here, page } from '../../http/respond.tsx';
import { violationWords } from '../../kitchen/violation/violation-kinds.ts';
import { writeZip } from '../../ledger/plain-zip.ts';
import { livesFiles } from './lives.ts';
import { livesSheets } from './lives-store.ts';
import { answerOf } from './record-json.ts';
import { gradeIssued, listRecords, publicRecord, recordOrders } from './record-store.ts';

const listQuery = z.object({
  district: z.coerce.number().int().positive().optional().catch(undefined),
  sort: z.enum(Object.keys(recordOrders) as (keyof typeof recordOrders)[]).catch('place'),
});

export function recordRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/records', (c) => list(c, deps));
  app.get('/records.csv', (c) =>
    listFile(c, 'records', recordColumns(c.get('words')), linesAsked(c, deps, { offset: 0, limit: mostInFile + 1 }), {
      at: changedHref(here(c), { q: null }),
    }),
  );
  app.get('/records/:siteId', (c) => show(c, deps));
  app.get('/records/:siteId/certificate', (c) => certificate(c, deps, 'certificate'));
  app.get('/records/:siteId/sign', (c) => certificate(c, deps, 'sign'));
  app.get('/records/:siteId/check/:id', (c) => checkIssued(c, deps));
  app.get('/open-data', (c) =>
    page(c, <OpenDataPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} files={livesFiles} />),
  );
  app.get('/api/records/:siteId', (c) => c.json(answerOf(recordOf(c, deps))));
  app.get('/api/open-data/lives.zip', (c) => openData(c, deps));
  return app;
}

function recordOf(c: Context<Env>, { db, clock }: Deps) {
  const record = publicRecord(db, c.req.param('siteId') ?? '', clock());
  if (record === undefined) throw new Problem('not_found');
  return record;
}

function linesAsked(c: Context<Env>, { db, clock }: Deps, part: { readonly offset: number; readonly limit: number }) {
  const { district, sort } = listQuery.parse(c.req.query());
  return listRecords(db, { district, text: searchAsked(here(c)).q, order: sort, ...part }, clock());
}

function list(c: Context<Env>, deps: Deps): Promise<Response> {
  const { page: at } = searchAsked(here(c));
  const records = linesAsked(c, deps, { offset: (at - 1) * rowsPerPage, limit: rowsPerPage + 1 });
  const more = records.length > rowsPerPage ? 'more' : 'end';
  return page(
    c,
    <RecordsPage
      words={c.get('words')}
      here={here(c)}
      viewer={c.get('viewer')}
      records={{ rows: records.slice(0, rowsPerPage), page: at, more, found: null }}
      districts={allDistricts(deps.db)}
      district={listQuery.parse(c.req.query()).district}
    />,
  );
}

function show(c: Context<Env>, deps: Deps): Promise<Response> {
  const words = c.get('words');
  const record = recordOf(c, deps);
  const named = (violation: string) => violationWords(violation, words.lang).name;
  return page(
    c,
    <RecordPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      record={record}
      named={named}
      at={deps.clock()}
      origin={originOf(c, deps)}
    />,
  );
}

/** `PUBLIC_URL` where there is one: a printed code has to lead somewhere for years. */
function originOf(c: Context<Env>, { config }: Deps): string {
  return config.publicUrl ?? new URL(c.req.url).origin;
}

async function certificate(c: Context<Env>, deps: Deps, form: 'certificate' | 'sign'): Promise<Response> {
  const record = recordOf(c, deps);
  if (record.closedOn !== null)
    throw new Problem('not_found', { detail: 'This kitchen is closed: it has no grade to show.' });
  if (record.gradeId === null) throw new Problem('not_found', { detail: 'This kitchen has no grade yet.' });
  const path = `/records/${encodeURIComponent(record.site)}${form === 'sign' ? '' : `/check/${record.gradeId}`}`;
  const code = await qrImage(`${originOf(c, deps)}${path}`);
  return page(
    c,
    <CertificatePage
      words={c.get('words')}
      here={here(c)}
      viewer={c.get('viewer')}
      record={record}
      form={form}
      code={code}
      printedAt={deps.clock()}
    />,
  );
}

/** Says what is on record of a certificate, and never more than that; a number that was given to another is not known here. */
function checkIssued(c: Context<Env>, deps: Deps): Promise<Response> {
  const record = recordOf(c, deps);
  const issued = gradeIssued(deps.db, record.site, idParam(c, 'id'));
  return page(
    c,
    <CheckPage words={c.get('words')} here={here(c)} viewer={c.get('viewer')} record={record} issued={issued} />,
    issued === undefined ? 404 : 200,
  );
}

function openData(c: Context<Env>, deps: Deps): Response {
  const sheets = livesSheets(deps.db, { now: deps.clock(), origin: originOf(c, deps) });
  const zip = writeZip(
    sheets.map(({ file, columns, rows }) => ({ path: file, bytes: Buffer.from(csvRows([columns, ...rows])) })),
  );
  c.header('content-disposition', 'attachment; filename="lives.zip"');
  return c.body(Uint8Array.from(zip), 200, { 'content-type': 'application/zip' });
}
