// What becomes of a delivery after it was tried: taken, halved, tried again later, or given up.
import { randomUUID } from 'node:crypto';
import { and, eq, lt, notInArray } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import type { Posted } from './post-webhook.ts';
import type { SubscriptionDeps } from './subscribe-query.ts';
import { type Delivery, newestDeliveries, type OwnedSubscription } from './subscription-store.ts';
import { deliveries, subscriptions } from './subscription-tables.ts';
import { mostAttempts, type WebhookFault, waitAfter } from './webhook.ts';

/** Too large to be taken: the second half goes back behind the cursor. The halves are deliveries of their own. */
export function halve({ db, clock }: SubscriptionDeps, subscription: OwnedSubscription, open: Delivery): boolean {
  const ids = JSON.parse(open.events) as number[];
  const kept = ids.slice(0, Math.ceil(ids.length / 2));
  const now = clock();
  writeTransaction(db, () => {
    db.orm
      .update(deliveries)
      .set({ deliveryId: randomUUID(), events: JSON.stringify(kept), eventCount: kept.length, createdAt: now })
      .where(eq(deliveries.id, open.id))
      .run();
    // The run goes on up to where it was, if it was over.
    const runUntil = subscription.schedule === null ? null : (subscription.runUntil ?? subscription.cursor);
    db.orm
      .update(subscriptions)
      .set({ cursor: kept.at(-1) ?? subscription.cursor, batchSize: kept.length, runUntil, runSent: 1 })
      .where(eq(subscriptions.id, subscription.id))
      .run();
  });
  return true;
}

export function took({ db, clock }: SubscriptionDeps, { id }: OwnedSubscription, open: Delivery, status: number): void {
  const now = clock();
  writeTransaction(db, () => {
    db.orm
      .update(deliveries)
      .set({ state: 'delivered', attempts: open.attempts + 1, endedAt: now, status, fault: null })
      .where(eq(deliveries.id, open.id))
      .run();
    const delivered = { deliveredAt: now, fault: null, faultDetail: null, faultAt: null };
    db.orm.update(subscriptions).set(delivered).where(eq(subscriptions.id, id)).run();
    forgetOld(db, id);
  });
}

function forgetOld(db: Deps['db'], subscriptionId: number): void {
  const kept = newestDeliveries(db, subscriptionId, keptDeliveries);
  const oldest = kept.at(-1)?.id;
  if (oldest === undefined || kept.length < keptDeliveries) return;
  const where = and(
    eq(deliveries.subscriptionId, subscriptionId),
    lt(deliveries.id, oldest),
    notInArray(deliveries.state, ['open']),
  );
  db.orm.delete(deliveries).where(where).run();
}

export function failed(
  deps: SubscriptionDeps,
  subscription: OwnedSubscription,
  open: Delivery,
  { status, fault, detail }: Extract<Posted, { ok: false }>,
): void {
  const { db, clock } = deps;
  const now = clock();
  const attempts = open.attempts + 1;
  writeTransaction(db, () => {
    const nextTryAt = now + waitAfter(attempts, Math.random());
    db.orm
      .update(deliveries)
      .set({ attempts, nextTryAt, status: status ?? null, fault })
      .where(eq(deliveries.id, open.id))
      .run();
    db.orm
      .update(subscriptions)
      .set({ fault, faultDetail: detail, faultAt: now })
      .where(eq(subscriptions.id, subscription.id))
      .run();
    if (fault === 'gone' || attempts >= mostAttempts) giveUp(deps, subscription, fault, detail);
  });
}

/** Stops trying; the open delivery and all events behind the cursor stay, for whoever resumes it. */
export function giveUp(
  { db, clock }: SubscriptionDeps,
  { id, publicId }: OwnedSubscription,
  fault: WebhookFault,
  faultDetail: string,
): void {
  const at = clock();
  writeTransaction(db, () => {
    db.orm
      .update(subscriptions)
      .set({ state: 'given_up', fault, faultDetail, faultAt: at })
      .where(eq(subscriptions.id, id))
      .run();
    appendEntry(db, {
      kind: 'subscription',
      subject: `subscription/${publicId}`,
      body: { step: 'given_up', fault },
      at,
    });
  });
}

export const keptDeliveries = 50;
