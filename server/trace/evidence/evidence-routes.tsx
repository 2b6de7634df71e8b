// Evidence bundles for inspectors: of a lot, and of a recall's lot.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { shortOf } from '../lot/lot-name.ts';
import { type Lot, lotById } from '../lot/lot-store.ts';
import { visibleLot } from '../lot/visible-lot.ts';
import { visibleRecall } from '../recall/visible-recall.ts';
import { exportEvidence } from './export-evidence.ts';

export function evidenceRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  const ofLot = (c: Context<Env>) => bundle(c, deps, visibleLot(c, deps));
  const ofRecall = (c: Context<Env>) => {
    const lot = lotById(deps.db, visibleRecall(c, deps).lotId);
    if (lot === undefined) throw new Problem('not_found');
    return bundle(c, deps, lot);
  };
  // By POST: each bundle handed out is written down.
  app.post('/lots/:id/evidence', ofLot);
  app.post('/recalls/:id/evidence', ofRecall);
  app.post('/api/lots/:id/evidence', ofLot);
  app.post('/api/recalls/:id/evidence', ofRecall);
  return app;
}

const asked = z.object({ reason: z.string().trim().min(1).max(500).optional().catch(undefined) });

async function bundle(c: Context<Env>, deps: Deps, lot: Lot): Promise<Response> {
  // With nothing sent it is the bundle as before: photos blurred.
  const { reason } = c.req.header('content-type') === undefined ? {} : await readBody(c, asked);
  const bytes = await exportEvidence(deps, lot, signedInCaller(c), reason);
  const name = shortOf(lot).replace(/[^A-Za-z0-9._-]+/g, '-');
  c.header('content-disposition', `attachment; filename="evidence-${name}.zip"`);
  c.header('cache-control', 'private, no-store');
  return c.body(Uint8Array.from(bytes), 200, { 'content-type': 'application/zip' });
}
