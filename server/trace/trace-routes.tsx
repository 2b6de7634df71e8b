// The trace over HTTP: the API, the inspector's bench, and the look-up of whatever was typed or scanned.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { localName, type Texts } from '../../views/text/texts.ts';
import type { LotChoice } from '../../views/trace/bench-choices.tsx';
import type { BenchFilter } from '../../views/trace/bench-holders.tsx';
import {
  BenchPage,
  type BenchView,
  type CommonSource,
  type Direction,
  type Traced,
} from '../../views/trace/bench-page.tsx';
import { BadCodePage, UnknownLotPage } from '../../views/trace/diner-other-pages.tsx';
import { signedInCaller } from '../accounts/guard.ts';
import type { Deps, Env } from '../deps.ts';
import { check } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { page } from '../http/respond.tsx';
import { findLot, refusalFault } from './asked-lot-store.ts';
import { answersBySite, benchChain, benchHoldings, findingsOf } from './bench-store.ts';
import { chainJson } from './chain-json.ts';
import { type Chain, traceLot } from './chain-store.ts';
import { recallNumber } from './diner-store.ts';
import { asGtin } from './gs1.ts';
import { lotPath } from './lot-address.ts';
import { lotCodeFromGtinAndBatch } from './lot-code.ts';
import { type Lot, newestLots, searchLot } from './lot-store.ts';
import { seesLot, visibleChain } from './lot-visibility-store.ts';
import { listRecalls, openRecallsOfLot } from './recall-store.ts';
import { recallLine } from './recall-view-store.ts';

const traceQuery = z.object({
  code: z.string().min(1).max(2_048),
  direction: z.enum(['backward', 'forward']).default('backward'),
  maxHoldings: z.coerce.number().int().min(1).max(50_000).optional(),
  maxDepth: z.coerce.number().int().min(1).max(1_000).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

export function traceRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/api/trace', (c) => c.json(chainJson(askedChain(c, deps))));
  app.get('/look-up', (c) => lookUp(c, deps));
  app.get('/trace', (c) => bench(c, deps));
  return app;
}

function askedChain(c: Context<Env>, { db }: Deps): Chain {
  const { code, direction, maxHoldings, maxDepth, from, until } = check(traceQuery, c.req.query());
  const caller = signedInCaller(c);
  const lot = findLot(db, code);
  // A stranger's lot and an unknown one look the same.
  if (!seesLot(db, caller, lot.id)) throw new Problem('not_found', { detail: 'No lot is registered under this code.' });
  const chain = traceLot(db, {
    lotId: lot.id,
    direction,
    ...(maxHoldings === undefined ? {} : { maxHoldings }),
    ...(maxDepth === undefined ? {} : { maxDepth }),
    ...(from === undefined ? {} : { fromAt: Date.parse(from) }),
    ...(until === undefined ? {} : { untilAt: Date.parse(until) }),
  });
  return visibleChain(db, caller, chain, lot.id);
}

/** Anything typed, pasted or scanned → the public page of the lot, or a refusal that helps. */
function lookUp(c: Context<Env>, { db, secrets }: Deps): Response | Promise<Response> {
  const words = c.get('words');
  const view = { words, here: '/look-up', viewer: c.get('viewer') };
  const gtin = asGtin(c.req.query('gtin') ?? '');
  const batch = c.req.query('batch')?.trim().slice(0, 40) ?? '';
  const code =
    gtin !== undefined && batch !== ''
      ? lotCodeFromGtinAndBatch(gtin, batch)
      : (c.req.query('code') ?? '').trim().slice(0, 2_048);
  const search = searchLot(db, code);
  if (search.found === 'one') return c.redirect(lotPath(search.lot, secrets.linkKey), 303);
  if (search.found === 'none') return page(c, <UnknownLotPage {...view} code={shownCode(search.key, code)} />, 404);
  if (search.found === 'several')
    return page(
      c,
      <BadCodePage
        {...view}
        code={code}
        faults={[{ found: code, said: words.trace.codeFaults['no_product'] ?? '' }]}
      />,
      400,
    );
  const { refusal } = search;
  if (refusal.fault === 'no_lot' && refusal.gtin !== undefined) return c.redirect(`/01/${refusal.gtin}`, 303);
  const said = words.trace.codeFaults[refusal.fault] ?? refusalFault(refusal, 'code').detail;
  return page(c, <BadCodePage {...view} code={code} faults={[{ found: refusal.found, said }]} />, 400);
}

function shownCode(key: string, typed: string): string {
  return typed === '' ? key : typed.slice(0, 200);
}

const benchQuery = z.object({
  code: z.string().max(2_048).catch('').default(''),
  direction: z.enum(['backward', 'forward', 'both']).catch('both').default('both'),
  with: z.string().max(2_048).catch('').default(''),
  from: z.string().max(10).catch('').default(''),
  until: z.string().max(10).catch('').default(''),
  party: z.string().max(100).catch('').default(''),
  scope: z.enum(['', 'definite', 'proportional', 'potential']).catch('').default(''),
});

const recentLots = 10;

function bench(c: Context<Env>, deps: Deps): Response | Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const query = benchQuery.parse(c.req.query());
  const { from, until, party, scope } = query;
  const code = query.code.trim();
  const filter: BenchFilter = { from, until, party, scope };
  const search = code === '' ? undefined : searchLot(db, code);
  const found = search?.found === 'one' ? search.lot : undefined;
  const url = new URL(c.req.url);
  const view: BenchView = {
    words,
    here: url.pathname + url.search,
    viewer: c.get('viewer'),
    code,
    direction: query.direction,
    filter,
    traced: found === undefined ? null : traced(deps, words, found, query.direction, filter, query.with.trim()),
    choices: search?.found === 'several' ? search.lots.map((lot) => choiceOf(words, lot)) : [],
    recent: code === '' ? newestLots(db, recentLots).map((lot) => choiceOf(words, lot)) : [],
    open: code === '' ? openRecalls(db, words.lang) : [],
    refusal: search?.found === 'unreadable' ? (words.trace.codeFaults[search.refusal.fault] ?? null) : null,
    mayAct: 'act',
  };
  return page(c, <BenchPage {...view} />, search?.found === 'unreadable' ? 400 : search?.found === 'none' ? 404 : 200);
}

