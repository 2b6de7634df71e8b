// Takes a closing back: the same cameras are looked at again, the visit it called off is due again, and the score goes on.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { wakeCameras } from '../../kitchen/camera/rest-cameras.ts';
import { keepReopening } from '../../kitchen/restaurant/change-standing.ts';
import { visibleRestaurant } from '../../kitchen/restaurant/restaurant-store.ts';
import { closingOf } from '../../kitchen/restaurant/standing-store.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { putVisitsBack } from '../visit/call-off-visits.ts';
import { mayReopen } from './standing.ts';

/** Throws Problem `not_found`, `conflict` for one in business, `forbidden` for an owner after thirty days or an inspector's closing. */
export function reopenKitchen({ db, clock }: Pick<Deps, 'db' | 'clock'>, caller: Caller, id: number): void {
  const at = clock();
  writeTransaction(db, () => {
    const kitchen = visibleRestaurant(db, caller, id);
    if (kitchen === undefined) throw new Problem('not_found');
    const closing = closingOf(db, id);
    if (closing === undefined)
      throw new Problem('conflict', { detail: 'This kitchen is in business: look at its page again.' });
    if (!mayReopen(caller, closing, at))
      throw new Problem('forbidden', {
        detail: 'Only an inspector opens this kitchen again: tell your inspector that you cook again.',
      });
    const said = { by: caller.id, at };
    keepReopening(db, kitchen, said);
    const cameras = wakeCameras(db, id, closing.at, at);
    const body = { step: 'reopened', site: kitchen.siteId, cameras, by: caller.id };
    appendEntry(db, { kind: 'restaurant', subject: `restaurant/${id}`, body, at });
    putVisitsBack(db, kitchen.siteId, { offAt: closing.at, ...said });
  });
}
