// The pages of lots: the list, the new-lot form, one lot's record, holding and releasing.
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { changedHref, inOrder, orderAsked } from '../../../views/parts/sorting.tsx';
import { LotRecordPage, type LotRecordView, noticeTexts } from '../../../views/trace/lot/lot-record-page.tsx';
import { type LotRow, LotsPage, lotColumns } from '../../../views/trace/lot/lots-page.tsx';
import { NewLotPage } from '../../../views/trace/lot/new-lot-page.tsx';
import { localFaults } from '../../../views/trace/parts.tsx';
import { type Caller, isRegulator } from '../../accounts/caller.ts';
import { signedInCaller } from '../../accounts/guard.ts';
import type { Deps, Env } from '../../deps.ts';
import { check, formValues } from '../../http/input.ts';
import { listFile } from '../../http/list-file.ts';
import { Problem } from '../../http/problem.ts';
import { here, page, seeOther } from '../../http/respond.tsx';
import { seesLot } from '../chain/lot-visibility-store.ts';
import { coldOf, dinerLot } from '../diner/diner-store.ts';
import { findingsOf } from '../finding/open-finding-store.ts';
import { holdLot, holdsOf, releaseLot } from '../lot/hold-lot.ts';
import { proposedRecallOf, recallHrefOf } from '../lot/lab-test-store.ts';
import { lotPath } from '../lot/lot-address.ts';
import { eventsOfLot } from '../lot/lot-event-store.ts';
import { entryOfForm, type FormValues, faultsOfForm, mostFlowRows, rowsTyped } from '../lot/lot-form.ts';
import { aliasesOf, listLots, namedPlaces } from '../lot/lot-list-store.ts';
import { mergesOf } from '../lot/lot-merge-store.ts';
import { shortOf } from '../lot/lot-name.ts';
import { packSizeSchema, qrPath, reasonSchema } from '../lot/lot-schemas.ts';
import { type Lot, lotById } from '../lot/lot-store.ts';
import { packingsOf } from '../lot/piece-store.ts';
import { registerLot } from '../lot/register-lot.ts';
import { packSizesOf, setPackSize } from '../lot/set-pack-size.ts';
import { visibleLot } from '../lot/visible-lot.ts';
import { issuersIn, originIn } from '../place/origin-store.ts';
import { openRecallsOfLot } from '../recall/recall-store.ts';
import { type LotState, lotStates } from '../state/lot-state.ts';
import { lotStateOf, lotStatesOf } from '../state/lot-state-store.ts';
import { holdersOf, ownEvents, testsOf } from './lot-record-store.ts';

const listQuery = z.object({
  q: z.string().max(200).catch('').default(''),
  status: z
    .enum(['', ...lotStates])
    .catch('')
    .default(''),
  before: z.coerce.number().int().positive().optional().catch(undefined),
  sort: z.string().max(20).catch('').default(''),
  page: z.coerce.number().int().min(1).max(1_000).catch(1).default(1),
});

const lotsPerPage = 50;
const mostLookedThrough = 2_000;
const firstFlowRows = 2;

export function lotRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>();
  app.get('/lots', (c) => lotList(c, deps));
  app.get('/lots.csv', (c) =>
    listFile(c, 'lots', lotColumns(c.get('words')), lotRows(c, deps), {
      at: changedHref(here(c), { q: null }),
      most: mostLookedThrough - 1,
    }),
  );
  app.get('/lots/new', (c) => newLot(c, deps, {}));
  app.post('/lots/new', (c) => createLot(c, deps));
  app.get('/lots/:id', (c) => record(c, deps, { faults: [], reason: '' }));
  app.post('/lots/:id/held', (c) => changeHold(c, deps, holdLot));
  app.post('/lots/:id/packs', (c) => changePack(c, deps));
  app.post('/lots/:id/released', (c) => changeHold(c, deps, releaseLot));
  return app;
}

