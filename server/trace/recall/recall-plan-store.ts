// Recalls that are published and still to be sent: who asked for them, when the notices go out, what became of them.
import type { Db } from '../../store/db.ts';
import { type RecallSaid, recallSaidColumns } from './recall-said.ts';

export type RecallPlan = RecallSaid & {
  readonly answerWithinMs: number;
  readonly state: 'waiting' | 'taken_back' | 'issued';
  readonly plannedAt: number;
  readonly tellsAt: number;
  readonly endedAt: number | null;
  /** The hold this plan put on the lot; null where the lot was on hold already. */
  readonly holdId: number | null;
};

const select = `SELECT ${recallSaidColumns}, r.answer_within_ms AS answerWithinMs, r.state, r.planned_at AS plannedAt,
    r.tells_at AS tellsAt, r.ended_at AS endedAt, r.hold_id AS holdId
  FROM recall_plan r CROSS JOIN lot l ON l.id = r.lot_id LEFT JOIN product p ON p.id = l.product_id`;

const mostPlans = 200;

export function planByPublicId(db: Db, publicId: string): RecallPlan | undefined {
  return db.sqlite.prepare(`${select} WHERE r.public_id = ?`).get(publicId) as RecallPlan | undefined;
}

/** The next to go out first. */
export function waitingPlans(db: Db): RecallPlan[] {
  return db.sqlite
    .prepare(`${select} WHERE r.state = 'waiting' ORDER BY r.tells_at LIMIT ${mostPlans}`)
    .all() as RecallPlan[];
}

export function waitingPlanOfLot(db: Db, lotId: number): RecallPlan | undefined {
  return db.sqlite.prepare(`${select} WHERE r.lot_id = ? AND r.state = 'waiting'`).get(lotId) as RecallPlan | undefined;
}
