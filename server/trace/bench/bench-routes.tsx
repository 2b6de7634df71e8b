// The inspector's bench: any code traced and drawn; everything chosen stands in the address.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import type { Texts } from '../../../views/text/texts.ts';
import { BenchPage } from '../../../views/trace/bench/bench-page.tsx';
import type { BenchView, NamedThing, Traced } from '../../../views/trace/bench/bench-view.ts';
import { type BenchAsked, type BenchFilter, showings } from '../../../views/trace/chain/bench-address.ts';
import type { Deps, Env } from '../../deps.ts';
import { here, page } from '../../http/respond.tsx';
import { findingsOf } from '../finding/open-finding-store.ts';
import { lotPath } from '../lot/lot-address.ts';
import { shortOf } from '../lot/lot-name.ts';
import { type Lot, type LotReading, type LotSearch, lotsInBox, newestLots } from '../lot/lot-store.ts';
import { lotsLastAt, suggestLots } from '../lot/lot-suggestion-store.ts';
import { readingChoices } from '../lot/reading-choice.ts';
import { originIn } from '../place/origin-store.ts';
import { answersBySite } from '../recall/recall-answer-store.ts';
import { recallNumber } from '../recall/recall-number.ts';
import { listRecalls, openRecallsOfLot } from '../recall/recall-store.ts';
import { recallLine } from '../recall/recall-view-store.ts';
import { lotStateOf } from '../state/lot-state-store.ts';
import { drawingOf, mayAct } from './bench-request.ts';
import { benchChain, benchHoldings } from './bench-store.ts';
import { stepsOfHoldings } from './holding-step-store.ts';
import { choicesOf, refusalSaid, searchAll, traceHref } from './lot-question-store.ts';
import { namedThings, placesByName } from './named-thing-store.ts';

export function benchRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/trace', (c) => bench(c, deps));
  return app;
}

const benchQuery = z.object({
  code: z.string().max(2_048).catch('').default(''),
  direction: z.enum(['backward', 'forward', 'both']).catch('both').default('both'),
  from: z.string().max(10).catch('').default(''),
  until: z.string().max(10).catch('').default(''),
  party: z.string().max(100).catch('').default(''),
  show: z.enum(showings).catch('graph').default('graph'),
  scope: z.enum(['', 'definite', 'proportional', 'potential']).catch('').default(''),
});

const recentLots = 10;

async function bench(c: Context<Env>, deps: Deps): Promise<Response> {
  const { db } = deps;
  const words = c.get('words');
  const query = benchQuery.parse(c.req.query());
  const { from, until, party, scope } = query;
  const code = query.code.trim();
  const filter: BenchFilter = { from, until, party, scope };
  const { direction, show: shown } = query;
  const asked: BenchAsked = { code, direction, shown, filter, drawing: drawingOf(c) };
  const search = code === '' ? undefined : searchAll(deps, code);
  const named = search === undefined ? [] : thingsNamed(deps, words, code, search);
  const box = search?.found === 'one' && named.length > 0 ? search.lot : undefined;
  const found = search?.found === 'one' && box === undefined ? search.lot : undefined;
  const lots = search?.found === 'several' ? search.lots : otherLots(db, code, { found, box, named });
  const view: BenchView = {
    words,
    here: here(c),
    viewer: c.get('viewer'),
    asked,
    traced: found === undefined ? null : await traced(deps, words, found, asked),
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

/** What a code names; where no lot has it, the places that are called so. */
function thingsNamed(deps: Deps, words: Texts, code: string, search: LotSearch): NamedThing[] {
  const named = namedThings(deps, words, code, search);
  return named.length === 0 && search.found === 'none' ? placesByName(deps, words, code) : named;
}

type Meant = {
  readonly found: Lot | undefined;
  readonly box: Lot | undefined;
  readonly named: readonly NamedThing[];
};

/** Lots to go on with: what was in the box, what was at the place last, or what looks like what was meant. */
function otherLots(db: Deps['db'], code: string, { found, box, named }: Meant): readonly Lot[] {
  if (box !== undefined) return lotsInBox(db, box.id);
  const [place, another] = named.flatMap(({ siteId }) => siteId ?? []);
  if (place !== undefined) return another === undefined ? lotsLastAt(db, place) : [];
  return code === '' || found !== undefined ? [] : suggestLots(db, code);
}

function readingHref({ given, lot }: LotReading): string {
  return traceHref(lot?.code ?? given);
}

function openRecalls(db: Deps['db'], lang: string) {
  return listRecalls(db, 100)
    .filter(({ state }) => state === 'open')
    .map((recall) => recallLine(db, recall, lang));
}

async function traced(deps: Deps, words: Texts, lot: Lot, { direction, filter, shown }: BenchAsked): Promise<Traced> {
  const { db, secrets } = deps;
  const began = performance.now();
  const recall = openRecallsOfLot(db, lot.id)[0];
  const range = { fromAt: dayStart(filter.from), untilAt: dayEnd(filter.until) };
  const answer = await benchChain(db, {
    ...range,
    lotId: lot.id,
    direction,
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
    steps: shown === 'time' ? stepsOfHoldings(db, keysOf(answer.drawn), range) : [],
    now: deps.clock(),
    events: answer.events,
    tookMs: performance.now() - began,
    cutAt: answer.chains.some(({ truncated }) => truncated) ? benchHoldings : null,
    findings: findingsOf(db, [...new Set(answer.chains.flatMap((chain) => chain.lots.map(({ lotId }) => lotId)))]),
  };
}

function keysOf({ holdings }: Traced['chain']): number[] {
  return holdings.map(({ key }) => key);
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
