// Lots as the pages of the join show them: name, batch and state.
import type { JoinedLot } from '../../../views/oversight/join/lot-kitchens-page.tsx';
import type { Db } from '../../store/db.ts';
import { shortOf } from '../../trace/lot/lot-name.ts';
import { lotById } from '../../trace/lot/lot-store.ts';
import { lotStatesOf } from '../../trace/state/lot-state-store.ts';

/** By id; what is not known has no line. */
export function lotsShown(db: Db, ids: readonly number[], now: number): ReadonlyMap<number, JoinedLot> {
  const lots = [...new Set(ids)].flatMap((id) => lotById(db, id) ?? []);
  const states = lotStatesOf(db, lots, now);
  return new Map(
    lots.map((lot) => {
      const { id, name, nameEn } = lot;
      return [id, { id, productName: name, productNameEn: nameEn, batch: shortOf(lot), state: states.get(id) ?? 'ok' }];
    }),
  );
}
