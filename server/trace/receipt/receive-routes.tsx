// The shop's side: receiving by scan, and goods without a code.

import { type Context, Hono } from 'hono';
import { say } from '../../../views/text/say.ts';
import type { Texts } from '../../../views/text/texts.ts';
import { localFaults } from '../../../views/trace/parts.tsx';
import { ReceivePage } from '../../../views/trace/receipt/receive-page.tsx';
import type { ReceiveView } from '../../../views/trace/receipt/receive-view.ts';
import { warningSaid } from '../../../views/trace/receipt/scan-warning.ts';
import type { Caller } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import { dayMs } from '../../clock.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues } from '../../http/input.ts';
import { Problem } from '../../http/problem.ts';
import { page } from '../../http/respond.tsx';
import { openFindings } from '../finding/finding-store.ts';
import { shortOf } from '../lot/lot-name.ts';
import { lotById } from '../lot/lot-store.ts';
import { registerLot } from '../lot/register-lot.ts';
import { ownPlaces } from '../place/own-place-store.ts';
import { typedQuantity } from '../sheet/typed-amount.ts';
import { boxChoices } from './box-choices.ts';
import { purchasesOf } from './purchase-store.ts';
import { acknowledgements, receiptSchema } from './receipt.ts';
import { codeRows, receiptOfForm, rowsOfForm } from './receipt-form.ts';
import { receiveGoods } from './receive-goods.ts';
import { checkScan } from './scan-check-store.ts';

const mostUnscanned = 200;

export function receiveRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/receive', (c) => receivePage(c, deps, { values: askedBox(c), faults: [], done: null }));
  app.post('/receive', (c) => takeForm(c, deps));
  app.post('/receive/uncoded', (c) => takeUncoded(c, deps));
  return app;
}

type Shown = Pick<ReceiveView, 'values' | 'done'> & {
  readonly faults: readonly { place: string; code: string; detail: string }[];
};

type Looked = Pick<ReceiveView, 'choices' | 'warned'>;

/** What is known of every code that stands in the form, before it is sent. */
function looked(deps: Deps, words: Texts, values: Shown['values']): Looked {
  const rows = codeRows(values).map(
    ([row, code, expiresOn]) => [row, checkScan(deps, code, deps.clock(), expiresOn)] as const,
  );
  const choices = rows.map(([row, checked]) => [row, boxChoices(deps.db, words, checked, deps.clock())] as const);
  const warned = rows.flatMap(([row, checked]) => {
    const warnings = checked.is === 'goods' ? checked.warnings : [];
    const codes = acknowledgements.filter((each) => warnings.some(({ code }) => code === each));
    return warnings.length === 0
      ? []
      : [[row, { said: warnings.map((each) => warningSaid(words, each)), codes }] as const];
  });
  return { choices: new Map(choices.filter(([, offered]) => offered.length > 0)), warned: new Map(warned) };
}

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

function receivePage(c: Context<Env>, deps: Deps, shown: Shown, status: 200 | 400 | 409 = 200): Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const caller = signedInCaller(c);
  const view: ReceiveView = {
    words,
    here: '/receive',
    viewer: c.get('viewer'),
    sites: ownPlaces(db, caller),
    missing: missingScans(db, caller.sites),
    ...looked(deps, words, shown.values),
    suppliers: lateSuppliers(deps, caller, words.lang),
    values: shown.values,
    faults: localFaults(words, shown.faults).map((fault) => ({
      ...fault,
      detail: fault.place.endsWith('/acknowledged')
        ? words.trace.scan.takeAnywayFirst
        : (words.trace.codeFaults[fault.code] ?? say(words, fault.detail)),
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
const mostDeliveries = 2_000;

function lateSuppliers({ db, clock, secrets }: Deps, caller: Caller, lang: string): string[] {
  const now = clock();
  const span = { fromAt: now - supplierDays * dayMs, untilAt: now, most: mostDeliveries };
  const lines = purchasesOf(db, caller.sites, span, secrets.linkKey, now);
  const names = lines.map(({ supplier }) => (lang === 'en' ? (supplier?.nameEn ?? supplier?.name) : supplier?.name));
  return [...new Set(names.filter((name) => name !== null && name !== undefined))].slice(0, 30);
}

async function takeForm(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  if (values['rows'] !== undefined) return receivePage(c, deps, { values, faults: [], done: null });
  const { input, rows } = receiptOfForm(values);
  try {
    const goods = receiveGoods(deps, check(receiptSchema, input), signedInCaller(c), acknowledgements);
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
      error.code === 'conflict' ? 409 : 400,
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
  const faults = missing.map((name) => ({ place: `/uncoded/${name}`, code: 'required', detail: 'This is needed.' }));
  if (field('quantity') !== '' && !typedQuantity.safeParse(field('quantity')).success)
    faults.push({ place: '/uncoded/quantity', code: 'out_of_range', detail: 'A number above 0.' });
  if (faults.length > 0) {
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
