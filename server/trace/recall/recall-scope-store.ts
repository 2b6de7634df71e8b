// Works out the scope of a recall: the forward walk, the books of what it reached, and who holds it.
import type { Db } from '../../store/db.ts';
import { booksOf } from '../chain/balance-store.ts';
import { type EdgeColumns, emptyColumns } from '../chain/chain-columns.ts';
import { walkFrom } from '../chain/chain-walk-store.ts';
import { edgesOf } from '../chain/edge-store.ts';
import { type HoldingFacts, holdingFacts } from '../chain/holding-store.ts';
import { isMixing } from '../chain/strand.ts';
import type { Walk } from '../chain/walk.ts';
import { lotAndPieces } from '../lot/piece-store.ts';
import { type ScopeRow, scopeRow } from './recall-scope.ts';

export type RecallScope = { readonly rows: readonly ScopeRow[]; readonly truncated: boolean };

export const recallBounds = { maxHoldings: 500_000, maxDepth: 1_000 } as const;

/** Every holding of `lotId` and of all that was made from it, with amounts. */
export function recallScopeOf(db: Db, lotId: number): RecallScope {
  const own = new Set(lotAndPieces(db, lotId));
  const start = db.sqlite
    .prepare('SELECT h.id FROM json_each(?) j CROSS JOIN holding h ON h.lot_id = j.value')
    .pluck()
    .all(JSON.stringify([...own])) as number[];
  const walk = walkFrom(db, start, 'forward', recallBounds);
  const reached = holdingFacts(db, walk.holdings);
  const ins = departures(db, walk);
  const outs = arrivals(db, walk);
  const facts = withCleanInputs(db, reached, ins);
  const books = booksOf(db, ins, outs, facts, (place) => own.has(facts.lotId[place] ?? 0));
  const firstCame = earliest(outs, facts, start);
  const rows: ScopeRow[] = [];
  for (const [holdingId, place] of walk.holdings) {
    if (facts.isProcess[place] === true) continue;
    const at = walk.reachedAt[place] ?? 0;
    rows.push(
      scopeRow(
        {
          holdingId,
          lotId: facts.lotId[place] ?? 0,
          siteKey: facts.siteKey[place] ?? 0,
          depth: walk.depth[place] ?? 0,
          reachedAt: Number.isFinite(at) ? at : (firstCame.get(holdingId) ?? 0),
          unit: books.unitOf(place),
        },
        books.replay.stocks,
        place,
        // A piece of the lot is the lot.
        own.has(facts.lotId[place] ?? 0) ? (facts.lotId[place] ?? 0) : lotId,
      ),
    );
  }
  return { rows, truncated: walk.cutBy !== undefined };
}

/** All that left the reached holdings, and the clean inputs of what was mixed from them. */
function departures(db: Db, walk: Walk): EdgeColumns {
  const { near } = walk;
  const mixed = [...walk.steps].filter(isMixing);
  const all = emptyColumns();
  edgesOf(db).inByStep(mixed, all);
  appendWhere(near, all, (row) => !walk.holdings.has(all.holding[row] ?? 0));
  return near;
}

/** All that ever came to the reached holdings: what the walk saw, unless some of them got more than that. */
function arrivals(db: Db, walk: Walk): EdgeColumns {
  const ask = edgesOf(db);
  const { depth, farPlace } = walk;
  const ids = [...walk.holdings.keys()];
  // What came to the recalled lot itself came before the walk began.
  const starts = ids.filter((_, place) => depth[place] === 0);
  const later = ids.filter((_, place) => depth[place] !== 0);
  const seenAll = farPlace.every((place) => (depth[place] ?? 0) !== 0) && ask.countOut(later) === farPlace.length;
  const outs = seenAll ? walk.far : emptyColumns();
  if (!seenAll) ask.outByHolding(later, outs);
  ask.outByHolding(starts, outs);
  return outs;
}

/** Holdings that only gave clean goods get places after the reached ones. */
function withCleanInputs(db: Db, reached: HoldingFacts, ins: EdgeColumns): HoldingFacts {
  const clean = new Map<number, number>();
  for (const id of ins.holding) if (!reached.places.has(id) && !clean.has(id)) clean.set(id, clean.size);
  if (clean.size === 0) return reached;
  const more = holdingFacts(db, clean);
  const places = new Map(reached.places);
  for (const [id, place] of clean) places.set(id, reached.places.size + place);
  return {
    places,
    lotId: [...reached.lotId, ...more.lotId],
    siteKey: [...reached.siteKey, ...more.siteKey],
    isProcess: [...reached.isProcess, ...more.isProcess],
    product: [...reached.product, ...more.product],
  };
}

function earliest(outs: EdgeColumns, facts: HoldingFacts, holdingIds: readonly number[]): Map<number, number> {
  const wanted = new Set(holdingIds);
  const first = new Map<number, number>();
  for (const [row, id] of outs.holding.entries()) {
    if (!wanted.has(id) || !facts.places.has(id)) continue;
    const at = outs.at[row] ?? 0;
    first.set(id, Math.min(at, first.get(id) ?? at));
  }
  return first;
}

function appendWhere(columns: EdgeColumns, more: EdgeColumns, keep: (row: number) => boolean): void {
  for (let row = 0; row < more.holding.length; row++) {
    if (!keep(row)) continue;
    columns.asked.push(more.asked[row] ?? 0);
    columns.holding.push(more.holding[row] ?? 0);
    columns.step.push(more.step[row] ?? 0);
    columns.at.push(more.at[row] ?? 0);
    columns.quantity.push(more.quantity[row] ?? Number.NaN);
    columns.unit.push(more.unit[row] ?? 0);
    columns.role.push(more.role[row] ?? 0);
  }
}
