// Keeps a query under a name for its account, or removes it with everything that was subscribed to it.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { epcisProblem } from '../epcis/binding.ts';
import { removeSubscription } from './change-subscription.ts';
import { mostNamedQueries, type NewNamedQuery, reservedNames, standardQuery } from './named-query.ts';
import { countQueries, type NamedQuery, namedQuery } from './named-query-store.ts';
import { mostSubscriptions } from './subscription.ts';
import { subscriptionsOfQuery } from './subscription-store.ts';
import { namedQueries } from './subscription-tables.ts';

type QueryDeps = Pick<Deps, 'db' | 'clock'>;

/** Throws Problem duplicate for a name that is taken, conflict when there are too many. */
export function keepNamedQuery({ db, clock }: QueryDeps, caller: Caller, { name, definition }: NewNamedQuery): void {
  writeTransaction(db, () => {
    if (reservedNames.includes(name) || namedQuery(db, caller, name) !== undefined)
      throw epcisProblem('duplicate', { detail: `The name ${name} is taken.` });
    if (countQueries(db, caller) >= mostNamedQueries)
      throw epcisProblem('conflict', { detail: `An account keeps at most ${mostNamedQueries} queries; delete one.` });
    db.orm
      .insert(namedQueries)
      .values({ accountId: caller.id, name, definition: JSON.stringify(definition), createdAt: clock() })
      .run();
  });
}

/** The standard's own query as one of the account's, so that it can be subscribed to: every event it may see. */
export function keepStandardQuery({ db, clock }: QueryDeps, caller: Caller): NamedQuery {
  return writeTransaction(db, () => {
    const kept = namedQuery(db, caller, standardQuery);
    if (kept !== undefined) return kept;
    const row = { accountId: caller.id, name: standardQuery, definition: '{}', createdAt: clock() };
    return db.orm.insert(namedQueries).values(row).returning().get();
  });
}

export function removeNamedQuery(deps: QueryDeps, caller: Caller, query: NamedQuery): void {
  const { db } = deps;
  writeTransaction(db, () => {
    const subscribed = subscriptionsOfQuery(db, query.id, mostSubscriptions);
    for (const subscription of subscribed) removeSubscription(deps, caller, subscription);
    db.orm.delete(namedQueries).where(eq(namedQueries.id, query.id)).run();
  });
}
