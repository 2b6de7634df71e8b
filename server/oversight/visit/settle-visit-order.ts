// What a closed visit does to orders: a new one, the old one accepted when it was mended, or given back with a new deadline.
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { askVisit } from './ask-visit.ts';
import { fixWithinMs, type GivenAnswer, type VisitResult } from './visit.ts';
import { orderById } from './visit-order-store.ts';
import type { Task } from './visit-store.ts';

type Outcome = {
  readonly points: readonly GivenAnswer[];
  readonly result: VisitResult;
  readonly at: number;
  readonly by: number;
};

/** Inside the caller's transaction. The order that stands afterwards; null when there is nothing to mend. */
export function settleOrder(db: Db, task: Task, { points, result, at, by }: Outcome): number | null {
  const bad = points.flatMap(({ item, answer }) => (answer === 'bad' ? [item] : []));
  const before = task.rechecksOrder === null ? undefined : orderById(db, task.rechecksOrder);
  const isOpen = before !== undefined && before.state !== 'accepted';
  if (result === 'pass') {
    if (isOpen) step(db, before.id, { state: 'accepted', at, by });
    return null;
  }
  const dueAt = at + fixWithinMs[result];
  const id = isOpen ? before.id : issue(db, task, { bad, at, dueAt });
  if (isOpen)
    db.sqlite
      .prepare(`UPDATE visit_order SET state = 'issued', items = ?, due_at = ?, answered_at = NULL WHERE id = ?`)
      .run(JSON.stringify(bad), dueAt, id);
  const body = { step: isOpen ? 'returned' : 'issued', site: task.siteId, visit: task.id, items: bad, dueAt, by };
  appendEntry(db, { kind: 'visit-order', subject: `visit-order/${id}`, body, at });
  // The same people look again; whatever else is due there by then is done with it.
  const inspectors = task.inspectors.map((person) => person.id);
  askVisit(db, {
    siteId: task.siteId,
    kind: 'recheck',
    ref: `visit-order/${id}`,
    weight: task.weight,
    inspectors,
    at,
    rechecksOrder: id,
  });
  return id;
}

function issue(db: Db, { id, siteId }: Task, { bad, at, dueAt }: { bad: string[]; at: number; dueAt: number }): number {
  const { lastInsertRowid } = db.sqlite
    .prepare(
      `INSERT INTO visit_order (visit_id, site_id, items, state, issued_at, due_at) VALUES (?, ?, ?, 'issued', ?, ?)`,
    )
    .run(id, siteId, JSON.stringify(bad), at, dueAt);
  return Number(lastInsertRowid);
}

function step(db: Db, id: number, { state, at, by }: { state: 'accepted'; at: number; by: number }): void {
  db.sqlite.prepare('UPDATE visit_order SET state = ?, accepted_at = ? WHERE id = ?').run(state, at, id);
  appendEntry(db, { kind: 'visit-order', subject: `visit-order/${id}`, body: { step: state, by }, at });
}
