// A buyer's suppliers over HTTP: how complete their data are, and asking for the rest.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { SuppliersPage } from '../../../views/oversight/trade/suppliers-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { readBody } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { contactsOf, placesOf } from '../../trace/place/place-store.ts';
import { askSupplier } from './ask-supplier.ts';
import { completenessFor } from './completeness-store.ts';

const askSchema = z.object({ supplier: z.string().min(1).max(200), product: z.string().min(1).max(200) });

export function supplierRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/suppliers', (c) => show(c, deps, null));
  app.get('/api/suppliers', (c) => c.json({ suppliers: completenessFor(deps, signedInCaller(c).sites) }));
  app.post('/my/suppliers/asked', async (c) => {
    try {
      askSupplier(deps, await readBody(c, askSchema), signedInCaller(c));
    } catch (error) {
      if (!(error instanceof Problem) || error.faults[0]?.code !== 'nobody') throw error;
      return show(c, deps, 'nobody');
    }
    return seeOther(c, '/my/suppliers?asked=1');
  });
  return app;
}

function show(c: Context<Env>, deps: Deps, fault: 'nobody' | null): Promise<Response> {
  const rows = completenessFor(deps, signedInCaller(c).sites);
  const ids = [...new Set(rows.flatMap(({ supplier }) => supplier ?? []))];
  const [places, contacts] = [placesOf(deps.db, ids), contactsOf(deps.db, ids)];
  return page(
    c,
    <SuppliersPage
      words={c.get('words')}
      here="/my/suppliers"
      viewer={c.get('viewer')}
      rows={rows.map(({ supplier, ...row }) => ({
        ...row,
        supplier: supplier === null ? null : (places.get(supplier) ?? null),
        phone: supplier === null ? null : (contacts.get(supplier) ?? null),
      }))}
      asked={c.req.query('asked') === '1' ? 'asked' : fault}
    />,
    fault === null ? 200 : 400,
  );
}
