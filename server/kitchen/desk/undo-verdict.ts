// Takes a reviewer's last verdict back, many steps if asked again; the row stays, another says it was undone.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { leaseMs, undoHindrance } from '../flag/decision.ts';
import { flagById } from '../flag/flag-store.ts';
import { flags, verdicts } from '../flag/flag-tables.ts';
import { lastVerdictBy, standingVerdicts } from '../flag/verdict-store.ts';
import { orderOfVerdict } from '../order/order-store.ts';
import { withdrawOrder } from '../order/settle-order.ts';

/** Returns the flag, which lies before the reviewer again. Throws Problem when there is nothing, or it is too late. */
export function undoVerdict(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller): { readonly flagId: number } {
  const { db, clock } = deps;
  const at = clock();
  return writeTransaction(db, () => {
    const verdict = lastVerdictBy(db, caller.id);
    const flag = verdict && flagById(db, verdict.flagId);
    if (verdict === undefined || flag === undefined)
      throw new Problem('conflict', { detail: 'There is no verdict of yours to take back.' });
    const made = orderOfVerdict(db, verdict.id);
    const order = made?.state === 'withdrawn' ? undefined : made;
    const isNewest = standingVerdicts(db, flag.id).at(-1)?.id === verdict.id;
    const stop = undoHindrance({ at: verdict.at, isNewest, orderState: order?.state }, at);
    if (stop !== undefined) throw new Problem(stop.code, { detail: stop.detail });

    const { violation, stage, statusBefore } = verdict;
    const undone = {
      flagId: flag.id,
      by: caller.id,
      at,
      violation,
      stage,
      statusBefore: flag.status,
      idle: 0,
      seen: 1,
    };
    db.orm
      .insert(verdicts)
      .values({ ...undone, decision: 'undone', undoes: verdict.id })
      .run();
    if (order !== undefined) withdrawOrder(db, order, caller.id, at);
    // Whatever else this reviewer has open goes back, so that this one comes first.
    db.orm
      .update(flags)
      .set({ leasedTo: null, leaseUntil: null, leasedAt: null })
      .where(eq(flags.leasedTo, caller.id))
      .run();
    const lease = { leasedTo: caller.id, leaseUntil: at + leaseMs, leasedAt: at };
    const second = stage === 'blind' ? 'wanted' : flag.second;
    db.orm
      .update(flags)
      .set({ status: statusBefore, second, decidedAt: null, ...lease })
      .where(eq(flags.id, flag.id))
      .run();
    appendEntry(db, {
      kind: 'verdict',
      subject: `flag/${flag.id}`,
      body: { undoes: verdict.id, status: statusBefore, by: caller.id },
      at,
    });
    return { flagId: flag.id };
  });
}
