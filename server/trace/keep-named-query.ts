// Keeps a query under a name for its account, or removes it with everything that was subscribed to it.
import { eq, inArray } from 'drizzle-orm';
import type { Caller } from '../accounts/caller.ts';
import type { Deps } from '../deps.ts';
import { writeTransaction } from '../store/db.ts';
import { epcisProblem } from './epcis-binding.ts';
import { mostNamedQueries, type NewNamedQuery, reservedNames } from './epcis-named-query.ts';
import { countQueries, type NamedQuery, namedQuery } from './epcis-named-query-store.ts';
import { deliveries, namedQueries, subscriptions } from './epcis-subscription-tables.ts';

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

export function removeNamedQuery({ db }: QueryDeps, query: NamedQuery): void {
  writeTransaction(db, () => {
    const of = db.orm.select({ id: subscriptions.id }).from(subscriptions).where(eq(subscriptions.queryId, query.id));
    db.orm.delete(deliveries).where(inArray(deliveries.subscriptionId, of)).run();
    db.orm.delete(subscriptions).where(eq(subscriptions.queryId, query.id)).run();
    db.orm.delete(namedQueries).where(eq(namedQueries.id, query.id)).run();
  });
}
