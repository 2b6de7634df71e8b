// Reads the lines of books: of whole lots, since what left one place is what came to another, and what was mixed with them.
import type { Db } from '../../store/db.ts';
import { type EdgeColumns, emptyColumns } from './chain-columns.ts';
import { edgesOf } from './edge-store.ts';
import { asList } from './id-span.ts';
import { isMixing } from './strand.ts';

export type BookLines = { readonly ins: EdgeColumns; readonly outs: EdgeColumns };

// Beyond this the other holdings of the same lots are left out: a delivery to nobody named may then count twice.
const mostHoldings = 20_000;

/** Of `holdingIds` and the other holdings of their lots. */
export function linesAbout(db: Db, holdingIds: readonly number[]): BookLines {
  const ask = edgesOf(db);
  const others = otherHoldings(db, lotsOf(db, holdingIds), new Set(holdingIds), mostHoldings + holdingIds.length + 1);
  const wanted = [...holdingIds, ...(others ?? [])];
  const [near, far] = [emptyColumns(), emptyColumns()];
  ask.inByHolding(wanted, near);
  ask.outByHolding(wanted, far);
  // Of whole lots, what passes through unmixed has both its sides among them.
  const isKept = (step: number) => others !== undefined && !isMixing(step);
  const [ins, outs] = [emptyColumns(), emptyColumns()];
  appendWhere(ins, near, (row) => isKept(near.step[row] ?? 0));
  appendWhere(outs, far, (row) => isKept(far.step[row] ?? 0));
  const steps = [...new Set([...near.step, ...far.step])].filter((step) => !isKept(step));
  ask.inByStep(steps, ins);
  ask.outByStep(steps, outs);
  return { ins, outs };
}

function lotsOf(db: Db, holdingIds: readonly number[]): number[] {
  const lots = `SELECT DISTINCT h.lot_id FROM json_each(?) j CROSS JOIN holding h ON h.id = j.value
    CROSS JOIN lot l ON l.id = h.lot_id WHERE l.kind <> 'process'`;
  return db.sqlite.prepare(lots).pluck().all(asList(holdingIds)) as number[];
}

/** Holding → its place, from 0 without gaps: `first` in their order, then whatever else the lines name. */
export function placesOf(first: Iterable<number>, { ins, outs }: BookLines): Map<number, number> {
  const places = new Map<number, number>();
  for (const ids of [first, ins.holding, outs.holding])
    for (const id of ids) if (!places.has(id)) places.set(id, places.size);
  return places;
}

/** Holdings of these lots that are not among `known`; undefined: more than `most` are. */
export function otherHoldings(
  db: Db,
  lotIds: readonly number[],
  known: { has(id: number): boolean },
  most: number,
): number[] | undefined {
  const ids = db.sqlite
    .prepare('SELECT h.id FROM json_each(?) j CROSS JOIN holding h ON h.lot_id = j.value LIMIT ?')
    .pluck()
    .all(asList(lotIds), most) as number[];
  return ids.length === most ? undefined : ids.filter((id) => !known.has(id));
}

export function countHoldings(db: Db, lotIds: readonly number[]): number {
  const count = 'SELECT count(*) FROM json_each(?) j CROSS JOIN holding h ON h.lot_id = j.value';
  return db.sqlite.prepare(count).pluck().get(asList(lotIds)) as number;
}

export function appendWhere(columns: EdgeColumns, more: EdgeColumns, keep: (row: number) => boolean): void {
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
