// Asks for growers' promises: one, and those that follow a lot, its own and those of what it was made from.
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { traceLot } from '../../trace/chain/chain-store.ts';
import { seesLot } from '../../trace/chain/lot-visibility-store.ts';
import type { farmPromises } from './purchase-tables.ts';

export type FarmPromise = Omit<typeof farmPromises.$inferSelect, 'accountId'>;

const columns =
  'f.id, f.lot_id AS lotId, f.site_id AS siteId, f.number, f.grower, f.contact, f.quantity, f.unit, f.ground, f.at';
const mostPromises = 20;
const followedHoldings = 2_000;

/** Throws Problem `not_found` for one about a lot that the caller has nothing to do with. */
export function ownPromise(db: Db, caller: Caller, id: number): FarmPromise {
  const found = db.sqlite.prepare(`SELECT ${columns} FROM farm_promise f WHERE f.id = ?`).get(id) as
    | FarmPromise
    | undefined;
  if (found === undefined || !seesLot(db, caller, found.lotId)) throw new Problem('not_found');
  return found;
}

/** Newest first. */
export function promisesOf(db: Db, lotId: number): FarmPromise[] {
  const { lots } = traceLot(db, { lotId, direction: 'backward', maxHoldings: followedHoldings });
  const ids = [...new Set([lotId, ...lots.map((lot) => lot.lotId)])];
  return db.sqlite
    .prepare(
      `SELECT ${columns} FROM json_each(?) j CROSS JOIN farm_promise f ON f.lot_id = j.value ORDER BY f.id DESC LIMIT ${mostPromises}`,
    )
    .all(JSON.stringify(ids)) as FarmPromise[];
}
