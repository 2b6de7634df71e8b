// Registers a restaurant, and makes the owner who did so belong to it.
import type { Caller } from '../../accounts/caller.ts';
import { isHeldByOthers } from '../../accounts/place/holder-store.ts';
import { accountSites } from '../../accounts/tables.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { fullScore } from '../order/score.ts';
import { minuteOfDay } from '../restaurant/hours.ts';
import { glnHolds, localSiteId, type NewRestaurant } from '../restaurant/restaurant.ts';
import { type Restaurant, restaurantBySite } from '../restaurant/restaurant-store.ts';
import { restaurants } from '../restaurant/restaurant-tables.ts';

/** Whether goods or a registration of the chain stand under a site id. */
export type OnRecord = (siteId: string) => boolean;

/**
 * Returns the new row. Throws Problem('duplicate') when its site is registered, ('invalid_input') for a wrong GLN and for
 * a place that is on record as somebody's: an owner cannot make another's place theirs by registering it.
 */
export function registerRestaurant(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  input: NewRestaurant,
  isOnRecord: OnRecord = () => false,
): Restaurant {
  if (input.gln !== undefined && !glnHolds(input.gln)) {
    throw new Problem('invalid_input', {
      faults: [{ place: 'gln', code: 'check_digit', detail: "The GLN's last digit does not fit the others." }],
    });
  }
  const siteId = input.gln ?? localSiteId(input.licence);
  const at = deps.clock();
  if (caller.role === 'owner' && !caller.sites.includes(siteId)) refuseOthersPlace(deps.db, siteId, caller, isOnRecord);
  return writeTransaction(deps.db, () => {
    if (restaurantBySite(deps.db, siteId) !== undefined) {
      throw new Problem('duplicate', {
        faults: [{ place: 'licence', code: 'taken', detail: 'This restaurant is registered already.' }],
      });
    }
    const row = deps.db.orm
      .insert(restaurants)
      .values(restaurantRow(input, siteId, at))
      .returning()
      .get();
    if (caller.role === 'owner')
      deps.db.orm.insert(accountSites).values({ accountId: caller.id, siteId }).onConflictDoNothing().run();
    const body = { name: row.name, licence: row.licence, site: siteId, by: caller.id };
    appendEntry(deps.db, { kind: 'restaurant', subject: `restaurant/${row.id}`, body, at });
    return row;
  });
}

function refuseOthersPlace(db: Db, siteId: string, caller: Caller, isOnRecord: OnRecord): void {
  if (!isHeldByOthers(db, siteId, caller.id) && !isOnRecord(siteId)) return;
  const detail =
    'This place is on record already. Ask an administrator to add it to your account, then register the kitchen.';
  throw new Problem('invalid_input', { faults: [{ place: 'gln', code: 'known_place', detail }] });
}

function restaurantRow(input: NewRestaurant, siteId: string, at: number): typeof restaurants.$inferInsert {
  return {
    siteId,
    name: input.name,
    nameEn: input.nameEn ?? null,
    licence: input.licence,
    licenceUntil: input.licenceUntil ?? null,
    address: input.address,
    addressEn: input.addressEn ?? null,
    opensAtMinute: minuteOfDay(input.opensAt) ?? 0,
    closesAtMinute: minuteOfDay(input.closesAt) ?? 0,
    score: fullScore,
    createdAt: at,
  };
}
