// The `deliver-webhook` job: makes the next delivery of a subscription, sends it, and says what became of it.
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { callerOfAccount } from '../../accounts/account-store.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { jsonQueryDocument } from '../epcis/json-output.ts';
import { withDigitalLinks } from '../epcis/spelling.ts';
import { claimsAmong } from '../query/claimed-store.ts';
import type { EventQuery } from '../query/query.ts';
import { eventsOfIds, findCaptured, newestEvent } from '../query/query-store.ts';
import { queryOfDefinition } from './named-query.ts';
import { type Posted, postWebhook } from './post-webhook.ts';
import { nextRun, type Schedule } from './schedule.ts';
import { failed, giveUp, halve, took } from './settle-delivery.ts';
import { guardOf, type SubscriptionDeps } from './subscribe-query.ts';
import {
  type Delivery,
  dueSubscriptions,
  type OwnedSubscription,
  openDelivery,
  subscriptionById,
  tokenOf,
} from './subscription-store.ts';
import { deliveries, subscriptions } from './subscription-tables.ts';
import { isDue, webhookHeaders } from './webhook.ts';

const payloadSchema = z.object({ subscriptionId: z.int().positive() });

// One job ends well within its lease, also when the receiver is slow.
const mostPerJob = 50;
const jobMs = 20_000;
const largestBody = 4 * 1024 * 1024;

/** Puts a job in the queue for each subscription that has something to do; how many. */
export function askForDeliveries({ db, clock, queue }: Pick<Deps, 'db' | 'clock' | 'queue'>): number {
  const due = dueSubscriptions(db, clock());
  for (const id of due)
    queue.enqueue({ name: 'deliver-webhook', payload: { subscriptionId: id }, key: `deliver-webhook/${id}` });
  return due.length;
}

/** Delivers what is due, in order, until there is nothing, a delivery fails or the job's time is over. */
export async function serveSubscription(deps: SubscriptionDeps, payload: unknown): Promise<void> {
  const { subscriptionId } = payloadSchema.parse(payload);
  const until = deps.clock() + jobMs;
  for (let turn = 0; turn < mostPerJob && deps.clock() < until; turn++) {
    if (deps.signal?.aborted === true) return;
    const subscription = subscriptionById(deps.db, subscriptionId);
    if (subscription === undefined || subscription.state !== 'active') return;
    const open = openDelivery(deps.db, subscription.id);
    if (open === undefined) {
      if (!makeDelivery(deps, subscription)) return;
      await nextTurn();
    } else if (!isDue(open.nextTryAt, deps.clock()) || !(await tryDelivery(deps, subscription, open))) return;
  }
}

/** Looks at the next events; false when there is nothing left to look at. Cursor and delivery are written together. */
function makeDelivery(deps: SubscriptionDeps, subscription: OwnedSubscription): boolean {
  const { db, clock } = deps;
  const asked = whoAsks(deps, subscription);
  if (asked === undefined) return false;
  const { caller, query } = asked;
  return writeTransaction(db, () => {
    const run = runOf(deps, subscription);
    if (run === undefined || (!run.isScheduled && run.until <= subscription.cursor)) return false;
    const span = { after: subscription.cursor, until: run.until };
    const { ids, upTo } = findCaptured(db, caller, query, span, subscription.batchSize);
    const isEnd = upTo >= run.until;
    const isEmptyReport =
      run.isScheduled && isEnd && ids.length === 0 && run.sent === 0 && subscription.reportIfEmpty === 1;
    if (ids.length > 0 || isEmptyReport) insertDelivery(deps, subscription.id, ids, clock());
    const sent = ids.length > 0 ? run.sent + 1 : run.sent;
    db.orm
      .update(subscriptions)
      .set({
        cursor: Math.max(upTo, subscription.cursor),
        runUntil: run.isScheduled && !isEnd ? run.until : null,
        runSent: isEnd ? 0 : sent,
        nextRunAt: run.nextRunAt,
      })
      .where(eq(subscriptions.id, subscription.id))
      .run();
    return ids.length > 0 || isEmptyReport || !isEnd;
  });
}

type Asked = { readonly caller: Caller; readonly query: EventQuery };

