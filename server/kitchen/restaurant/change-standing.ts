// Writes a restaurant's new name, its closing or that it opened again, inside the caller's transaction, which writes the ledger entry.
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { Restaurant } from './restaurant-store.ts';
import { restaurantClosings, restaurantNames, restaurants } from './restaurant-tables.ts';

type Said = { readonly reason: string; readonly by: number; readonly at: number };

/** The name it had until now is kept beside it. */
export function keepName(
  db: Db,
  { id, name, nameEn }: Restaurant,
  given: { readonly name: string; readonly nameEn: string | null },
  said: Said,
): void {
  db.orm
    .insert(restaurantNames)
    .values({ restaurantId: id, name, nameEn, ...said })
    .run();
  db.orm.update(restaurants).set(given).where(eq(restaurants.id, id)).run();
}

export function keepClosing(db: Db, { id }: Restaurant, day: string, said: Said): void {
  db.orm
    .insert(restaurantClosings)
    .values({ restaurantId: id, day, ...said })
    .run();
  db.orm.update(restaurants).set({ closedOn: day }).where(eq(restaurants.id, id)).run();
}

export function keepReopening(db: Db, { id }: Restaurant, { by, at }: Omit<Said, 'reason'>): void {
  const open = and(eq(restaurantClosings.restaurantId, id), isNull(restaurantClosings.reopenedAt));
  db.orm.update(restaurantClosings).set({ reopenedAt: at, reopenedBy: by }).where(open).run();
  db.orm.update(restaurants).set({ closedOn: null }).where(eq(restaurants.id, id)).run();
}
