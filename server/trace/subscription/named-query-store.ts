// Asks for queries under names: one of an account, or a page of them in the order of their names.
import { and, asc, count, eq, gt } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { namedQueries } from './subscription-tables.ts';

export type NamedQuery = typeof namedQueries.$inferSelect;

/** Undefined for an unknown name and for another account's: both look the same from outside. */
export function namedQuery(db: Db, caller: Pick<Caller, 'id'>, name: string): NamedQuery | undefined {
  const where = and(eq(namedQueries.accountId, caller.id), eq(namedQueries.name, name));
  return db.orm.select().from(namedQueries).where(where).get();
}

/** `after`: the last name of the page before. */
export function queriesOf(db: Db, caller: Pick<Caller, 'id'>, limit: number, after = ''): NamedQuery[] {
  const where = and(eq(namedQueries.accountId, caller.id), gt(namedQueries.name, after));
  return db.orm.select().from(namedQueries).where(where).orderBy(asc(namedQueries.name)).limit(limit).all();
}

export function countQueries(db: Db, caller: Pick<Caller, 'id'>): number {
  const where = eq(namedQueries.accountId, caller.id);
  return db.orm.select({ n: count() }).from(namedQueries).where(where).get()?.n ?? 0;
}
