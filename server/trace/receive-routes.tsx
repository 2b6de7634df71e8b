// The shop's side: receiving by scan, goods without a code, the purchase ledger with its CSV.
import { stringify } from 'csv-stringify/sync';
import { type Context, Hono } from 'hono';
import { formatDate } from '../../views/parts/time.ts';
import { localFaults } from '../../views/trace/parts.tsx';
import { PurchasesPage } from '../../views/trace/purchases-page.tsx';
import { ReceivePage, type ReceiveView } from '../../views/trace/receive-page.tsx';
import type { Caller } from '../accounts/caller.ts';
import { signedInCaller } from '../accounts/guard.ts';
import type { Deps, Env } from '../deps.ts';
import { check, readBody } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { page } from '../http/respond.tsx';
import { placesOf } from './bench-store.ts';
import { openFindings } from './finding-store.ts';
import { formValues } from './lot-api-routes.tsx';
import { lotById } from './lot-store.ts';
import { originIn } from './origin-store.ts';
import { mostPurchases, purchasesOf } from './purchase-store.ts';
import { receiptSchema } from './receipt.ts';
import { receiptOfForm, rowsOfForm } from './receipt-form.ts';
import { receiveGoods } from './receive-goods.ts';
import { registerLot } from './register-lot.ts';
import { shortOf } from './trace-routes.tsx';

const dayMs = 86_400_000;
const shownDays = 30;
const mostUnscanned = 200;

export function receiveRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/receive', (c) => receivePage(c, deps, { values: askedBox(c), faults: [], done: null }));
  app.post('/receive', (c) => takeForm(c, deps));
  app.post('/receive/uncoded', (c) => takeUncoded(c, deps));
  app.post('/api/receipts', async (c) => {
    const goods = receiveGoods(deps, await readBody(c, receiptSchema), signedInCaller(c));
    const { site, accepted, duplicate, lots } = goods;
    return c.json(
      {
        site,
        accepted,
        duplicate,
        lots: lots.map((lot) => ({
          code: lot.code,
          batch: shortOf(lot),
          product: lot.name,
          productEn: lot.nameEn,
          status: lot.status,
        })),
      },
      accepted > 0 ? 201 : 200,
    );
  });
  app.get('/my/purchases', (c) => purchases(c, deps));
  app.get('/my/purchases.csv', (c) => purchasesCsv(c, deps));
  return app;
}

type Shown = Pick<ReceiveView, 'values' | 'done'> & {
  readonly faults: readonly { place: string; code: string; detail: string }[];
};