/** The account as it may see now, and its query; undefined after the subscription was stopped because there is none. */
function whoAsks(deps: SubscriptionDeps, subscription: OwnedSubscription): Asked | undefined {
  const caller = callerOfAccount(deps.db, subscription.accountId);
  if (caller === null) {
    giveUp(deps, subscription, 'account', 'The account was disabled.');
    return undefined;
  }
  try {
    const query = queryOfDefinition(subscription.definition);
    const recordedFrom = Math.max(query.recordedFrom ?? 0, subscription.initialAt);
    return { caller, query: recordedFrom === 0 ? query : { ...query, recordedFrom } };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    giveUp(deps, subscription, 'query', error.faults[0]?.detail ?? error.message);
    return undefined;
  }
}

type Run = {
  readonly until: number;
  readonly sent: number;
  readonly isScheduled: boolean;
  readonly nextRunAt: number | null;
};

/** What is to be looked at now; undefined before a schedule's time. Runs that were missed are one run. */
function runOf({ db, clock }: SubscriptionDeps, subscription: OwnedSubscription): Run | undefined {
  const { schedule, runUntil, runSent, nextRunAt } = subscription;
  if (schedule === null) return { until: newestEvent(db), sent: 0, isScheduled: false, nextRunAt: null };
  if (runUntil !== null) return { until: runUntil, sent: runSent, isScheduled: true, nextRunAt };
  const now = clock();
  if (nextRunAt === null || nextRunAt > now) return undefined;
  const next = nextRun(JSON.parse(schedule) as Schedule, now) ?? null;
  return { until: newestEvent(db), sent: 0, isScheduled: true, nextRunAt: next };
}

function insertDelivery({ db }: SubscriptionDeps, subscriptionId: number, ids: readonly number[], now: number): void {
  db.orm
    .insert(deliveries)
    .values({
      deliveryId: randomUUID(),
      subscriptionId,
      state: 'open',
      events: JSON.stringify(ids),
      eventCount: ids.length,
      createdAt: now,
      nextTryAt: now,
    })
    .run();
}

/** Whether the receiver took it, or it was made smaller and can be tried again at once. */
async function tryDelivery(deps: SubscriptionDeps, subscription: OwnedSubscription, open: Delivery): Promise<boolean> {
  if (callerOfAccount(deps.db, subscription.accountId) === null) {
    giveUp(deps, subscription, 'account', 'The account was disabled.');
    return false;
  }
  const body = deliveryBody(deps, subscription, open);
  if (body.length > largestBody && open.eventCount > 1) return halve(deps, subscription, open);
  const posted = await send(deps, subscription, open, body, { isTest: false });
  // Whether the receiver took it is not known: it is sent again, under the same id, when the server is back.
  if (!posted.ok && deps.signal?.aborted === true) return false;
  if (posted.status === 413 && open.eventCount > 1) return halve(deps, subscription, open);
  if (posted.ok) took(deps, subscription, open, posted.status);
  else failed(deps, subscription, open, posted);
  return posted.ok;
}

/** The same text at every try: the receiver may compare. */
export function deliveryBody(
  { db }: Pick<Deps, 'db'>,
  { publicId, queryName, epcFormat }: OwnedSubscription,
  { deliveryId, events, createdAt }: Pick<Delivery, 'deliveryId' | 'events' | 'createdAt'>,
): string {
  const ids = JSON.parse(events) as number[];
  const found = eventsOfIds(db, ids);
  const claims = claimsAmong(db, ids, createdAt);
  const spelled = epcFormat === 'Always_GS1_Digital_Link' ? found.map(withDigitalLinks) : found;
  const output = {
    id: `urn:uuid:${deliveryId}`,
    creationDateMs: createdAt,
    queryName,
    subscriptionID: publicId,
    claims,
  };
  return JSON.stringify(jsonQueryDocument(spelled, output));
}

export function send(
  deps: SubscriptionDeps,
  subscription: OwnedSubscription,
  { deliveryId, attempts }: Pick<Delivery, 'deliveryId' | 'attempts'>,
  body: string,
  { isTest }: { readonly isTest: boolean },
): Promise<Posted> {
  const token = tokenOf(deps, subscription);
  const head = { token, body, deliveryId, attempt: attempts + 1, isTest, now: deps.clock() };
  const { dest } = subscription;
  return postWebhook({ dest, headers: webhookHeaders(head), body, guard: guardOf(deps), signal: deps.signal });
}
