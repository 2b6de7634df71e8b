// The inspector's bench: any code traced and drawn, and several lots compared; everything chosen stands in the address.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { localName, type Texts } from '../../../views/text/texts.ts';
import type { LotChoice } from '../../../views/trace/bench/bench-choices.tsx';
import { BenchPage, type BenchView, type Traced } from '../../../views/trace/bench/bench-page.tsx';
import { compareHref } from '../../../views/trace/bench/compare-address.ts';
import { ComparePage } from '../../../views/trace/bench/compare-page.tsx';
import type { CompareView } from '../../../views/trace/bench/compare-row.ts';
import type { BenchAsked, BenchFilter, DrawingState, Zoom } from '../../../views/trace/chain/bench-address.ts';
import { mostOpen, zooms } from '../../../views/trace/chain/bench-address.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { page } from '../../http/respond.tsx';
import { findingsOf } from '../finding/open-finding-store.ts';
import { searchAsked } from '../lot/asked-lot-store.ts';
import { lotPath } from '../lot/lot-address.ts';
import { shortOf } from '../lot/lot-name.ts';
import { type Lot, type LotReading, type LotSearch, lotsInBox, newestLots } from '../lot/lot-store.ts';
import { lotsOfCertificate, suggestLots } from '../lot/lot-suggestion-store.ts';
import { readingChoices } from '../lot/reading-choice.ts';
import { originIn } from '../place/origin-store.ts';
import { answersBySite } from '../recall/recall-answer-store.ts';
import { recallNumber } from '../recall/recall-number.ts';
import { listRecalls, openRecallsOfLot } from '../recall/recall-store.ts';
import { recallLine } from '../recall/recall-view-store.ts';
import type { LotState } from '../state/lot-state.ts';
import { lotStateOf, lotStatesOf } from '../state/lot-state-store.ts';
import { benchChain, benchHoldings, statesOfChain } from './bench-store.ts';
import { type Comparison, compareLots, mostCompared } from './compare-store.ts';
import { namedThings } from './named-thing-store.ts';

export function benchRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/trace', (c) => bench(c, deps));
  app.get('/trace/compare', (c) => compare(c, deps));
  return app;
}