function lotList(c: Context<Env>, { db, clock }: Deps): Promise<Response> {
  const asked = listQuery.parse(c.req.query());
  const caller = signedInCaller(c);
  const words = c.get('words');
  const sorted = orderAsked(here(c), lotColumns(words)) !== null;
  const before = sorted ? undefined : asked.before;
  const question = { q: asked.q.trim(), status: asked.status, before };
  const { lots, states, last } = lotsInState(db, caller, question, clock(), sorted ? mostLookedThrough : lotsPerPage);
  const rows = lots.map((lot) => ({
    ...rowOf(lot, states.get(lot.id) ?? 'ok'),
    origin: originIn(db, words.lang, lot.origin),
  }));
  const start = sorted ? (asked.page - 1) * lotsPerPage : 0;
  const { q, status, sort } = asked;
  const further = sorted ? nextPage(rows.length, asked.page) : last === null ? null : { before: String(last) };
  return page(
    c,
    <LotsPage
      words={words}
      here={here(c)}
      viewer={c.get('viewer')}
      lots={inOrder(words, here(c), lotColumns(words), rows).slice(start, start + lotsPerPage)}
      asked={{ q, status, sort }}
      nextHref={further === null ? null : `/lots?${new URLSearchParams({ q, status, sort, ...further })}`}
      mayAdd={caller.role === 'reviewer' ? 'look' : 'add'}
      cut={sorted && last !== null ? 'cut' : 'whole'}
    />,
  );
}

/** As the address asks, as many as are looked through. */
function lotRows(c: Context<Env>, { db, clock }: Deps): LotRow[] {
  const { q, status } = listQuery.parse(c.req.query());
  const question = { q: q.trim(), status, before: undefined };
  const { lots, states } = lotsInState(db, signedInCaller(c), question, clock(), mostLookedThrough);
  const { lang } = c.get('words');
  return lots.map((lot) => ({ ...rowOf(lot, states.get(lot.id) ?? 'ok'), origin: originIn(db, lang, lot.origin) }));
}

function nextPage(found: number, page: number): { page: string } | null {
  return found > page * lotsPerPage ? { page: String(page + 1) } : null;
}

type FoundLots = {
  readonly lots: readonly Lot[];
  readonly states: ReadonlyMap<number, LotState>;
  /** Where the next page begins; null at the end. */
  readonly last: number | null;
};

/** A page of lots in the asked state. States follow from dates, rules and recalls, so lots are looked through for it. */
function lotsInState(
  db: Deps['db'],
  caller: Caller,
  { q, status, before }: { q: string; status: LotState | ''; before: number | undefined },
  now: number,
  most: number,
): FoundLots {
  const lots: Lot[] = [];
  const states = new Map<number, LotState>();
  let from = before;
  for (let looked = 0; looked < mostLookedThrough; looked += lotsPerPage) {
    const some = listLots(db, caller, { q, status: '', before: from, limit: lotsPerPage });
    for (const [id, state] of lotStatesOf(db, some, now)) states.set(id, state);
    for (const lot of some) {
      from = lot.id;
      if (status !== '' && states.get(lot.id) !== status) continue;
      lots.push(lot);
      if (lots.length === most) return { lots, states, last: from };
    }
    if (some.length < lotsPerPage) return { lots, states, last: null };
  }
  return { lots, states, last: from ?? null };
}

function rowOf(lot: Lot, state: LotState): LotRow {
  const { id, code, origin, producedAt, expiresAt } = lot;
  return {
    id,
    code,
    origin,
    producedAt,
    expiresAt,
    batch: shortOf(lot),
    productName: lot.name,
    productNameEn: lot.nameEn,
    state,
  };
}

function newLot(c: Context<Env>, { db }: Deps, values: FormValues, problem?: Problem): Promise<Response> {
  const words = c.get('words');
  const faults = problem === undefined ? [] : localFaults(words, faultsOfForm(problem.faults, values));
  const wanted = Number(values['rows'] ?? firstFlowRows) || firstFlowRows;
  const flowRows = Math.min(mostFlowRows, Math.max(firstFlowRows, wanted, rowsTyped(values)));
  const status = problem === undefined ? 200 : (problem.status as 400);
  return page(
    c,
    <NewLotPage
      words={words}
      here="/lots/new"
      viewer={c.get('viewer')}
      values={values}
      faults={faults}
      sites={namedPlaces(db)}
      flowRows={flowRows}
    />,
    status,
  );
}

async function createLot(c: Context<Env>, deps: Deps): Promise<Response> {
  const values = await formValues(c);
  if (values['rows'] !== undefined) return newLot(c, deps, values);
  try {
    const done = registerLot(deps, entryOfForm(values), signedInCaller(c));
    // What was said of others' places alone opens no record: it waits among the claims.
    if (!seesLot(deps.db, signedInCaller(c), done.lotId)) return seeOther(c, '/claims');
    return seeOther(c, `/lots/${done.lotId}?notice=${done.accepted > 0 ? 'created' : 'already'}`);
  } catch (error) {
    if (error instanceof Problem && error.faults.length > 0) return newLot(c, deps, values, error);
    throw error;
  }
}

