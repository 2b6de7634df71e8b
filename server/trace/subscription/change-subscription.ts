// Pauses, resumes or removes a subscription; the ledger says who did.
import { and, eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { nextRun, type Schedule } from './schedule.ts';
import type { OwnedSubscription } from './subscription-store.ts';
import { deliveries, subscriptions } from './subscription-tables.ts';

type ChangeDeps = Pick<Deps, 'db' | 'clock'>;

/** Nothing is lost: what is captured meanwhile is told when it goes on. */
export function pauseSubscription(deps: ChangeDeps, caller: Caller, subscription: OwnedSubscription): void {
  writeTransaction(deps.db, () => {
    deps.db.orm.update(subscriptions).set({ state: 'paused' }).where(eq(subscriptions.id, subscription.id)).run();
    enter(deps, caller, subscription, 'paused');
  });
}

/** Goes on where it stood; an open delivery is tried at once, under the id it had, its tries counted anew. */
export function resumeSubscription(deps: ChangeDeps, caller: Caller, subscription: OwnedSubscription): void {
  const now = deps.clock();
  const schedule = subscription.schedule === null ? undefined : (JSON.parse(subscription.schedule) as Schedule);
  writeTransaction(deps.db, () => {
    const nextRunAt = schedule === undefined ? null : (nextRun(schedule, now) ?? null);
    deps.db.orm
      .update(subscriptions)
      .set({ state: 'active', nextRunAt })
      .where(eq(subscriptions.id, subscription.id))
      .run();
    deps.db.orm
      .update(deliveries)
      .set({ attempts: 0, nextTryAt: now })
      .where(and(eq(deliveries.subscriptionId, subscription.id), eq(deliveries.state, 'open')))
      .run();
    enter(deps, caller, subscription, 'resumed');
  });
}

export function removeSubscription(deps: ChangeDeps, caller: Caller, subscription: OwnedSubscription): void {
  writeTransaction(deps.db, () => {
    deps.db.orm.delete(deliveries).where(eq(deliveries.subscriptionId, subscription.id)).run();
    deps.db.orm.delete(subscriptions).where(eq(subscriptions.id, subscription.id)).run();
    enter(deps, caller, subscription, 'removed');
  });
}

function enter({ db, clock }: ChangeDeps, caller: Caller, { publicId }: OwnedSubscription, step: string): void {
  appendEntry(db, {
    kind: 'subscription',
    subject: `subscription/${publicId}`,
    body: { step, by: caller.id },
    at: clock(),
  });
}
