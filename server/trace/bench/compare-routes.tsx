// Several lots compared: which they are, what they have in common upstream, and what is still asked about one of them.
import { type Context, Hono } from 'hono';
import type { Texts } from '../../../views/text/texts.ts';
import { compareHref } from '../../../views/trace/bench/compare-address.ts';
import { ComparePage } from '../../../views/trace/bench/compare-page.tsx';
import type { CompareView } from '../../../views/trace/bench/compare-row.ts';
import type { Deps, Env } from '../../deps.ts';
import { here, page } from '../../http/respond.tsx';
import type { Lot } from '../lot/lot-store.ts';
import { suggestLots } from '../lot/lot-suggestion-store.ts';
import type { LotState } from '../state/lot-state.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';
import { drawingOf, mayAct } from './bench-request.ts';
import { statesOfChain } from './bench-store.ts';
import { type Comparison, compareLots, mostCompared } from './compare-store.ts';
import { choicesOf, refusalSaid, searchAll } from './lot-question-store.ts';

export function compareRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/trace/compare', (c) => compare(c, deps));
  return app;
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
