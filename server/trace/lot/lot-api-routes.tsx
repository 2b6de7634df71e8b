// Lots over the API: registering one the way people keep it, listing, and reading one.

import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, jsonBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { holdLot, releaseLot } from './hold-lot.ts';
import { readLabTest } from './lab-test-form.ts';
import { lotPath } from './lot-address.ts';
import { entryOfForm } from './lot-form.ts';
import { listLots } from './lot-list-store.ts';
import { packSizeSchema, qrPath, reasonSchema } from './lot-schemas.ts';
import { type Lot, lotByCode } from './lot-store.ts';
import { recordLabTest } from './record-lab-test.ts';
import { type RegisteredLot, registerLot } from './register-lot.ts';
import { packSizesOf, setPackSize } from './set-pack-size.ts';
import { visibleLot } from './visible-lot.ts';

const listQuery = z.object({
  q: z.string().max(200).default(''),
  status: z.enum(['ok', 'held', 'recalled']).optional(),
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function lotApiRoutes(deps: Deps): Hono<Env> {
  const { db } = deps;
  const app = new Hono<Env>();
  app.post('/api/lots', async (c) => {
    return registered(c, deps, registerLot(deps, await lotBody(c), signedInCaller(c)));
  });
  app.get('/api/lots', (c) => {
    const { q, status, before, limit } = check(listQuery, c.req.query());
    const lots = listLots(db, signedInCaller(c), { q, status: status ?? '', before, limit });
    return c.json({
      lots: lots.map((lot) => lotJson(lot, deps)),
      next: lots.length < limit ? null : (lots.at(-1)?.id ?? null),
    });
  });
  app.get('/api/lots/:id', (c) => c.json(lotJson(visibleLot(c, deps), deps)));
  app.post('/api/lots/:id/held', async (c) => {
    holdLot(deps, visibleLot(c, deps).id, check(reasonSchema, await jsonBody(c)).reason, signedInCaller(c));
    return c.json(lotJson(visibleLot(c, deps), deps));
  });
  app.post('/api/lots/:id/released', async (c) => {
    releaseLot(deps, visibleLot(c, deps).id, check(reasonSchema, await jsonBody(c)).reason, signedInCaller(c));
    return c.json(lotJson(visibleLot(c, deps), deps));
  });
  app.get('/api/lots/:id/packs', (c) => c.json(packSizesOf(db, visibleLot(c, deps).id) ?? { unit: null, packs: [] }));
  app.put('/api/lots/:id/packs', async (c) => {
    const lot = visibleLot(c, deps);
    setPackSize(deps, lot.id, check(packSizeSchema, await jsonBody(c)), signedInCaller(c));
    return c.json(packSizesOf(db, lot.id));
  });
  app.post('/api/lots/:id/tests', async (c) => {
    const lot = visibleLot(c, deps);
    const test = { lotId: lot.id, ...(await readLabTest(c, deps)) };
    return c.json(recordLabTest(deps, test, signedInCaller(c)), 201);
  });
  return app;
}

function registered(c: Context<Env>, deps: Deps, done: RegisteredLot): Response {
  const lot = lotByCode(deps.db, done.code);
  if (lot === undefined) throw new Error('A registered lot is not there.');
  const { accepted, duplicate, claims, pack } = done;
  const said = { captureID: done.captureId ?? null, accepted, duplicate, claims, pack };
  const status = accepted > 0 ? 201 : 200;
  // A lot of which one only claimed something stays closed, and its page's address untold.
  if (!seesLot(deps.db, signedInCaller(c), lot.id)) return c.json({ code: lot.code, ...said }, status);
  const path = lotPath(lot, deps.secrets.linkKey);
  c.header('Location', `/api/lots/${lot.id}`);
  return c.json({ ...lotJson(lot, deps), ...said, qr: `${deps.config.publicUrl}${qrPath(path)}` }, status);
}

/** JSON as the schema has it, or the form of the page. */
export async function lotBody(c: Context<Env>): Promise<unknown> {
  const type = c.req.header('content-type') ?? '';
  if (type.includes('json')) return jsonBody(c);
  if (type.startsWith('application/x-www-form-urlencoded') || type.startsWith('multipart/form-data'))
    return entryOfForm(await formValues(c));
  throw new Problem('wrong_media_type', { detail: 'Send application/json or a form.' });
}

function lotJson(lot: Lot, { config, secrets }: Deps) {
  return {
    id: lot.id,
    code: lot.code,
    page: config.publicUrl + lotPath(lot, secrets.linkKey),
    gtin: lot.gtin,
    batch: lot.originBatch ?? lot.batch,
    origin: lot.origin,
    product: lot.name,
    productEn: lot.nameEn,
    status: lot.status,
    producedAt: lot.producedAt === null ? null : new Date(lot.producedAt).toISOString(),
    expiresAt: lot.expiresAt === null ? null : new Date(lot.expiresAt).toISOString(),
  };
}
