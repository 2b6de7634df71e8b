// Publishes a recall with minutes to take it back: the lot is put on hold at once, the notices go out when they are over.
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { holdLot } from '../lot/hold-lot.ts';
import { lotById } from '../lot/lot-store.ts';
import { waitingPlanOfLot } from '../recall/recall-plan-store.ts';
import type { NewRecall, RecallDeps } from '../recall/start-recall.ts';

/** Long enough to notice a wrong lot, short against the hours in which goods are sold. */
export const takeBackMinutes = 5;

const dayMs = 86_400_000;

/**
 * Nobody is told before `tellsAt`; goods that may harm are not sold meanwhile, so the lot is on hold at once. Throws Problem
 * `not_found`, or `conflict` when the lot is being recalled or a recall of it waits.
 */
export function publishRecall(deps: RecallDeps, recall: NewRecall, caller: Caller): { readonly publicId: string } {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const lot = lotById(db, recall.lotId);
    if (lot === undefined) throw new Problem('not_found', { detail: 'No such lot.' });
    const open = db.sqlite.prepare("SELECT 1 FROM recall WHERE lot_id = ? AND state = 'open'").get(lot.id);
    if (open !== undefined || waitingPlanOfLot(db, lot.id) !== undefined)
      throw new Problem('conflict', { detail: 'The lot is already being recalled.' });
    if (lot.status === 'ok') holdLot(deps, lot.id, recall.reason, caller);
    const holdId = lot.status === 'ok' ? newestHold(db, lot.id) : null;
    const now = deps.clock();
    const tellsAt = now + takeBackMinutes * 60_000;
    const publicId = randomUUID();
    insertPlan(db, { recall, publicId, now, tellsAt, holdId, accountId: caller.id });
    appendEntry(db, {
      kind: 'recall-planned',
      subject: lot.code,
      body: { recall: publicId, reason: recall.reason, tellsAt, account: caller.id },
      at: now,
    });
    deps.queue.enqueue({
      name: 'issue-recalls',
      payload: {},
      key: `issue-recalls/${publicId}`,
      runAt: tellsAt,
    });
    return { publicId };
  });
}

function newestHold(db: Db, lotId: number): number {
  return db.sqlite.prepare('SELECT max(id) FROM lot_hold WHERE lot_id = ?').pluck().get(lotId) as number;
}

type NewPlan = {
  readonly recall: NewRecall;
  readonly publicId: string;
  readonly now: number;
  readonly tellsAt: number;
  readonly holdId: number | null;
  readonly accountId: number;
};

function insertPlan(db: Db, { recall, publicId, now, tellsAt, holdId, accountId }: NewPlan): void {
  db.sqlite
    .prepare(
      `INSERT INTO recall_plan (public_id, lot_id, reason, reason_en, advice, advice_en, grade, answer_within_ms, state, account_id, planned_at, tells_at, hold_id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)`,
    )
    .run(
      publicId,
      recall.lotId,
      recall.reason,
      recall.reasonEn ?? null,
      recall.advice ?? null,
      recall.adviceEn ?? null,
      recall.grade ?? null,
      recall.answerWithinMs ?? dayMs,
      accountId,
      now,
      tellsAt,
      holdId,
    );
}
