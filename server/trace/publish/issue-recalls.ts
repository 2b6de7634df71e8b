// Sends the recalls whose minutes are over, and one that an inspector does not want to wait for.
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { planByPublicId, type RecallPlan, waitingPlans } from '../recall/recall-plan-store.ts';
import { type RecallDeps, startRecall } from '../recall/start-recall.ts';

/** The `issue-recalls` job; how many went out. What waits is a row, so a stop or a lost job delays it and loses nothing. */
export function issueDueRecalls(deps: RecallDeps): number {
  const due = waitingPlans(deps.db).filter(({ tellsAt }) => tellsAt <= deps.clock());
  for (const { publicId } of due) writeTransaction(deps.db, () => issue(deps, waiting(deps, publicId)));
  return due.length;
}

/** Throws Problem `not_found` or `conflict`. */
export function issueNow(deps: RecallDeps, publicId: string): void {
  writeTransaction(deps.db, () => issue(deps, waiting(deps, publicId)));
}

function waiting({ db }: RecallDeps, publicId: string): RecallPlan {
  const plan = planByPublicId(db, publicId);
  if (plan === undefined) throw new Problem('not_found', { detail: 'No such recall.' });
  if (plan.state !== 'waiting')
    throw new Problem('conflict', { detail: 'The recall has gone out already, or was taken back.' });
  return plan;
}

function issue(deps: RecallDeps, plan: RecallPlan): void {
  const { lotId, publicId, reason, reasonEn, advice, adviceEn, grade, answerWithinMs, accountId } = plan;
  deps.db.sqlite
    .prepare("UPDATE recall_plan SET state = 'issued', ended_at = ? WHERE id = ?")
    .run(deps.clock(), plan.id);
  startRecall(
    deps,
    {
      lotId,
      publicId,
      reason,
      answerWithinMs,
      ...(reasonEn === null ? {} : { reasonEn }),
      ...(advice === null ? {} : { advice }),
      ...(adviceEn === null ? {} : { adviceEn }),
      ...(grade === null ? {} : { grade }),
    },
    accountId === null ? null : { id: accountId },
  );
}
