// The places a caller belongs to, with their names.
import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { Caller } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';
import { placesOf } from './place-store.ts';

/** A place that no event has named yet stands with its id. */
export function ownPlaces(db: Db, caller: Caller): PlaceName[] {
  const places = placesOf(db, caller.sites);
  return caller.sites.map(
    (id) => places.get(id) ?? { id, name: id, nameEn: null, kind: null, address: null, addressEn: null },
  );
}
