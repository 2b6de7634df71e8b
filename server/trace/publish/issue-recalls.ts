// Sends the recalls whose minutes are over, and one that an inspector does not want to wait for.
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { planByPublicId, type RecallPlan, waitingPlans } from '../recall/recall-plan-store.ts';
import { type NewRecall, type RecallDeps, startRecall, startRecallAside } from '../recall/start-recall.ts';
import { isWide, scopeProgress } from '../scope/issue-aside.ts';
import type { ScopeProgress } from '../scope/recall-scope-store.ts';

/**
 * The `issue-recalls` job; how many went out. What waits is a row, so a stop or a lost job delays it and loses nothing.
 * `payload` may name one as `now`, which goes out before its minutes are over.
 */
export async function issueDueRecalls(deps: RecallDeps, payload: unknown = {}): Promise<number> {
  const now = (payload as { now?: unknown } | null)?.now;
  const due = waitingPlans(deps.db).filter(({ publicId, tellsAt }) => publicId === now || tellsAt <= deps.clock());
  let issued = 0;
  for (const plan of due) if (await wentOut(deps, plan)) issued += 1;
  return issued;
}

/** False for one that was taken back, or went out, while its scope was worked out. */
async function wentOut(deps: RecallDeps, plan: RecallPlan): Promise<boolean> {
  const first = () => markIssued(deps, waiting(deps, plan.publicId));
  try {
    await startRecallAside(deps, recallOf(plan), authorOf(plan), first);
    return true;
  } catch (error) {
    if (error instanceof Problem && error.code === 'conflict') return false;
    throw error;
  }
}

/**
 * `issued`: it is out. `soon`: it is so wide that it goes out when all it reaches is found, a few seconds from now. Throws
 * Problem `not_found` or `conflict`.
 */
export function issueNow(deps: RecallDeps, publicId: string): 'issued' | 'soon' {
  return writeTransaction(deps.db, () => {
    const plan = waiting(deps, publicId);
    if (isWide(deps.db, plan.lotId)) {
      deps.queue.enqueue({ name: 'issue-recalls', payload: { now: publicId }, key: keyOfNow(publicId) });
      return 'soon';
    }
    markIssued(deps, plan);
    startRecall(deps, recallOf(plan), authorOf(plan));
    return 'issued';
  });
}

/** How far the scope of a recall that is on its way out has come; null while it waits for its minutes. */
export function goingOut({ db }: RecallDeps, { publicId, lotId, state }: RecallPlan): ScopeProgress | null {
  if (state !== 'waiting') return null;
  const asked = db.sqlite.prepare('SELECT 1 FROM job WHERE key = ?').get(keyOfNow(publicId));
  return scopeProgress(db, lotId) ?? (asked === undefined ? null : { phase: 'walk', holdings: 0 });
}

const keyOfNow = (publicId: string) => `issue-recalls/now/${publicId}`;

function waiting({ db }: RecallDeps, publicId: string): RecallPlan {
  const plan = planByPublicId(db, publicId);
  if (plan === undefined) throw new Problem('not_found', { detail: 'No such recall.' });
  if (plan.state !== 'waiting')
    throw new Problem('conflict', { detail: 'The recall has gone out already, or was taken back.' });
  return plan;
}

function markIssued({ db, clock }: RecallDeps, { id }: RecallPlan): void {
  db.sqlite.prepare("UPDATE recall_plan SET state = 'issued', ended_at = ? WHERE id = ?").run(clock(), id);
}

function authorOf({ accountId }: RecallPlan): { readonly id: number } | null {
  return accountId === null ? null : { id: accountId };
}

function recallOf(plan: RecallPlan): NewRecall {
  const { lotId, publicId, reason, reasonEn, advice, adviceEn, grade, answerWithinMs } = plan;
  return {
    lotId,
    publicId,
    reason,
    answerWithinMs,
    ...(reasonEn === null ? {} : { reasonEn }),
    ...(advice === null ? {} : { advice }),
    ...(adviceEn === null ? {} : { adviceEn }),
    ...(grade === null ? {} : { grade }),
  };
}
