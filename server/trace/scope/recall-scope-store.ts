// Works out the scope of a recall: the forward walk, the books of what it reached, and who holds it.
import type { Db } from '../../store/db.ts';
import { type Books, booksOf } from '../chain/balance-store.ts';
import type { BookLines } from '../chain/book-lines-store.ts';
import { isCounted } from '../chain/chain-columns.ts';
import { walkFrom } from '../chain/chain-walk-store.ts';
import { earlyReceipts } from '../chain/difference.ts';
import { type HoldingFacts, holdingFacts, isTransit } from '../chain/holding-store.ts';
import type { Walk } from '../chain/walk.ts';
import { lotAndPieces } from '../lot/piece-store.ts';
import { linesOfReach } from './recall-lines-store.ts';
import { type ScopeRow, scopeRow } from './recall-scope.ts';

/** What is being done: following the goods, writing their books, or keeping the rows. */
export type ScopePhase = 'walk' | 'books' | 'rows';
export type ScopeProgress = { readonly phase: ScopePhase; readonly holdings: number };

export type RecallScope = { readonly rows: readonly ScopeRow[]; readonly truncated: boolean };

export const recallBounds = { maxHoldings: 3_000_000, maxDepth: 1_000 } as const;
// Each clock that is off may lead to the next one further on.
const mostRounds = 20;

/** Every holding of `lotId` and of all that was made from it, with amounts. */
export function recallScopeOf(
  db: Db,
  lotId: number,
  onProgress: (progress: ScopeProgress) => void = () => undefined,
): RecallScope {
  const onReached = (holdings: number) => onProgress({ phase: 'walk', holdings });
  const own = new Set(lotAndPieces(db, lotId));
  const start = heldOf(db, own);
  const early = new Map<number, number>();
  for (let round = 1; ; round++) {
    const walk = walkFrom(db, start, 'forward', { ...recallBounds, early, onReached });
    onProgress({ phase: 'books', holdings: walk.holdings.size });
    const { books, lines, cut } = booksOfReach(db, walk, own);
    if (round < mostRounds && addEarly(early, books.replay, walk)) continue;
    const rows = rowsOf(walk, books, own, { firstCame: earliest(lines, start), lines });
    return { rows, truncated: walk.cutBy !== undefined || cut === 'cut' || round === mostRounds };
  }
}

/** Whether its scope may have more than `most` holdings, found in milliseconds: times are left out of account. */
export function mayReachMoreThan(db: Db, lotId: number, most: number): boolean {
  const next = db.sqlite
    .prepare(
      `SELECT DISTINCT o.holding_id FROM edge_in i CROSS JOIN edge_out o ON o.event_id = i.event_id AND o.strand = i.strand
       WHERE i.holding_id = ? AND i.voided_by IS NULL AND o.voided_by IS NULL LIMIT ${most + 1}`,
    )
    .pluck();
  const reached = new Set(heldOf(db, new Set(lotAndPieces(db, lotId))));
  const open = [...reached];
  // The last found first: wave by wave, a whole wave would be read before it is counted.
  for (let holding = open.pop(); holding !== undefined && reached.size <= most; holding = open.pop()) {
    for (const far of next.all(holding) as number[]) {
      if (reached.has(far)) continue;
      reached.add(far);
      open.push(far);
    }
  }
  return reached.size > most;
}

/** Holdings of these lots; where every event was declared wrong, nobody ever held anything. */
function heldOf(db: Db, lotIds: ReadonlySet<number>): number[] {
  const isLive = (edges: string) =>
    `EXISTS (SELECT 1 FROM ${edges} x WHERE x.holding_id = h.id AND x.voided_by IS NULL)`;
  const held = `SELECT h.id FROM json_each(?) j CROSS JOIN holding h ON h.lot_id = j.value
    WHERE ${isLive('edge_out')} OR ${isLive('edge_in')}`;
  return db.sqlite
    .prepare(held)
    .pluck()
    .all(JSON.stringify([...lotIds])) as number[];
}

