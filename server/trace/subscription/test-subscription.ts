// Sends a subscriber an empty document, signed like every delivery, and says what came of it.
import { randomUUID } from 'node:crypto';
import { writeTransaction } from '../../store/db.ts';
import type { Posted } from './post-webhook.ts';
import { deliveryBody, send } from './serve-subscription.ts';
import type { SubscriptionDeps } from './subscribe-query.ts';
import type { OwnedSubscription } from './subscription-store.ts';
import { deliveries } from './subscription-tables.ts';

/** Touches neither the cursor nor the open delivery. */
export async function testSubscription(deps: SubscriptionDeps, subscription: OwnedSubscription): Promise<Posted> {
  const { db, clock } = deps;
  const test = { deliveryId: randomUUID(), events: '[]', createdAt: clock(), attempts: 0 };
  const posted = await send(deps, subscription, test, deliveryBody(deps, subscription, test), { isTest: true });
  writeTransaction(db, () =>
    db.orm
      .insert(deliveries)
      .values({
        ...test,
        subscriptionId: subscription.id,
        state: 'test',
        eventCount: 0,
        attempts: 1,
        nextTryAt: test.createdAt,
        endedAt: clock(),
        status: posted.status ?? null,
        fault: posted.ok ? null : posted.fault,
      })
      .run(),
  );
  return posted;
}
