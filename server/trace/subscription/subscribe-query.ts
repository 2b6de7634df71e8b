// Subscribes an address to a query: its token sealed, its place in the order of capture fixed, in one transaction.
import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Guard } from '../../../inference/address-guard.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { seal } from '../../store/seal.ts';
import { epcisProblem } from '../epcis/binding.ts';
import type { EpcFormat } from '../epcis/spelling.ts';
import { lastEventBefore, newestEvent } from '../query/query-store.ts';
import { queryOfDefinition } from './named-query.ts';
import type { NamedQuery } from './named-query-store.ts';
import { addressFault } from './post-webhook.ts';
import { nextRun } from './schedule.ts';
import { mostSubscriptions, type NewSubscription, readSubscription, refuseCounts } from './subscription.ts';
import {
  allowedRules,
  countSubscriptions,
  type OwnedSubscription,
  subscriptionById,
  tokenPlace,
} from './subscription-store.ts';
import { subscriptions } from './subscription-tables.ts';
import { shownAddress } from './webhook.ts';

export type SubscriptionDeps = Pick<Deps, 'db' | 'clock' | 'secrets' | 'config'> & {
  /** How names become addresses; tests put their own in. */
  readonly network?: Guard['network'];
  /** Ends what is being sent when the server stops. */
  readonly signal?: AbortSignal;
};

/** `token`: set when it was made here, to be shown this once. */
export type Subscribed = { readonly subscription: OwnedSubscription; readonly token: string | undefined };

export const usualBatch = 100;

/** The subscription that is asked for. Throws Problem with every fault, that of an address that may not be told among them. */
export async function askedSubscription(deps: SubscriptionDeps, body: unknown): Promise<NewSubscription> {
  const faults: Fault[] = [];
  let asked: NewSubscription | undefined;
  let type = 'epcisException:InvalidURIException';
  try {
    asked = readSubscription(body, deps.clock());
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    faults.push(...error.faults);
    type = error.options.type ?? 'epcisException:SubscriptionControlsException';
  }
  const dest = typeof body === 'object' && body !== null && 'dest' in body ? body.dest : undefined;
  const fault = typeof dest === 'string' ? await addressFault(dest, guardOf(deps)) : undefined;
  if (fault !== undefined) faults.push({ place: '/dest', ...fault });
  if (asked === undefined || faults.length > 0) throw new Problem('invalid_input', { type, faults });
  return asked;
}

/** Throws Problem for a query that cannot stand, and for too many subscriptions. */
export function subscribeQuery(
  deps: SubscriptionDeps,
  caller: Caller,
  query: NamedQuery,
  asked: NewSubscription,
  epcFormat: EpcFormat,
): Subscribed {
  refuseCounts(queryOfDefinition(query.definition));
  const made = asked.signatureToken === undefined ? randomBytes(32).toString('hex') : undefined;
  const token = asked.signatureToken ?? made ?? '';
  const subscription = writeTransaction(deps.db, () => keep(deps, { caller, query, asked, epcFormat, token }));
  return { subscription, token: made };
}

/** Where deliveries may go: public addresses, and the private networks an administrator opened; never this server's port. */
export function guardOf({ db, config, network }: SubscriptionDeps): Guard {
  return { allow: allowedRules(db), ownPorts: [config.port], ...(network === undefined ? {} : { network }) };
}

type Kept = {
  readonly caller: Caller;
  readonly query: NamedQuery;
  readonly asked: NewSubscription;
  readonly epcFormat: EpcFormat;
  /** What deliveries are signed with. */
  readonly token: string;
};

function keep(
  { db, clock, secrets }: SubscriptionDeps,
  { caller, query, asked, epcFormat, token }: Kept,
): OwnedSubscription {
  if (countSubscriptions(db, caller.id) >= mostSubscriptions)
    throw epcisProblem('conflict', {
      detail: `An account has at most ${mostSubscriptions} subscriptions; delete one.`,
    });
  const now = clock();
  const { id } = db.orm
    .insert(subscriptions)
    .values({
      publicId: randomUUID(),
      queryId: query.id,
      dest: asked.dest,
      sealedToken: '',
      schedule: asked.schedule === undefined ? null : JSON.stringify(asked.schedule),
      reportIfEmpty: asked.reportIfEmpty ? 1 : 0,
      initialAt: asked.initialAt ?? 0,
      epcFormat,
      state: 'active',
      createdAt: now,
      cursor: asked.initialAt === undefined ? newestEvent(db) : lastEventBefore(db, asked.initialAt),
      nextRunAt: asked.schedule === undefined ? null : (nextRun(asked.schedule, now) ?? null),
      batchSize: usualBatch,
    })
    .returning({ id: subscriptions.id })
    .get();
  // The seal opens only in its own row, whose number is known now.
  const sealedToken = seal(secrets.sealKey, tokenPlace(id), token);
  db.orm.update(subscriptions).set({ sealedToken }).where(eq(subscriptions.id, id)).run();
  const kept = subscriptionById(db, id);
  if (kept === undefined) throw new Error('A subscription just written is not there.');
  appendEntry(db, {
    kind: 'subscription',
    subject: `subscription/${kept.publicId}`,
    body: { step: 'made', query: query.name, dest: shownAddress(asked.dest), by: caller.id },
    at: now,
  });
  return kept;
}
