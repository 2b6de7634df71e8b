// What the bench asks beside the chain itself: amounts, places, events, findings, the open recall with its answers.
import type { EventLine } from '../../../views/trace/bench/bench-events.tsx';
import type { Chain as DrawnChain } from '../../../views/trace/chain/chain.ts';
import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { Db } from '../../store/db.ts';
import { type Books, balanceOf } from '../chain/balance-store.ts';
import { type Chain, type ChainEvent, type ChainLot, traceLot } from '../chain/chain-store.ts';
import { knownAmounts } from '../chain/stock.ts';
import { listedEvents } from '../lot/lot-event-store.ts';
import { placesOf } from '../place/place-store.ts';
import { answersBySite } from '../recall/recall-answer-store.ts';
import { scopeSummary } from '../scope/issue-aside.ts';
import type { LotState } from '../state/lot-state.ts';
import { lotStatesOf } from '../state/lot-state-store.ts';
import { drawnChain, type HoldingFacts } from './bench-chain.ts';

export type BenchQuestion = {
  readonly lotId: number;
  readonly direction: 'backward' | 'forward' | 'both';
  readonly fromAt: number | undefined;
  readonly untilAt: number | undefined;
  /** The open recall of the lot, whose answers are shown. */
  readonly recallId: number | undefined;
  /** Unix ms, for what is past its date. */
  readonly now: number;
};

export type BenchAnswer = {
  readonly chains: readonly Chain[];
  readonly drawn: DrawnChain;
  readonly events: readonly EventLine[];
};

export const benchHoldings = 2_000;

/** Throws Problem `busy` while too many wide scopes are being worked out. */
export async function benchChain(db: Db, question: BenchQuestion): Promise<BenchAnswer> {
  const { lotId, direction, fromAt, untilAt } = question;
  const directions = direction === 'both' ? (['backward', 'forward'] as const) : ([direction] as const);
  const chains = directions.map((way) =>
    traceLot(db, {
      lotId,
      direction: way,
      maxHoldings: benchHoldings,
      ...(fromAt === undefined ? {} : { fromAt }),
      ...(untilAt === undefined ? {} : { untilAt }),
    }),
  );
  const events = chains.flatMap((chain) => chain.events);
  const siteIds = [
    ...new Set([
      ...chains.flatMap((chain) => chain.holdings.map(({ siteId }) => siteId)),
      ...events.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])),
    ]),
  ];
  const places = placesOf(db, siteIds);
  const drawn = drawnChain(chains, {
    lotIds: new Set([lotId]),
    places,
    states: statesOfChain(
      db,
      chains.flatMap(({ lots }) => lots),
      question.now,
    ),
    facts: await recallFacts(db, chains, direction, lotId),
    answers: question.recallId === undefined ? new Map() : answersBySite(db, question.recallId),
    steps: new Map(events.map(({ eventId, bizStep }) => [eventId, bizStep])),
  });
  return { chains, drawn, events: eventLines(events, places) };
}

/** Where the goods of a recall went, as its page and its report draw it. */
export async function recallDrawn(
  db: Db,
  recall: { readonly id: number; readonly lotId: number },
  now: number,
): Promise<DrawnChain> {
  const whole = { direction: 'forward', fromAt: undefined } as const;
  const { drawn } = await benchChain(db, { ...whole, lotId: recall.lotId, untilAt: now, recallId: recall.id, now });
  return drawn;
}

/** By lot id. */
export function statesOfChain(db: Db, lots: readonly ChainLot[], now: number): ReadonlyMap<number, LotState> {
  return lotStatesOf(
    db,
    lots.map((lot) => ({ ...lot, id: lot.lotId })),
    now,
  );
}

/** Amounts of every holding as the books say. */
export function factsOf(db: Db, chains: readonly Chain[]): Map<number, HoldingFacts> {
  const facts = new Map<number, HoldingFacts>();
  const ids = [...new Set(chains.flatMap((chain) => chain.holdings.map(({ holdingId }) => holdingId)))];
  const books = balanceOf(db, ids);
  for (const id of ids) {
    const unit = unitOfHolding(books, id);
    facts.set(id, {
      ...knownAmounts(books.stockOf(id)),
      share: null,
      unit: unitShown(unit),
      scope: null,
      reachedAt: null,
    });
  }
  return facts;
}

/** The same, but forward as a recall would reckon them. */
async function recallFacts(
  db: Db,
  chains: readonly Chain[],
  direction: BenchQuestion['direction'],
  lotId: number,
): Promise<Map<number, HoldingFacts>> {
  const facts = factsOf(db, chains);
  if (direction === 'backward') return facts;
  const { rows } = await scopeSummary(db, lotId, { holdings: [...facts.keys()] });
  for (const row of rows)
    facts.set(row.holdingId, {
      ...row,
      unit: unitShown(row.unit),
      reachedAt: row.reachedAt > 0 ? row.reachedAt : null,
    });
  return facts;
}

/** The unit a holding's amounts are told in; null when no event said how much. */
export function unitOfHolding(books: Books, holdingId: number): string | null {
  const place = books.facts.places.get(holdingId);
  return place === undefined ? null : books.unitOf(place);
}

/** Pieces have no mark of their own in what people read. */
function unitShown(unit: string | null): string | null {
  return unit === 'C62' ? null : unit;
}

function eventLines(events: readonly ChainEvent[], places: ReadonlyMap<string, PlaceName>): EventLine[] {
  const once = new Map(events.map((event) => [event.eventId, event]));
  return [...once.values()]
    .sort((a, b) => b.at - a.at || b.eventId - a.eventId)
    .slice(0, listedEvents)
    .map(({ eventId, at, bizStep, kind, siteId, hash }) => ({
      id: eventId,
      at,
      step: kind === 'TransformationEvent' ? 'transforming' : bizStep,
      kind,
      place: siteId === null ? null : (places.get(siteId) ?? null),
      hash,
      voided: 'valid',
    }));
}