function booksOfReach(db: Db, walk: Walk, own: ReadonlySet<number>) {
  const reached = holdingFacts(db, walk.holdings);
  const { lines, cut } = linesOfReach(db, walk, reached, recallBounds.maxHoldings);
  const books = booksOf(db, lines, withOthers(db, reached, lines), {
    isSource: (id) => own.has(id),
    // Reached holdings have the places of the walk.
    reachedAt: (place) => walk.reachedAt[place],
  });
  return { books, lines, cut };
}

/** Whether goods were anywhere before they were sent there, and the walk has not followed them from then on. */
function addEarly(early: Map<number, number>, replay: Books['replay'], { holdings, reachedAt }: Walk): boolean {
  const receipts = earlyReceipts(replay).filter(({ from, to, shippedAt, receivedAt }) => {
    const had = (reachedAt[from] ?? Number.POSITIVE_INFINITY) <= shippedAt;
    return had && (reachedAt[to] ?? Number.NEGATIVE_INFINITY) > receivedAt;
  });
  if (receipts.length === 0) return false;
  const ids = [...holdings.keys()];
  for (const { to, receivedAt } of receipts) {
    const id = ids[to] ?? 0;
    early.set(id, Math.min(receivedAt, early.get(id) ?? receivedAt));
  }
  return true;
}

function rowsOf(
  walk: Walk,
  { replay, facts, unitOf }: Books,
  own: ReadonlySet<number>,
  { firstCame, lines }: { readonly firstCame: ReadonlyMap<number, number>; readonly lines: BookLines },
): ScopeRow[] {
  const rows: ScopeRow[] = [];
  for (const [holdingId, place] of walk.holdings) {
    if (facts.isProcess[place] === true) continue;
    if (isTransit(facts, place) && !isTold(lines, holdingId, walk)) continue;
    const at = walk.reachedAt[place] ?? 0;
    const lotId = facts.lotId[place] ?? 0;
    const reach = {
      holdingId,
      lotId,
      siteKey: facts.siteKey[place] ?? 0,
      depth: walk.depth[place] ?? 0,
      reachedAt: Number.isFinite(at) ? at : (firstCame.get(holdingId) ?? 0),
      unit: unitOf(place),
    };
    // A piece of the lot is the lot.
    rows.push(scopeRow(reach, replay.stocks, place, own.has(lotId) ? 'own' : 'touched'));
  }
  return rows;
}

/** Shipments still lead to the road where a receipt from nobody named was declared wrong: nobody tells of goods there. */
function isTold({ ins, outs }: BookLines, holdingId: number, { steps }: Walk): boolean {
  const tells = ({ holding, role }: BookLines['ins'], row: number) =>
    holding[row] === holdingId && isCounted(role[row] ?? 0);
  return (
    outs.step.some((step, row) => tells(outs, row) && steps.has(step)) || ins.step.some((_, row) => tells(ins, row))
  );
}

/** Holdings that the walk did not reach get places after the reached ones. */
function withOthers(db: Db, reached: HoldingFacts, { ins, outs }: BookLines): HoldingFacts {
  const others = new Map<number, number>();
  for (const ids of [ins.holding, outs.holding])
    for (const id of ids) if (!reached.places.has(id) && !others.has(id)) others.set(id, others.size);
  if (others.size === 0) return reached;
  const more = holdingFacts(db, others);
  const places = new Map(reached.places);
  for (const [id, place] of others) places.set(id, reached.places.size + place);
  return {
    places,
    lotId: [...reached.lotId, ...more.lotId],
    siteKey: [...reached.siteKey, ...more.siteKey],
    isProcess: [...reached.isProcess, ...more.isProcess],
    product: [...reached.product, ...more.product],
  };
}

function earliest({ outs }: BookLines, holdingIds: readonly number[]): Map<number, number> {
  const wanted = new Set(holdingIds);
  const first = new Map<number, number>();
  for (const [row, id] of outs.holding.entries()) {
    if (!wanted.has(id)) continue;
    const at = outs.at[row] ?? 0;
    first.set(id, Math.min(at, first.get(id) ?? at));
  }
  return first;
}
