// Judged frames as data sets, for administrators: the page, the API, and the file.

import { type Context, Hono } from 'hono';
import { DatasetsPage } from '../../../views/kitchen/dataset/datasets-page.tsx';
import type { DatasetLine } from '../../../views/kitchen/dataset/datasets-view.ts';
import { localName } from '../../../views/text/texts.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env, Lang } from '../../deps.ts';
import { check, idParam, readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { repeatedFields } from '../../http/upload-form.ts';
import { formFaults, typedValues } from '../setting/form-faults.ts';
import { askDataset } from './ask-dataset.ts';
import { datasetFaults, keepFileDays, leftOutKinds } from './dataset.ts';
import { type NewDataset, newDatasetSchema } from './dataset-form.ts';
import { type DatasetExport, datasetById, judgedKitchens, lastDatasets, type NamedExport } from './dataset-store.ts';
import { openDataset } from './open-dataset.ts';

export function datasetRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/datasets', (c) => showDatasets(c, deps, { faces: 'as-seen' }, {}));
  app.post('/datasets', async (c) => {
    const form = await repeatedFields(c);
    try {
      ask(c, deps, check(newDatasetSchema, form));
      return seeOther(c, '/datasets');
    } catch (error) {
      if (!(error instanceof Problem) || error.faults.length === 0) throw error;
      return showDatasets(c, deps, typedValues(form), { problem: error, chosen: [form['kitchen'] ?? []].flat() });
    }
  });
  app.get('/datasets/:id/file', (c) => {
    const id = idParam(c, 'id');
    const { stream, bytes } = openDataset(deps, signedInCaller(c), id);
    return c.body(stream, 200, {
      'content-type': 'application/zip',
      'content-length': String(bytes),
      'content-disposition': `attachment; filename="judged-${id}.zip"`,
      'cache-control': 'no-store',
    });
  });
  api(app, deps);
  return app;
}

function api(app: Hono<Env>, deps: Deps): void {
  app.get('/api/datasets', (c) => c.json({ datasets: lastDatasets(deps.db).map(datasetJson) }));
  app.post('/api/datasets', async (c) => {
    const id = ask(c, deps, await readBody(c, newDatasetSchema));
    return c.json(datasetJson(found(deps, id)), 202);
  });
  app.get('/api/datasets/:id', (c) => c.json(datasetJson(found(deps, idParam(c, 'id')))));
}

function ask(c: Context<Env>, deps: Deps, { reason, ...request }: NewDataset): number {
  return askDataset(deps, signedInCaller(c), { request, reason });
}

function found({ db }: Deps, id: number): DatasetExport {
  const row = datasetById(db, id);
  if (row === undefined) throw new Problem('not_found');
  return row;
}

function datasetJson({
  id,
  askedAt,
  reason,
  request,
  state,
  done,
  total,
  fault,
  sums,
  digest,
  bytes,
  goneAt,
}: DatasetExport) {
  const file = state === 'done' && goneAt === null ? `/datasets/${id}/file` : null;
  return { id, askedAt, reason, request, state, done, total, fault, sums, digest, bytes, file };
}

function showDatasets(
  c: Context<Env>,
  { db }: Deps,
  values: Readonly<Record<string, string>>,
  { problem, chosen = [] }: { problem?: Problem; chosen?: readonly unknown[] },
) {
  const words = c.get('words');
  const texts = words.learning.dataset.fieldFaults;
  const faults =
    problem === undefined
      ? []
      : formFaults(problem, words).map((fault) => ({ ...fault, detail: texts[fault.place] ?? fault.detail }));
  const view = {
    words,
    here: '/datasets',
    viewer: c.get('viewer'),
    kitchens: judgedKitchens(db).map((kitchen) => ({ ...kitchen, chosen: chosen.includes(kitchen.siteId) })),
    values,
    faults,
    exports: lastDatasets(db).map((row) => lineOf(row, c.get('lang'))),
  };
  return page(c, <DatasetsPage {...view} />, problem === undefined ? 200 : 400);
}

function lineOf(row: NamedExport, lang: Lang): DatasetLine {
  const { sums, digest, bytes, endedAt } = row;
  const leftOut = sums === null ? 0 : leftOutKinds.reduce((total, kind) => total + sums.leftOut[kind], 0);
  return {
    id: row.id,
    askedAt: row.askedAt,
    by: localName(lang, { name: row.askedByName, nameEn: row.askedByNameEn }),
    reason: row.reason,
    state: row.goneAt === null ? row.state : 'gone',
    done: row.done,
    total: row.total,
    fault: datasetFaults.find((code) => code === row.fault),
    made:
      sums === null
        ? undefined
        : {
            pictures: sums.pictures,
            kitchens: sums.kitchens,
            leftOut,
            digest: digest ?? '',
            megabytes: (bytes ?? 0) / 1e6,
            goneAt: (endedAt ?? 0) + keepFileDays * dayMs,
          },
  };
}
