// Questions about a restaurant's standing: the names it had, and whether, since when and why it is closed.
import type { Db } from '../../store/db.ts';

const shownNames = 20;

export type FormerName = {
  readonly name: string;
  readonly nameEn: string | null;
  readonly reason: string;
  readonly by: number;
  /** Until when it was called so. */
  readonly at: number;
};

/** The newest first. */
export function formerNames(db: Db, restaurantId: number): FormerName[] {
  return db.sqlite
    .prepare(
      `SELECT name, name_en AS nameEn, reason, by, at FROM restaurant_name WHERE restaurant_id = ?
       ORDER BY id DESC LIMIT ${shownNames}`,
    )
    .all(restaurantId) as FormerName[];
}

export type Closing = {
  readonly day: string;
  readonly reason: string;
  readonly by: number;
  readonly byRole: string;
  readonly at: number;
};

/** Undefined while it is in business. */
export function closingOf(db: Db, restaurantId: number): Closing | undefined {
  return db.sqlite
    .prepare(
      `SELECT c.day, c.reason, c.by, a.role AS byRole, c.at FROM restaurant_closing c JOIN account a ON a.id = c.by
       WHERE c.restaurant_id = ? AND c.reopened_at IS NULL`,
    )
    .get(restaurantId) as Closing | undefined;
}

/** The day from which a place is closed; undefined for one in business, and for one that is no restaurant. */
export function closedSince(db: Db, siteId: string): string | undefined {
  const day = db.sqlite.prepare('SELECT closed_on FROM restaurant WHERE site_id = ?').pluck().get(siteId) as
    | string
    | null
    | undefined;
  return day ?? undefined;
}