type HoldFaults = {
  readonly faults: readonly { place: string; code: string; detail: string }[];
  readonly reason: string;
};

function record(
  c: Context<Env>,
  deps: Deps,
  { faults, reason }: HoldFaults,
  status: 200 | 400 | 409 = 200,
): Promise<Response> {
  const { db, clock, secrets } = deps;
  const words = c.get('words');
  const lot = visibleLot(c, deps);
  const caller = signedInCaller(c);
  const path = lotPath(lot, secrets.linkKey);
  const seen = dinerLot(db, { lot, serial: null, at: undefined, now: clock(), kitchens: () => [], reportHref: null });
  const recall = openRecallsOfLot(db, lot.id)[0];
  const proposed = proposedRecallOf(db, lot.id);
  const mayAct = caller.role === 'inspector' || caller.role === 'admin' ? 'act' : 'look';
  const notice = c.req.query('notice');
  const view: LotRecordView = {
    words,
    here: here(c),
    viewer: c.get('viewer'),
    mayAct,
    faults: localFaults(words, faults),
    reason,
    mayTest: mayAct === 'act' || caller.role === 'partner' ? 'test' : 'look',
    notice: isNotice(notice) ? notice : null,
    lot: {
      id: lot.id,
      code: lot.code,
      batch: shortOf(lot),
      productName: lot.name,
      productNameEn: lot.nameEn,
      state: lotStateOf(db, lot, clock()),
      status: lot.status,
      origin: originIn(db, words.lang, lot.origin),
      gtin: lot.gtin,
      producedAt: lot.producedAt,
      expiresAt: lot.expiresAt,
      aliases: aliasesOf(db, lot.id),
      publicHref: path,
      labelHref: `/lots/${lot.id}/labels`,
      qrHref: qrPath(path),
      holders: holdersOf(deps, lot, caller),
      events: ownEvents(deps, caller, eventsOfLot(db, lot.id)),
      certificates: issuersIn(db, words.lang, seen.certificates),
      tests: testsOf(db, lot.id),
      proposedHref: proposed === undefined || mayAct === 'look' ? null : recallHrefOf(proposed),
      findings: isRegulator(caller) ? findingsOf(db, [lot.id]) : [],
      holds: holdsOf(db, lot.id),
      merges: mergesOf(db, lot.id),
      packs: packSizesOf(db, lot.id) ?? null,
      packings: packingsOf(db, lot.id).flatMap((id) => (seesLot(db, caller, id) ? packing(db, id) : [])),
      cold: coldOf(db, lot),
      recallHref: recall === undefined || mayAct === 'look' ? null : `/recalls/${recall.publicId}`,
    },
  };
  return page(c, <LotRecordPage {...view} />, status);
}

function packing(db: Deps['db'], id: number) {
  const lot = lotById(db, id);
  return lot?.gtin == null ? [] : [{ id, gtin: lot.gtin, batch: shortOf(lot) }];
}

function isNotice(notice: string | undefined): notice is keyof typeof noticeTexts {
  return notice !== undefined && Object.hasOwn(noticeTexts, notice);
}

async function changePack(c: Context<Env>, deps: Deps): Promise<Response> {
  const lot = visibleLot(c, deps);
  const values = await formValues(c);
  try {
    setPackSize(deps, lot.id, check(packSizeSchema, values), signedInCaller(c));
    return seeOther(c, `/lots/${lot.id}#packs`);
  } catch (error) {
    if (!(error instanceof Problem) || error.faults.length === 0) throw error;
    const faults = error.faults.map(({ place, code, detail }) => ({ place, code: code ?? 'invalid', detail }));
    return record(c, deps, { faults, reason: '' }, 400);
  }
}

async function changeHold(c: Context<Env>, deps: Deps, change: typeof releaseLot): Promise<Response> {
  const lot = visibleLot(c, deps);
  const values = await formValues(c);
  const read = reasonSchema.safeParse(values);
  if (!read.success)
    return record(
      c,
      deps,
      { faults: [{ place: '/reason', code: 'missing', detail: 'Give a reason.' }], reason: values['reason'] ?? '' },
      400,
    );
  change(deps, lot.id, read.data.reason, signedInCaller(c));
  return seeOther(c, `/lots/${lot.id}#holds`);
}
