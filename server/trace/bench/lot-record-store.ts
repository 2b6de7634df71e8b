// What the record of a lot shows to whom: its tests, what happened to it, and who holds how much.
import type { EventLine } from '../../../views/trace/bench/bench-events.tsx';
import type { LotRecordView } from '../../../views/trace/lot/lot-record-page.tsx';
import { type Caller, isRegulator } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { balanceOf } from '../chain/balance-store.ts';
import { toldBy } from '../chain/lot-visibility-store.ts';
import { knownAmounts } from '../chain/stock.ts';
import { labTestsOf } from '../lot/lab-test-store.ts';
import { holdingsOfLot } from '../lot/lot-list-store.ts';
import type { Lot } from '../lot/lot-store.ts';
import { placesOf } from '../place/place-store.ts';
import { unitOfHolding } from './bench-store.ts';

export function testsOf(db: Deps['db'], lotId: number): LotRecordView['lot']['tests'] {
  return labTestsOf(db, lotId).map(({ id, fileHash, subject, result, laboratory, testedAt }) => ({
    ...{ subject, result, laboratory, testedAt },
    reportHref: fileHash === null ? null : `/lots/${lotId}/tests/${id}/report`,
  }));
}

/** Everything that happened to it for the regulator; for others what they told, and what happened at their places. */
export function ownEvents({ db }: Deps, caller: Caller, events: readonly EventLine[]): EventLine[] {
  if (isRegulator(caller)) return [...events];
  const told = toldBy(
    db,
    caller,
    events.map(({ id }) => id),
  );
  return events.filter(({ id, place }) => told.has(id) || (place !== null && caller.sites.includes(place.id)));
}

/** Everybody's stock for the regulator, only one's own for a partner. */
export function holdersOf({ db }: Deps, lot: Lot, caller: Caller) {
  const holdings = holdingsOfLot(db, lot.id).filter(
    ({ siteId }) => isRegulator(caller) || caller.sites.includes(siteId),
  );
  const books = balanceOf(
    db,
    holdings.map(({ id }) => id),
  );
  const places = placesOf(
    db,
    holdings.map(({ siteId }) => siteId),
  );
  return holdings.map(({ id, siteId }) => {
    const unit = unitOfHolding(books, id);
    const place = places.get(siteId) ?? {
      id: siteId,
      name: null,
      nameEn: null,
      kind: null,
      address: null,
      addressEn: null,
    };
    return {
      place,
      ...knownAmounts(books.stockOf(id)),
      unit: unit === 'C62' ? null : unit,
    };
  });
}
