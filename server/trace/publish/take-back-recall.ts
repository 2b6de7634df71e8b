// Takes a recall back before its first notice has gone out, and with it the hold it put on the lot.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { releaseLot } from '../lot/hold-lot.ts';
import { lotById } from '../lot/lot-store.ts';
import { planByPublicId, type RecallPlan } from '../recall/recall-plan-store.ts';

/** Throws Problem `not_found`, or `conflict` once it went out or was taken back. */
export function takeBackRecall(deps: Pick<Deps, 'db' | 'clock'>, publicId: string, caller: Caller): RecallPlan {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const plan = planByPublicId(db, publicId);
    if (plan === undefined) throw new Problem('not_found', { detail: 'No such recall.' });
    if (plan.state !== 'waiting')
      throw new Problem('conflict', {
        detail: 'The notices have gone out, or it was taken back before. End the recall instead.',
      });
    const at = deps.clock();
    db.sqlite.prepare("UPDATE recall_plan SET state = 'taken_back', ended_at = ? WHERE id = ?").run(at, plan.id);
    appendEntry(db, {
      kind: 'recall-taken-back',
      subject: plan.code,
      body: { recall: plan.publicId, account: caller.id },
      at,
    });
    if (holdStillIts(db, plan)) releaseLot(deps, plan.lotId, plan.reason, caller);
    return { ...plan, state: 'taken_back', endedAt: at };
  });
}

/** What somebody else held before, or holds since, stays on hold. */
function holdStillIts(db: Db, { lotId, holdId }: RecallPlan): boolean {
  if (holdId === null || lotById(db, lotId)?.status !== 'held') return false;
  return db.sqlite.prepare('SELECT max(id) FROM lot_hold WHERE lot_id = ?').pluck().get(lotId) === holdId;
}
