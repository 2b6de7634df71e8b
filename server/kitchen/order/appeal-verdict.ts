// The owner appeals a verdict through its order, and a second person decides the appeal.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { flagById } from '../flag/flag-store.ts';
import { flags, verdicts } from '../flag/flag-tables.ts';
import { standingVerdicts } from '../flag/verdict-store.ts';
import { undoScoreOf } from './change-score.ts';
import { appealOf, type PlacedOrder, visibleOrder } from './order-store.ts';
import { appeals } from './order-tables.ts';
import { appealWithinMs } from './rectification.ts';
import { takeStep } from './take-step.ts';

/** Returns the appeal's id. One appeal an order, within seven days of its issue. */
export function appealVerdict(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  input: { readonly orderId: number; readonly text: string },
): number {
  const { db, clock } = deps;
  const at = clock();
  return writeTransaction(db, () => {
    const order = visibleOrder(db, caller, input.orderId);
    if (order === undefined) throw new Problem('not_found');
    if (appealOf(db, order.id) !== undefined)
      throw new Problem('duplicate', { detail: 'This verdict has been appealed.' });
    if (at - order.issuedAt > appealWithinMs)
      throw new Problem('conflict', { detail: 'An appeal is taken within seven days.' });
    takeStep(db, order, { kind: 'appealed', at, by: caller.id, text: input.text });
    const row = {
      orderId: order.id,
      flagId: order.flagId,
      by: caller.id,
      at,
      text: input.text,
      state: 'open' as const,
    };
    return db.orm.insert(appeals).values(row).returning({ id: appeals.id }).get().id;
  });
}

export type AppealDecision = {
  readonly orderId: number;
  readonly decision: 'upheld' | 'overturned';
  readonly note: string;
};

/** `upheld`: the verdict stays. `overturned`: the flag is cleared, the order withdrawn, the score restored. */
export function decideAppeal(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, input: AppealDecision): void {
  const { db, clock } = deps;
  const at = clock();
  writeTransaction(db, () => {
    const order = visibleOrder(db, caller, input.orderId);
    const appeal = order && appealOf(db, order.id);
    if (order === undefined || appeal === undefined) throw new Problem('not_found');
    if (appeal.state !== 'open') throw new Problem('conflict', { detail: 'This appeal has been decided.' });
    refuseParty(db, caller, order);
    takeStep(
      db,
      order,
      { kind: input.decision, at, by: caller.id, text: input.note },
      input.decision === 'overturned' ? { closedAt: at } : {},
    );
    const decided = { state: input.decision, decidedBy: caller.id, decidedAt: at, note: input.note };
    db.orm.update(appeals).set(decided).where(eq(appeals.id, appeal.id)).run();
    if (input.decision === 'overturned') overturn(db, caller, order, at);
  });
}

/** Whoever gave the verdict, or belongs to the shop, does not decide about it. */
function refuseParty(db: Db, caller: Caller, order: PlacedOrder): void {
  const gaveVerdict = standingVerdicts(db, order.flagId).some((verdict) => verdict.by === caller.id);
  if (gaveVerdict)
    throw new Problem('forbidden', { detail: 'Your own verdict is appealed; another reviewer decides.' });
  if (caller.sites.includes(order.siteId))
    throw new Problem('forbidden', { detail: 'A reviewer never judges their own shop.' });
}

function overturn(db: Db, caller: Caller, order: PlacedOrder, at: number): void {
  const flag = flagById(db, order.flagId);
  if (flag === undefined) throw new Error(`Flag ${order.flagId} is gone.`);
  const verdict = {
    flagId: flag.id,
    by: caller.id,
    at,
    decision: 'cleared' as const,
    violation: order.violation,
    stage: 'appeal' as const,
  };
  db.orm
    .insert(verdicts)
    .values({ ...verdict, statusBefore: flag.status, idle: 0, seen: 1 })
    .run();
  db.orm.update(flags).set({ status: 'cleared', decidedAt: at }).where(eq(flags.id, flag.id)).run();
  undoScoreOf(db, order, 'overturned', at);
}