const benchQuery = z.object({
  code: z.string().max(2_048).catch('').default(''),
  direction: z.enum(['backward', 'forward', 'both']).catch('both').default('both'),
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
  const asked: BenchAsked = { code, direction: query.direction, filter, drawing: drawingOf(c) };
  const search = code === '' ? undefined : searchAll(deps, code);
  const named = search === undefined ? [] : namedThings(deps, words, code, search);
  const box = search?.found === 'one' && named.length > 0 ? search.lot : undefined;
  const found = search?.found === 'one' && box === undefined ? search.lot : undefined;
  const lots = search?.found === 'several' ? search.lots : otherLots(db, code, found, box);
  const view: BenchView = {
    words,
    here: here(c),
    viewer: c.get('viewer'),
    asked,
    traced: found === undefined ? null : traced(deps, words, found, asked),
    choices: choicesOf(deps, words, lots),
    fit: search?.found === 'several' ? 'fits' : 'resembles',
    recent: code === '' ? choicesOf(deps, words, newestLots(db, recentLots)) : [],
    open: code === '' ? openRecalls(db, words.lang) : [],
    readings: search?.found === 'unsure' ? readingChoices(db, search.readings, deps.clock(), readingHref) : [],
    named,
    refusal: search?.found === 'unreadable' ? refusalSaid(words, search.refusal) : null,
    fault: search?.found === 'unreadable' ? search.refusal.fault : null,
    mayAct: mayAct(c),
  };
  return page(c, <BenchPage {...view} />, statusOf(search, named.length));
}

function statusOf(search: LotSearch | undefined, named: number): 200 | 300 | 400 | 404 {
  if (search?.found === 'unsure') return 300;
  if (search === undefined || named > 0) return 200;
  return search.found === 'unreadable' ? 400 : search.found === 'none' ? 404 : 200;
}

/** Lots to go on with: what was in the box, or what looks like what was meant. */
function otherLots(db: Deps['db'], code: string, found: Lot | undefined, box: Lot | undefined): readonly Lot[] {
  if (box !== undefined) return lotsInBox(db, box.id);
  return code === '' || found !== undefined ? [] : suggestLots(db, code);
}

function readingHref({ given, lot }: LotReading): string {
  return traceHref(lot?.code ?? given);
}

/** Any code; where no lot has it, the certificate of that number names its lots. */
function searchAll(deps: Deps, code: string): LotSearch {
  const search = searchAsked(deps, code);
  if (search.found !== 'none') return search;
  const lots = lotsOfCertificate(deps.db, code);
  const [only] = lots;
  return only === undefined ? search : lots.length === 1 ? { found: 'one', lot: only } : { found: 'several', lots };
}

function mayAct(c: Context<Env>): 'act' | 'look' {
  return signedInCaller(c).role === 'reviewer' ? 'look' : 'act';
}

function here(c: Context<Env>): string {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
}

/** What to do next, with the piece it is about. */
function refusalSaid(words: Texts, { fault, found }: { readonly fault: string; readonly found: string }): string {
  const said = words.trace.codeFaults[fault] ?? words.trace.bench.notFound;
  return found === '' || fault === 'too_long' ? said : `${said}${words.lang === 'en' ? ` (${found})` : `（${found}）`}`;
}

/** Mark, opened folds and zoom of the address; what is none of these is left out. */
function drawingOf(c: Context<Env>): DrawingState {
  const mark = c.req.query('mark') ?? '';
  const zoom = zooms.find((each) => String(each) === c.req.query('zoom'));
  const open = (c.req.queries('open') ?? []).filter((key) => /^f-?\d{1,2}\.\d{1,15}n{0,9}$/.test(key));
  return {
    mark: /^[1-9]\d{0,14}$/.test(mark) ? Number(mark) : null,
    open: [...new Set(open)].slice(0, mostOpen),
    zoom: (zoom ?? 'fit') satisfies Zoom,
  };
}

function openRecalls(db: Deps['db'], lang: string) {
  return listRecalls(db, 100)
    .filter(({ state }) => state === 'open')
    .map((recall) => recallLine(db, recall, lang));
}

function traced(deps: Deps, words: Texts, lot: Lot, { direction, filter }: BenchAsked): Traced {
  const { db, secrets } = deps;
  const began = performance.now();
  const recall = openRecallsOfLot(db, lot.id)[0];
  const answer = benchChain(db, {
    lotId: lot.id,
    direction,
    fromAt: dayStart(filter.from),
    untilAt: dayEnd(filter.until),
    recallId: recall?.id,
    now: deps.clock(),
  });
  const answers = recall === undefined ? undefined : answersBySite(db, recall.id);
  return {
    lot: {
      id: lot.id,
      code: lot.code,
      short: shortOf(lot),
      productName: lot.name,
      productNameEn: lot.nameEn,
      state: lotStateOf(db, lot, deps.clock()),
      origin: originIn(db, words.lang, lot.origin),
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
    findings: findingsOf(db, [...new Set(answer.chains.flatMap((chain) => chain.lots.map(({ lotId }) => lotId)))]),
  };
}

function choicesOf({ db, clock }: Deps, words: Texts, lots: readonly Lot[]): (LotChoice & { readonly lot: string })[] {
  const states = lotStatesOf(db, lots, clock());
  return lots.map((lot) => {
    const name =
      lot.name === null ? words.trace.unnamedProduct : localName(words.lang, { name: lot.name, nameEn: lot.nameEn });
    return {
      href: traceHref(lot.code),
      name,
      code: shortOf(lot),
      state: states.get(lot.id) ?? 'ok',
      lot: lot.code,
    };
  });
}

function traceHref(code: string): string {
  return `/trace?code=${encodeURIComponent(code)}`;
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

/** Up to six lots; what of the address is no one lot stays in the field, with lots to choose from. */
function compare(c: Context<Env>, deps: Deps): Response | Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const given = [...(c.req.queries('lot') ?? []), ...(c.req.queries('code') ?? [])]
    .slice(0, mostCompared + 1)
    .map((code) => code.trim().slice(0, 2_048));
  const { lots, open } = chosenLots(
    deps,
    words,
    given.filter((code) => code !== ''),
  );
  const comparison =
    lots.length < 2
      ? null
      : compareLots(
          db,
          lots.map(({ id }) => id),
          deps.clock(),
        );
  const view: CompareView = {
    words,
    here: here(c),
    viewer: c.get('viewer'),
    lots: comparedLots(deps, lots),
    most: mostCompared,
    drawing: drawingOf(c),
    result: comparison === null ? null : resultOf(deps, comparison),
    typed: open?.typed ?? '',
    fault: open?.fault ?? null,
    choices: choicesOf(deps, words, open?.lots ?? []).map((choice) => ({
      ...choice,
      href: compareHref([...lots.map(({ code }) => code), choice.lot]),
    })),
    mayAct: mayAct(c),
  };
  return page(c, <ComparePage {...view} />, open?.fault == null ? 200 : 404);
}

type OpenQuestion = { readonly typed: string; readonly fault: string | null; readonly lots: readonly Lot[] };

function chosenLots(deps: Deps, words: Texts, given: readonly string[]): { lots: Lot[]; open: OpenQuestion | null } {
  const text = words.trace.compare;
  const lots: Lot[] = [];
  let open: OpenQuestion | null = null;
  for (const typed of given) {
    const search = searchAll(deps, typed);
    if (search.found === 'one') {
      const twice = lots.some(({ id }) => id === search.lot.id);
      if (twice) open ??= { typed: '', fault: text.already, lots: [] };
      else if (lots.length < mostCompared) lots.push(search.lot);
    } else if (search.found === 'several') open ??= { typed, fault: null, lots: search.lots };
    else if (search.found === 'unsure')
      open ??= { typed, fault: null, lots: search.readings.flatMap(({ lot }) => lot ?? []) };
    else {
      const fault =
        search.found === 'unreadable' ? refusalSaid(words, search.refusal) : text.notFound(typed.slice(0, 100));
      open ??= { typed, fault, lots: suggestLots(deps.db, typed) };
    }
  }
  return { lots, open };
}

function resultOf(deps: Deps, { lots, places, drawn, reachedBy, cut }: Comparison): NonNullable<CompareView['result']> {
  const states = statesOfChain(
    deps.db,
    lots.map(({ lot }) => lot),
    deps.clock(),
  );
  return {
    sources: lots.map(({ lot, sites, reachedBy: hits, depth, spread }) => ({
      ...comparedOf(lot, states.get(lot.lotId)),
      id: lot.lotId,
      sites: sites.filter(({ id }) => id !== 'transit' && id !== 'unknown'),
      reachedBy: hits,
      depth,
      spread,
      holding: drawn.holdings.find(({ code }) => code === lot.code)?.key ?? null,
    })),
    places,
    chain: drawn,
    reachedBy,
    cut,
  };
}

function comparedLots({ db, clock }: Deps, lots: readonly Lot[]): CompareView['lots'] {
  const states = lotStatesOf(db, lots, clock());
  return lots.map((lot) => comparedOf(lot, states.get(lot.id)));
}

function comparedOf(
  lot: Pick<Lot, 'code' | 'originBatch' | 'batch' | 'name' | 'nameEn'>,
  state: LotState | undefined,
): CompareView['lots'][number] {
  return {
    code: lot.code,
    short: lot.originBatch ?? lot.batch ?? lot.code,
    productName: lot.name,
    productNameEn: lot.nameEn,
    state: state ?? 'ok',
  };
}
