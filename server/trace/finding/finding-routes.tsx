// Findings: the inspector's list with its rules, a shop's own, and both over the API.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { listed, rowsNeeded } from '../../../views/parts/listing.tsx';
import { kindsBySeverity } from '../../../views/trace/finding/finding-severity.ts';
import { FindingsPage, findingColumns } from '../../../views/trace/finding/findings-page.tsx';
import type { FindingRow, RuleLine } from '../../../views/trace/finding/findings-view.ts';
import { localFaults } from '../../../views/trace/parts.tsx';
import { type Caller, seesAllSites, sitesSeen } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues } from '../../http/input.ts';
import { listFile, mostHeld, mostInFile } from '../../http/list-file.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { lotById } from '../lot/lot-store.ts';
import { placesOf } from '../place/place-store.ts';
import { batchOf } from '../recall/recall-view-store.ts';
import { namedRules, productIdOf, readRules } from '../state/finding-rule-store.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';
import { changeFindingRule } from './change-finding-rule.ts';
import { findingKinds } from './finding.ts';
import { countFindings, type KeptFinding, openFindings } from './finding-store.ts';

const perPage = 100;

const listQuery = z.object({
  kind: z.enum(findingKinds).optional().catch(undefined),
  before: z.coerce.number().int().positive().optional().catch(undefined),
});

const ofWhole = (most: number) => z.coerce.number().int().min(1).max(most).optional();

const ruleSchema = z.object({
  product: z.string().trim().max(80).default(''),
  lossPercent: z.coerce.number().min(0).max(100).optional(),
  transitHours: ofWhole(2_160),
  nearDays: ofWhole(365),
});

export function findingRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/findings', (c) => list(c, deps, 'all', { faults: [], values: {} }));
  app.get('/findings.csv', (c) => sheet(c, deps));
  app.get('/my/findings.csv', (c) => sheet(c, deps));
  app.get('/my/findings', (c) => list(c, deps, 'mine', { faults: [], values: {} }));
  app.post('/findings/rules', (c) => changeRule(c, deps));
  app.get('/api/findings', (c) => {
    const { kind, before } = listQuery.parse(c.req.query());
    const caller = signedInCaller(c);
    const found = openFindings(deps.db, {
      ...scopeOfFindings(caller),
      ...(kind === undefined ? {} : { kind }),
      ...(before === undefined ? {} : { before }),
      limit: perPage,
    });
    return c.json({ findings: found.map(findingJson), before: found.length < perPage ? null : found.at(-1)?.id });
  });
  return app;
}

/** One's own places, or those of one's part of the city; a finding without a place is for who covers the city. */
function scopeOfFindings(caller: Caller): { readonly siteIds?: readonly string[] } {
  return seesAllSites(caller) ? {} : { siteIds: sitesSeen(caller) };
}

type Typed = { readonly faults: readonly Fault[]; readonly values: Readonly<Record<string, string>> };

function list(c: Context<Env>, deps: Deps, whose: 'all' | 'mine', { faults, values }: Typed): Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const caller = signedInCaller(c);
  const at = (whose === 'mine' ? '/my/findings' : '/findings') + new URL(c.req.url).search;
  const columns = findingColumns(words);
  const rows = rowsAsked(c, deps, rowsNeeded(at, columns, mostHeld));
  return page(
    c,
    <FindingsPage
      words={words}
      here={at}
      viewer={c.get('viewer')}
      whose={whose}
      findings={listed(words, at, columns, rows)}
      cut={rows.length === mostHeld ? 'cut' : 'whole'}
      kind={listQuery.parse(c.req.query()).kind ?? ''}
      counts={countFindings(db, scopeOfFindings(caller).siteIds)}
      rules={whose === 'all' && seesAllSites(caller) ? ruleLines(db) : null}
      faults={localFaults(words, faults)}
      values={values}
      saved={c.req.query('saved') === '1' ? 'saved' : null}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

/** As the address asks, the worst first, at most so many. */
function rowsAsked(c: Context<Env>, deps: Deps, limit: number): FindingRow[] {
  const { kind } = listQuery.parse(c.req.query());
  const question = { ...scopeOfFindings(signedInCaller(c)), ...(kind === undefined ? {} : { kind }), limit };
  return rowsOf(deps, openFindings(deps.db, { ...question, worstFirst: kindsBySeverity }));
}

function sheet(c: Context<Env>, deps: Deps): Response {
  return listFile(c, 'findings', findingColumns(c.get('words')), rowsAsked(c, deps, mostInFile + 1));
}

function rowsOf({ db, clock }: Deps, found: readonly KeptFinding[]): FindingRow[] {
  const lots = [...new Set(found.flatMap(({ lotId }) => lotId ?? []))].flatMap((id) => lotById(db, id) ?? []);
  const [byId, states] = [new Map(lots.map((lot) => [lot.id, lot])), lotStatesOf(db, lots, clock())];
  const places = placesOf(db, [...new Set(found.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])))]);
  return found.map(({ kind, detail, at, lotId, code, product, productEn, siteId }) => ({
    kind,
    values: detail,
    at,
    place: siteId === null ? null : (places.get(siteId) ?? null),
    lot:
      lotId === null || code === null
        ? null
        : {
            href: `/lots/${lotId}`,
            code,
            batch: batchOf(byId.get(lotId), code),
            state: states.get(lotId) ?? 'ok',
            productName: product,
            productNameEn: productEn,
          },
  }));
}

function ruleLines(db: Deps['db']): RuleLine[] {
  const all = { name: null, nameEn: null, code: null, ...readRules(db).all };
  return [all, ...namedRules(db).map(({ gtin, ...rule }) => ({ ...rule, code: gtin }))];
}

async function changeRule(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  try {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''));
    const { product, lossPercent, transitHours, nearDays } = check(ruleSchema, filled);
    const rule = {
      productId: product === '' ? 0 : knownProduct(deps, product),
      lossShare: lossPercent === undefined ? null : lossPercent / 100,
      transitHours: transitHours ?? null,
      nearDays: nearDays ?? null,
    };
    changeFindingRule(deps, rule, signedInCaller(c));
    return seeOther(c, '/findings?saved=1#rules');
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    return list(c, deps, 'all', { faults: error.faults, values });
  }
}

function knownProduct({ db }: Deps, code: string): number {
  const digits = /^\d{8,14}$/.test(code) ? code.padStart(14, '0') : code;
  const id = productIdOf(db, digits) ?? productIdOf(db, code);
  if (id !== undefined) return id;
  const detail = 'No product is registered under this code.';
  throw new Problem('invalid_input', { faults: [{ place: '/product', code: 'unknown_product', detail }] });
}

function findingJson({ id, kind, code, product, productEn, siteId, siteName, detail, at }: KeptFinding) {
  const since = new Date(Math.max(0, Math.min(8.64e15, at))).toISOString();
  return { id, kind, lot: code, product, productEn, site: siteId, siteName, detail, since };
}
