// Merging two codes from the record of a lot: the other code, both side by side, the reason; and taking it back.
import { type Context, Hono } from 'hono';
import { say } from '../../../views/text/say.ts';
import { MergePage, type MergeSide } from '../../../views/trace/merge/merge-page.tsx';
import { localFaults } from '../../../views/trace/parts.tsx';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues, idParam, jsonBody } from '../../http/input.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { page, seeOther } from '../../http/respond.tsx';
import { findLot } from '../lot/asked-lot-store.ts';
import { holdingsOfLot } from '../lot/lot-list-store.ts';
import { shortOf } from '../lot/lot-name.ts';
import type { Lot } from '../lot/lot-store.ts';
import { visibleLot } from '../lot/visible-lot.ts';
import { originIn } from '../place/origin-store.ts';
import { placesOf } from '../place/place-store.ts';
import { lotStateOf } from '../state/lot-state-store.ts';
import { mergeDoubtsOf, mergeFault } from './lot-merge.ts';
import { mergeLots } from './merge-lots.ts';
import { mergedLotOf } from './merge-pair-store.ts';
import { mergeSchema, undoneSchema } from './merge-schemas.ts';
import { undoMerge } from './undo-merge.ts';

export function mergeRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/lots/:id/merges/new', (c) => ask(c, deps, { code: c.req.query('code') ?? '', reason: '' }, []));
  app.post('/lots/:id/merges', (c) => merge(c, deps));
  app.post('/lots/:id/merges/:merge/undone', async (c) => {
    const reason = (await formValues(c))['reason']?.trim() ?? '';
    const lot = visibleLot(c, deps);
    if (reason === '') return seeOther(c, `/lots/${lot.id}?notice=reason_missing#merges`);
    undoMerge(
      deps,
      { mergeId: idParam(c, 'merge'), intoId: lot.id, reason: reason.slice(0, 1_000) },
      signedInCaller(c),
    );
    return seeOther(c, `/lots/${lot.id}?notice=unmerged#merges`);
  });
  app.post('/api/lots/:id/merges', async (c) => {
    const { code, reason } = check(mergeSchema, await jsonBody(c));
    const into = visibleLot(c, deps);
    const done = mergeLots(
      deps,
      { fromId: findLot(deps, code, '/code').id, intoId: into.id, reason },
      signedInCaller(c),
    );
    return c.json(
      { id: done.mergeId, lot: into.code, widenedRecalls: done.widened, wideningRecalls: done.widening },
      201,
    );
  });
  app.post('/api/lots/:id/merges/:merge/undone', async (c) => {
    const { reason } = check(undoneSchema, await jsonBody(c));
    undoMerge(deps, { mergeId: idParam(c, 'merge'), intoId: visibleLot(c, deps).id, reason }, signedInCaller(c));
    return c.body(null, 204);
  });
  return app;
}

type Typed = { readonly code: string; readonly reason: string };

/** Asks for the other code; once that is known, shows both and asks for the reason. */
function ask(c: Context<Env>, deps: Deps, typed: Typed, given: readonly Fault[]): Promise<Response> {
  const into = visibleLot(c, deps);
  const { other, faults } = otherLot(deps, into, typed.code, given);
  const words = c.get('words');
  const pair =
    other === undefined ? undefined : { from: mergedLotOf(deps.db, other), into: mergedLotOf(deps.db, into) };
  const said = localFaults(words, faults).map((fault) => ({
    ...fault,
    detail: words.trace.codeFaults[fault.code] ?? say(words, fault.detail),
  }));
  return page(
    c,
    <MergePage
      words={words}
      here={c.req.path}
      viewer={c.get('viewer')}
      typed={typed}
      faults={said}
      into={sideOf(deps, c.get('words').lang, into)}
      from={other === undefined ? null : sideOf(deps, c.get('words').lang, other)}
      doubts={pair === undefined ? [] : mergeDoubtsOf(pair)}
    />,
    faults.length > 0 ? 400 : 200,
  );
}

type Other = { readonly other: Lot | undefined; readonly faults: readonly Fault[] };

function otherLot(deps: Deps, into: Lot, code: string, given: readonly Fault[]): Other {
  if (code.trim() === '') return { other: undefined, faults: given };
  try {
    const other = findLot(deps, code, '/code');
    const fault = mergeFault({ from: mergedLotOf(deps.db, other), into: mergedLotOf(deps.db, into) });
    if (fault !== undefined) return { other: undefined, faults: [{ ...fault, place: '/code' }] };
    return { other, faults: given };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const unknown = { place: '/code', code: 'unknown_lot', detail: error.message };
    return { other: undefined, faults: error.faults.length > 0 ? error.faults : [unknown] };
  }
}

async function merge(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  const typed = { code: values['code'] ?? '', reason: values['reason']?.trim().slice(0, 1_000) ?? '' };
  const into = visibleLot(c, deps);
  const missing = { place: '/reason', code: 'required', detail: 'Give a reason.' };
  if (typed.reason === '') return ask(c, deps, typed, [missing]);
  const { other, faults } = otherLot(deps, into, typed.code, []);
  if (other === undefined) return ask(c, deps, typed, faults);
  mergeLots(deps, { fromId: other.id, intoId: into.id, reason: typed.reason }, signedInCaller(c));
  return seeOther(c, `/lots/${into.id}?notice=merged#merges`);
}

function sideOf({ db, clock }: Deps, lang: string, lot: Lot): MergeSide {
  const places = placesOf(
    db,
    holdingsOfLot(db, lot.id).map(({ siteId }) => siteId),
  );
  const { id, code, gtin, origin, producedAt, expiresAt, name: productName, nameEn: productNameEn } = lot;
  return {
    ...{ id, code, gtin, producedAt, expiresAt, productName, productNameEn },
    origin: originIn(db, lang, origin),
    batch: shortOf(lot),
    state: lotStateOf(db, lot, clock()),
    places: [...places.values()],
  };
}
