// Works out the scope of a recall: the forward walk, the books of what it reached, and who holds it.
import type { Db } from '../store/db.ts';
import { arrivalsOf, booksOf, inputsOf } from './balance-store.ts';
import { isMixing, type Walk, type WalkEdge } from './chain-step.ts';
import { walkFrom } from './chain-walk-store.ts';
import { type ScopeRow, scopeRow } from './recall-scope.ts';

export type RecallScope = { readonly rows: readonly ScopeRow[]; readonly truncated: boolean };

export const recallBounds = { maxHoldings: 500_000, maxDepth: 1_000 } as const;

/** Every holding of `lotId` and of all that was made from it, with amounts. */
export function recallScopeOf(db: Db, lotId: number): RecallScope {
  const ask = statementsOf(db);
  const start = ask.holdingsOfLot.all(lotId) as number[];
  const walk = walkFrom(db, start, 'forward', recallBounds);
  const arrivals = arrivalsOf(db, walk.holdings.keys());
  const books = booksOf(db, departures(db, walk), arrivals, new Set(start));
  const firstCame = earliest(arrivals);
  const rows: ScopeRow[] = [];
  for (const [holdingId, holdingLot, siteKey, kind] of ask.holdings.all(idList(walk)) as HoldingRow[]) {
    if (kind === 'process') continue;
    const { depth, at } = walk.holdings.get(holdingId) ?? { depth: 0, at: -Infinity };
    const reachedAt = Number.isFinite(at) ? at : (firstCame.get(holdingId) ?? 0);
    const stock = books.replay.stocks.get(holdingId);
    rows.push(
      scopeRow(
        { holdingId, lotId: holdingLot, siteKey, depth, reachedAt, unit: books.unitOf(holdingId), stock },
        lotId,
      ),
    );
  }
  return { rows, truncated: walk.cutBy !== undefined };
}

/** All that left the reached holdings, and the clean inputs of what was mixed from them. */
function departures(db: Db, walk: Walk): WalkEdge[] {
  const mixed = (edge: WalkEdge) => isMixing(edge.step) && walk.steps.has(edge.step);
  const single = [...walk.edgesIn, ...walk.idle].filter((edge) => !mixed(edge));
  return [...single, ...inputsOf(db, walk.steps)];
}

function earliest(edges: readonly WalkEdge[]): Map<number, number> {
  const first = new Map<number, number>();
  for (const { holdingId, at } of edges) first.set(holdingId, Math.min(at, first.get(holdingId) ?? at));
  return first;
}

function idList(walk: Walk): string {
  return `[${[...walk.holdings.keys()].join(',')}]`;
}

type HoldingRow = [holdingId: number, lotId: number, siteKey: number, kind: string];
const kept = new WeakMap<Db, ReturnType<typeof prepare>>();

function statementsOf(db: Db) {
  const found = kept.get(db) ?? prepare(db);
  kept.set(db, found);
  return found;
}

function prepare(db: Db) {
  return {
    holdingsOfLot: db.sqlite.prepare('SELECT id FROM holding WHERE lot_id = ?').pluck(),
    holdings: db.sqlite
      .prepare(
        `SELECT h.id, h.lot_id, h.site_key, l.kind FROM json_each(?) j CROSS JOIN holding h ON h.id = j.value
           CROSS JOIN lot l ON l.id = h.lot_id`,
      )
      .raw(),
  };
}
