// What the bench asks beside the chain itself: amounts, places, events, findings, the open recall with its answers.
import type { EventLine } from '../../views/trace/bench-events.tsx';
import type { Chain as DrawnChain } from '../../views/trace/chain.ts';
import type { FindingSaid } from '../../views/trace/finding-text.ts';
import type { AnswerState, PlaceName } from '../../views/trace/parts.tsx';
import type { Db } from '../store/db.ts';
import { type Books, balanceOf } from './balance-store.ts';
import { drawnChain, type HoldingFacts } from './bench-chain.ts';
import { type Chain, type ChainEvent, hashUri, traceLot } from './chain-store.ts';
import { recallScopeOf } from './recall-scope-store.ts';
import { recallAnswers, recallNotices } from './recall-store.ts';

export type BenchQuestion = {
  readonly lotId: number;
  readonly direction: 'backward' | 'forward' | 'both';
  readonly fromAt: number | undefined;
  readonly untilAt: number | undefined;
  /** The open recall of the lot, whose answers are shown. */
  readonly recallId: number | undefined;
};

export type BenchAnswer = {
  readonly chains: readonly Chain[];
  readonly drawn: DrawnChain;
  readonly events: readonly EventLine[];
};

export const benchHoldings = 2_000;
const listedEvents = 400;

export function benchChain(db: Db, question: BenchQuestion): BenchAnswer {
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
    facts: factsOf(db, chains, direction, lotId),
    answers: question.recallId === undefined ? new Map() : answersBySite(db, question.recallId),
    steps: new Map(events.map(({ eventId, bizStep }) => [eventId, bizStep])),
  });
  return { chains, drawn, events: eventLines(events, places) };
}

/** Amounts of every holding: forward as a recall would reckon them, upstream as the books say. */
export function factsOf(
  db: Db,
  chains: readonly Chain[],
  direction: BenchQuestion['direction'],
  lotId: number,
): Map<number, HoldingFacts> {
  const facts = new Map<number, HoldingFacts>();
  const ids = [...new Set(chains.flatMap((chain) => chain.holdings.map(({ holdingId }) => holdingId)))];
  const books = balanceOf(db, ids);
  for (const id of ids) {
    const stock = books.stockOf(id);
    const unit = unitOfHolding(books, id);
    const said = stock !== undefined && unit !== null;
    facts.set(id, {
      received: said ? stock.received : null,
      onHand: said ? Math.max(0, stock.onHand) : null,
      share: null,
      unit: unitShown(unit),
      scope: null,
      reachedAt: null,
    });
  }
  if (direction === 'backward') return facts;
  for (const row of recallScopeOf(db, lotId).rows) {
    if (facts.has(row.holdingId))
      facts.set(row.holdingId, {
        ...row,
        unit: unitShown(row.unit),
        reachedAt: row.reachedAt > 0 ? row.reachedAt : null,
      });
  }
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

export function placesOf(db: Db, siteIds: readonly string[]): Map<string, PlaceName> {
  const rows = db.sqlite
    .prepare(
      `SELECT s.id, s.name, s.name_en AS nameEn, s.kind, s.address, s.address_en AS addressEn FROM json_each(?) j CROSS JOIN site s ON s.id = j.value`,
    )
    .all(JSON.stringify(siteIds)) as PlaceName[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Each holder's last answer; silent while there is none. */
export function answersBySite(db: Db, recallId: number): Map<string, AnswerState> {
  const states = new Map<string, AnswerState>(recallNotices(db, recallId).map(({ siteId }) => [siteId, 'silent']));
  for (const { siteId, action } of recallAnswers(db, recallId)) states.set(siteId, action as AnswerState);
  return states;
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

type HistoryRow = {
  id: number;
  at: number;
  step: string | null;
  kind: string;
  siteId: string | null;
  hash: Buffer;
  voidedBy: number | null;
};

/** Every event that names a lot, voided ones too, newest first. */
export function eventsOfLot(db: Db, lotId: number): EventLine[] {
  const rows = db.sqlite
    .prepare(
      `SELECT e.id, e.at, e.biz_step AS step, e.kind, e.hash, e.voided_by AS voidedBy, s.id AS siteId
       FROM (SELECT x.event_id AS id FROM holding h CROSS JOIN edge_in x ON x.holding_id = h.id WHERE h.lot_id = @lotId
         UNION SELECT x.event_id FROM holding h CROSS JOIN edge_out x ON x.holding_id = h.id WHERE h.lot_id = @lotId
         UNION SELECT event_id FROM mention WHERE lot_id = @lotId) n
       CROSS JOIN event e ON e.id = n.id LEFT JOIN site s ON s.key = coalesce(e.biz_location_key, e.read_point_key)
       ORDER BY e.at DESC, e.id DESC LIMIT @limit`,
    )
    .all({ lotId, limit: listedEvents }) as HistoryRow[];
  const places = placesOf(db, [...new Set(rows.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])))]);
  return rows.map(({ id, at, step, kind, siteId, hash, voidedBy }) => ({
    id,
    at,
    step: kind === 'TransformationEvent' ? 'transforming' : step,
    kind,
    place: siteId === null ? null : (places.get(siteId) ?? null),
    hash: hashUri(hash),
    voided: voidedBy === null ? 'valid' : 'voided',
  }));
}

const mostFindings = 50;

/** Open findings about these lots, newest first. */
export function findingsOf(db: Db, lotIds: readonly number[]): (FindingSaid & { readonly at: number })[] {
  const rows = db.sqlite
    .prepare(
      `SELECT f.kind, f.detail, f.at, s.id AS siteId FROM json_each(?) j CROSS JOIN finding f ON f.lot_id = j.value AND f.closed_at IS NULL
       LEFT JOIN site s ON s.key = f.site_key ORDER BY f.at DESC LIMIT ?`,
    )
    .all(JSON.stringify(lotIds), mostFindings) as { kind: string; detail: string; at: number; siteId: string | null }[];
  const places = placesOf(db, [...new Set(rows.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])))]);
  return rows.map(({ kind, detail, at, siteId }) => ({
    kind,
    at,
    values: JSON.parse(detail) as FindingSaid['values'],
    place: siteId === null ? null : (places.get(siteId) ?? null),
  }));
}
