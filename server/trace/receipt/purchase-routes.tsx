// The purchase ledger (进货台账) of one's own places: to read, to print, and as CSV.

import { stringify } from 'csv-stringify/sync';
import { type Context, Hono } from 'hono';
import { formatDate } from '../../../views/parts/time.ts';
import { PurchasesPage } from '../../../views/trace/receipt/purchases-page.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { page } from '../../http/respond.tsx';
import { originIn } from '../place/origin-store.ts';
import { ownPlaces } from '../place/own-place-store.ts';
import { mostPurchases, purchasesOf } from './purchase-store.ts';

const shownDays = 30;

export function purchaseRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/my/purchases', (c) => purchases(c, deps));
  app.get('/my/purchases.csv', (c) => purchasesCsv(c, deps));
  return app;
}

type Period = { readonly from: string; readonly until: string; readonly fromAt: number; readonly untilAt: number };

/** Days of Beijing, the last thirty when nothing is asked. */
function periodOf(c: Context<Env>, now: number): Period {
  const day = (name: string, fallback: number) => {
    const asked = c.req.query(name) ?? '';
    return /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : formatDate(fallback);
  };
  const from = day('from', now - shownDays * dayMs);
  const until = day('until', now);
  return {
    from,
    until,
    fromAt: Date.parse(`${from}T00:00:00+08:00`),
    untilAt: Date.parse(`${until}T00:00:00+08:00`) + dayMs - 1,
  };
}

function purchases(c: Context<Env>, { db, clock, secrets }: Deps): Promise<Response> {
  const caller = signedInCaller(c);
  const { from, until, fromAt, untilAt } = periodOf(c, clock());
  const found = purchasesOf(db, caller.sites, fromAt, untilAt, secrets.linkKey, clock());
  const view = {
    words: c.get('words'),
    here: '/my/purchases',
    viewer: c.get('viewer'),
    sites: ownPlaces(db, caller),
    from,
    until,
    now: clock(),
  };
  const csvHref = `/my/purchases.csv?${new URLSearchParams({ from, until })}`;
  return page(
    c,
    <PurchasesPage
      {...view}
      purchases={found
        .slice(0, mostPurchases)
        .map((line) => ({ ...line, origin: originIn(db, view.words.lang, line.origin) }))}
      cut={found.length > mostPurchases ? 'cut' : 'whole'}
      csvHref={csvHref}
    />,
  );
}

function purchasesCsv(c: Context<Env>, { db, clock, secrets }: Deps): Response {
  const { from, until, fromAt, untilAt } = periodOf(c, clock());
  const { shop } = c.get('words').trace;
  const header = [
    shop.date,
    shop.product,
    shop.batch,
    shop.quantityColumn,
    shop.unit,
    shop.supplier,
    shop.originColumn,
    shop.expires,
    shop.certificates,
    shop.temperatureColumn,
  ];
  const rows = purchasesOf(db, signedInCaller(c).sites, fromAt, untilAt, secrets.linkKey, clock())
    .slice(0, mostPurchases)
    .map((line) => [
      new Date(line.at).toISOString(),
      line.productName ?? '',
      line.batch,
      line.quantity ?? '',
      line.unit ?? '',
      line.supplier?.name ?? line.supplier?.id ?? '',
      line.origin ?? '',
      line.expiresAt === null ? '' : formatDate(line.expiresAt),
      line.certificates.join(' '),
      line.celsius ?? '',
    ]);
  c.header('content-disposition', `attachment; filename="purchases-${from}-${until}.csv"`);
  // A cell that starts like a formula is quoted away, and the mark tells spreadsheets that it is UTF-8.
  return c.body(`\ufeff${stringify([header, ...rows], { escape_formulas: true })}`, 200, {
    'content-type': 'text/csv; charset=utf-8',
  });
}