function openRecalls(db: Deps['db'], lang: string) {
  return listRecalls(db, 100)
    .filter(({ state }) => state === 'open')
    .map((recall) => recallLine(db, recall, lang));
}

function traced(
  deps: Deps,
  words: Texts,
  lot: Lot,
  direction: Direction,
  filter: BenchFilter,
  withCode: string,
): Traced {
  const { db, secrets } = deps;
  const began = performance.now();
  const recall = openRecallsOfLot(db, lot.id)[0];
  const answer = benchChain(db, {
    lotId: lot.id,
    direction,
    fromAt: dayStart(filter.from),
    untilAt: dayEnd(filter.until),
    recallId: recall?.id,
  });
  const answers = recall === undefined ? undefined : answersBySite(db, recall.id);
  return {
    lot: {
      id: lot.id,
      code: lot.code,
      short: shortOf(lot),
      productName: lot.name,
      productNameEn: lot.nameEn,
      state: lot.status,
      origin: lot.origin,
      producedAt: lot.producedAt,
      expiresAt: lot.expiresAt,
      publicHref: lotPath(lot, secrets.linkKey),
      recall:
        recall === undefined || answers === undefined
          ? null
          : {
              href: `/recalls/${recall.publicId}`,
              number: recallNumber(recall.id, recall.startedAt),
              reason: words.lang === 'en' ? (recall.reasonEn ?? recall.reason) : recall.reason,
              answered: [...answers.values()].filter((state) => state !== 'silent').length,
              holders: answers.size,
            },
    },
    chain: answer.drawn,
    events: answer.events,
    tookMs: performance.now() - began,
    cutAt: answer.chains.some(({ truncated }) => truncated) ? benchHoldings : null,
    common: withCode === '' ? null : commonSource(deps, words, lot, withCode),
    findings: findingsOf(db, [...new Set(answer.chains.flatMap((chain) => chain.lots.map(({ lotId }) => lotId)))]),
  };
}

/** What two lots were both made from, nearest first. */
function commonSource({ db }: Deps, words: Texts, lot: Lot, withCode: string): CommonSource {
  const search = searchLot(db, withCode);
  if (search.found !== 'one') return { withCode, withName: withCode.slice(0, 60), lots: [] };
  const upstream = (lotId: number) => traceLot(db, { lotId, direction: 'backward' }).lots;
  const others = new Set(upstream(search.lot.id).map(({ lotId }) => lotId));
  const shared = upstream(lot.id).filter(({ lotId }) => others.has(lotId));
  return {
    withCode,
    withName: shortOf(search.lot),
    lots: shared.slice(0, recentLots * 2).map((each) => ({
      href: traceHref(each.code),
      name: each.name === null ? each.code : localName(words.lang, { name: each.name, nameEn: each.nameEn }),
      code: each.originBatch ?? each.batch ?? each.code,
      state: each.status,
    })),
  };
}

function choiceOf(words: Texts, lot: Lot): LotChoice {
  const name =
    lot.name === null ? words.trace.unnamedProduct : localName(words.lang, { name: lot.name, nameEn: lot.nameEn });
  return { href: traceHref(lot.code), name, code: shortOf(lot), state: lot.status };
}

function traceHref(code: string): string {
  return `/trace?code=${encodeURIComponent(code)}`;
}

/** What is printed on the pack. */
export function shortOf(lot: Pick<Lot, 'originBatch' | 'batch' | 'serial' | 'code'>): string {
  return lot.originBatch ?? lot.batch ?? lot.serial ?? lot.code;
}

// A day typed here is a day in Beijing.
function dayStart(day: string): number | undefined {
  const at = Date.parse(`${day}T00:00:00+08:00`);
  return Number.isNaN(at) ? undefined : at;
}

function dayEnd(day: string): number | undefined {
  const at = dayStart(day);
  return at === undefined ? undefined : at + 86_400_000 - 1;
}
