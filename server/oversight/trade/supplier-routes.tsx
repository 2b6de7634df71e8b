// A buyer's suppliers over HTTP: how complete their data are, and asking for the rest.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { type SupplierRow, SuppliersPage, supplierColumns } from '../../../views/oversight/trade/suppliers-page.tsx';
import { listed } from '../../../views/parts/listing.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { readBody } from '../../http/input.ts';
import { listFile } from '../../http/list-file.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { contactsOf, placesOf } from '../../trace/place/place-store.ts';
import { askSupplier } from './ask-supplier.ts';
import { completenessFor } from './completeness-store.ts';

const askSchema = z.object({ supplier: z.string().min(1).max(200), product: z.string().min(1).max(200) });

export function supplierRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/suppliers', (c) => show(c, deps, null));
  app.get('/my/suppliers.csv', (c) => listFile(c, 'suppliers', supplierColumns(c.get('words')), rowsFor(c, deps)));
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

function rowsFor(c: Context<Env>, deps: Deps): SupplierRow[] {
  const rows = completenessFor(deps, signedInCaller(c).sites);
  const ids = [...new Set(rows.flatMap(({ supplier }) => supplier ?? []))];
  const [places, contacts] = [placesOf(deps.db, ids), contactsOf(deps.db, ids)];
  return rows.map(({ supplier, ...row }) => ({
    ...row,
    supplier: supplier === null ? null : (places.get(supplier) ?? null),
    phone: supplier === null ? null : (contacts.get(supplier) ?? null),
  }));
}

function show(c: Context<Env>, deps: Deps, fault: 'nobody' | null): Promise<Response> {
  const words = c.get('words');
  const at = c.req.method === 'GET' ? here(c) : '/my/suppliers';
  return page(
    c,
    <SuppliersPage
      words={words}
      here={at}
      viewer={c.get('viewer')}
      list={listed(words, at, supplierColumns(words), rowsFor(c, deps))}
      asked={c.req.query('asked') === '1' ? 'asked' : fault}
    />,
    fault === null ? 200 : 400,
  );
}
