// Asks for a visit to a place: where one is due already, it becomes a further reason of that one, and nobody goes twice.
import { type Db, prepared } from '../../store/db.ts';
import { dueAfterMs, type VisitReasonKind } from './visit.ts';

export type AskedVisit = {
  readonly siteId: string;
  readonly kind: VisitReasonKind;
  /** What asks for it, such as `draw/3`. */
  readonly ref: string;
  readonly weight: number;
  readonly inspectors: readonly number[];
  readonly at: number;
  /** As the reason has it when left out. */
  readonly dueAt?: number;
  readonly rechecksOrder?: number;
};

export type AskedFor = { readonly visitId: number; readonly merged: boolean };

/** Inside the caller's transaction, which writes the ledger entry. Asked for twice by the same thing, it is one. */
export function askVisit(db: Db, asked: AskedVisit): AskedFor {
  const { siteId, kind, ref, weight, inspectors, at, dueAt = at + dueAfterMs[kind], rechecksOrder = null } = asked;
  const statements = statementsOf(db);
  const open = statements.open.get(siteId) as number | undefined;
  if (open !== undefined) statements.sooner.run({ id: open, dueAt, weight, rechecksOrder });
  const visitId = open ?? Number(statements.add.run({ siteId, dueAt, weight, rechecksOrder, at }).lastInsertRowid);
  statements.reason.run(visitId, kind, ref, at);
  for (const inspector of inspectors) statements.inspector.run(visitId, inspector);
  return { visitId, merged: open !== undefined };
}

const statementsOf = prepared(({ sqlite }: Db) => ({
  open: sqlite.prepare(`SELECT id FROM visit WHERE site_id = ? AND state = 'open'`).pluck(),
  sooner: sqlite.prepare(
    `UPDATE visit SET due_at = min(due_at, @dueAt), weight = max(weight, @weight),
       rechecks_order = coalesce(rechecks_order, @rechecksOrder) WHERE id = @id`,
  ),
  add: sqlite.prepare(
    `INSERT INTO visit (site_id, state, due_at, weight, rechecks_order, created_at)
     VALUES (@siteId, 'open', @dueAt, @weight, @rechecksOrder, @at)`,
  ),
  reason: sqlite.prepare(
    'INSERT INTO visit_reason (visit_id, kind, ref, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  ),
  inspector: sqlite.prepare('INSERT INTO visit_inspector (visit_id, account_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
}));
