// Subscriptions and deliveries as the pages show them.

import type { SubscriptionLine } from '../../../views/trace/subscription/subscription-parts.tsx';
import type { DeliveryLine } from '../../../views/trace/subscription/subscription-view.ts';
import { namesOf } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import type { Schedule } from './schedule.ts';
import { type Delivery, type OwnedSubscription, openDelivery, visibleSubscriptions } from './subscription-store.ts';
import { shownAddress } from './webhook.ts';

/** Steps that the form offers by themselves. */
export const offeredSteps = [
  'commissioning',
  'receiving',
  'shipping',
  'inspecting',
  'packing',
  'retail_selling',
  'destroying',
];

export function subscriptionLines(db: Db, caller: Caller): SubscriptionLine[] {
  const found = visibleSubscriptions(db, caller);
  const names = namesOf(
    db,
    found.map(({ accountId }) => accountId),
  );
  return found.map((one) => lineOf(db, caller, one, names));
}

export function subscriptionLine(db: Db, caller: Caller, subscription: OwnedSubscription): SubscriptionLine {
  return lineOf(db, caller, subscription, namesOf(db, [subscription.accountId]));
}

function lineOf(db: Db, caller: Caller, one: OwnedSubscription, names: ReadonlyMap<number, string>): SubscriptionLine {
  const open = openDelivery(db, one.id);
  return {
    id: one.publicId,
    queryName: one.queryName,
    owner: caller.role === 'admin' ? (names.get(one.accountId) ?? '') : null,
    dest: shownAddress(one.dest),
    schedule: one.schedule === null ? null : (JSON.parse(one.schedule) as Schedule),
    reportIfEmpty: one.reportIfEmpty === 1,
    state: one.state,
    createdAt: one.createdAt,
    deliveredAt: one.deliveredAt,
    fault: one.fault === null ? null : { code: one.fault, at: one.faultAt ?? one.createdAt },
    open: open === undefined ? null : { attempts: open.attempts, nextTryAt: open.nextTryAt },
  };
}

export function deliveryLine({
  deliveryId,
  state,
  eventCount,
  attempts,
  createdAt,
  endedAt,
  status,
  fault,
}: Delivery): DeliveryLine {
  return { deliveryId, state, eventCount, attempts, at: endedAt ?? createdAt, status, fault };
}