/** A box that another page asks to be received: `?code=…&quantity=…&unit=…&from=…`. */
function askedBox(c: Context<Env>): Record<string, string> {
  const of = (name: string) => (c.req.query(name) ?? '').slice(0, 2_048);
  const values = {
    'boxes.0.code': of('code'),
    'boxes.0.quantity': of('quantity'),
    'boxes.0.unit': of('unit'),
    from: of('from'),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function receivePage(c: Context<Env>, deps: Deps, shown: Shown, status: 200 | 400 = 200): Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const caller = signedInCaller(c);
  const view: ReceiveView = {
    words,
    here: '/receive',
    viewer: c.get('viewer'),
    sites: ownPlaces(db, caller),
    missing: missingScans(db, caller.sites),
    suppliers: lateSuppliers(deps, caller, words.lang),
    values: shown.values,
    faults: localFaults(words, shown.faults).map((fault) => ({
      ...fault,
      detail: words.trace.codeFaults[fault.code] ?? fault.detail,
    })),
    rows: rowsOfForm(shown.values),
    done: shown.done,
  };
  return page(c, <ReceivePage {...view} />, status);
}

function missingScans(db: Deps['db'], siteIds: readonly string[]): number {
  const of = (kind: 'unscanned' | 'uncoded') => openFindings(db, { siteIds, kind, limit: mostUnscanned }).length;
  return siteIds.length === 0 ? 0 : of('unscanned') + of('uncoded');
}

const supplierDays = 30;

function lateSuppliers({ db, clock, secrets }: Deps, caller: Caller, lang: string): string[] {
  const now = clock();
  const lines = purchasesOf(db, caller.sites, now - supplierDays * dayMs, now, secrets.linkKey);
  const names = lines.map(({ supplier }) => (lang === 'en' ? (supplier?.nameEn ?? supplier?.name) : supplier?.name));
  return [...new Set(names.filter((name) => name !== null && name !== undefined))].slice(0, 30);
}

function ownPlaces(db: Deps['db'], caller: Caller) {
  const places = placesOf(db, caller.sites);
  return caller.sites.map(
    (id) => places.get(id) ?? { id, name: id, nameEn: null, kind: null, address: null, addressEn: null },
  );
}

async function takeForm(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  if (values['rows'] !== undefined) return receivePage(c, deps, { values, faults: [], done: null });
  const { input, rows } = receiptOfForm(values);
  try {
    const goods = receiveGoods(deps, check(receiptSchema, input), signedInCaller(c));
    const lots = goods.lots.map((lot) => ({
      labelHref: null,
      batch: shortOf(lot),
      productName: lot.name,
      productNameEn: lot.nameEn,
      state: lot.status,
    }));
    return receivePage(c, deps, { values: {}, faults: [], done: { lots, known: goods.duplicate } });
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const faults = error.faults.map((fault) => ({
      ...fault,
      place: fault.place.replace(/^\/boxes\/(\d+)/, (_all, index: string) => `/boxes/${rows[Number(index)] ?? 0}`),
    }));
    return receivePage(
      c,
      deps,
      {
        values,
        faults: faults.map((fault) =>
          fault.place === '/boxes' ? { ...fault, place: '/boxes/0/code', code: 'required' } : fault,
        ),
        done: null,
      },
      400,
    );
  }
}

/** First-station coding (首站赋码): goods from outside get a code of ours and are received in one go. */
async function takeUncoded(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  const caller = signedInCaller(c);
  const site = ownSite(caller, values['site']);
  const field = (name: string) => values[`uncoded.${name}`]?.trim() ?? '';
  const missing = ['product', 'origin', 'batch'].filter((name) => field(name) === '');
  if (missing.length > 0) {
    const faults = missing.map((name) => ({ place: `/uncoded/${name}`, code: 'required', detail: 'This is needed.' }));
    return receivePage(c, deps, { values, faults, done: null }, 400);
  }
  try {
    const done = registerLot(deps, uncodedEntry(field, site, deps.clock()), caller);
    const lot = lotById(deps.db, done.lotId);
    const lots =
      lot === undefined
        ? []
        : [
            {
              labelHref: `/lots/${lot.id}/labels`,
              batch: shortOf(lot),
              productName: lot.name,
              productNameEn: lot.nameEn,
              state: lot.status,
            },
          ];
    return receivePage(c, deps, { values: {}, faults: [], done: { lots, known: done.accepted > 0 ? 0 : 1 } });
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const faults = error.faults.map((fault) => ({ ...fault, place: `/uncoded/${fault.place.split('/').at(-1)}` }));
    return receivePage(c, deps, { values, faults, done: null }, 400);
  }
}

function uncodedEntry(field: (name: string) => string, site: string, now: number) {
  const amount = field('quantity') === '' ? {} : { quantity: field('quantity'), unit: field('unit') };
  const at = new Date(now).toISOString();
  return {
    product: field('product'),
    origin: field('origin'),
    batch: field('batch'),
    madeAt: field('origin'),
    ...amount,
    flow: [{ from: field('origin'), to: site, at, ...amount }],
  };
}

function ownSite(caller: Caller, asked: string | undefined): string {
  const site = asked === undefined || asked === '' ? caller.sites[0] : asked;
  if (site === undefined || !caller.sites.includes(site))
    throw new Problem('not_found', { detail: 'No such place of yours.' });
  return site;
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
  const found = purchasesOf(db, caller.sites, fromAt, untilAt, secrets.linkKey);
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
  const rows = purchasesOf(db, signedInCaller(c).sites, fromAt, untilAt, secrets.linkKey)
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
