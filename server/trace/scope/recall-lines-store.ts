// Reads the lines a recall's books are written from: all of the reached holdings, of their lots elsewhere, and of what was mixed in.
import type { Db } from '../../store/db.ts';
import { appendWhere, type BookLines, countHoldings, otherHoldings } from '../chain/book-lines-store.ts';
import { type EdgeColumns, emptyColumns } from '../chain/chain-columns.ts';
import { edgesOf } from '../chain/edge-store.ts';
import type { HoldingFacts } from '../chain/holding-store.ts';
import { isMixing } from '../chain/strand.ts';
import type { Walk } from '../chain/walk.ts';
import type { ProductUnit } from '../code/balance-unit.ts';
import type { IssuedAmounts } from './recall-scope.ts';

/** `cut`: the lots have more holdings than `most`. The columns of the walk are added to. */
export function linesOfReach(
  db: Db,
  walk: Walk,
  reached: HoldingFacts,
  most: number,
): { readonly lines: BookLines; readonly cut: 'cut' | 'whole' } {
  const ask = edgesOf(db);
  const lines = { ins: departures(db, walk), outs: arrivals(db, walk) };
  const held = reached.lotId.filter((_, place) => reached.isProcess[place] !== true);
  const lots = [...new Set(held)];
  if (countHoldings(db, lots) <= held.length) return { lines, cut: 'whole' };
  // Deliveries among holdings the walk did not reach say what had left before, and what is clean.
  const others = otherHoldings(db, lots, walk.holdings, most);
  const [near, far] = [emptyColumns(), emptyColumns()];
  ask.inByHolding(others ?? [], near);
  ask.outByHolding(others ?? [], far);
  appendWhere(lines.ins, near, (row) => !isMixing(near.step[row] ?? 0) || !walk.steps.has(near.step[row] ?? 0));
  appendWhere(lines.outs, far, () => true);
  return { lines, cut: others === undefined ? 'cut' : 'whole' };
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

/** The amounts of each holding as they were last issued. */
export function lastIssued({ sqlite }: Db, recallId: number): Map<number, IssuedAmounts> {
  const rows = sqlite
    .prepare(
      `SELECT holding_id AS holdingId, max(issue) AS issue, scope, received, on_hand AS onHand, share, unit
       FROM recall_scope WHERE recall_id = ? GROUP BY holding_id`,
    )
    .all(recallId) as IssuedAmounts[];
  return new Map(rows.map((row) => [row.holdingId, row]));
}

/** What the products of these lots say of their units. */
export function productUnits(db: Db, lotIds: readonly number[]): Map<number, ProductUnit> {
  const rows = db.sqlite
    .prepare(
      `SELECT l.id, p.unit, p.factors FROM json_each(?) j CROSS JOIN lot l ON l.id = j.value CROSS JOIN product p ON p.id = l.product_id`,
    )
    .all(JSON.stringify(lotIds)) as { id: number; unit: string | null; factors: string }[];
  return new Map(rows.map(({ id, unit, factors }) => [id, { unit: unit ?? undefined, factors: JSON.parse(factors) }]));
}
