// Closes a kitchen by a day and a reason: its cameras rest, its visit is called off, and it is neither scored nor drawn.
import type { z } from 'zod';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { restCameras } from '../../kitchen/camera/rest-cameras.ts';
import { keepClosing } from '../../kitchen/restaurant/change-standing.ts';
import { visibleRestaurant } from '../../kitchen/restaurant/restaurant-store.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { tell } from '../notice/send-notice.ts';
import { dropScore } from '../risk/drop-score.ts';
import { callOffVisits } from '../visit/call-off-visits.ts';
import { type closingSchema, dayFault } from './standing.ts';

type CloseDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Complaints in hand go on and recalls still reach it: closing is no way out of either. Throws Problem `not_found`,
 * `conflict` for one that is closed already, `invalid_input` for a day that cannot be.
 */
export function closeKitchen(
  deps: CloseDeps,
  caller: Caller,
  id: number,
  { day, reason }: z.output<typeof closingSchema>,
): void {
  const { db, clock } = deps;
  const at = clock();
  writeTransaction(db, () => {
    const kitchen = visibleRestaurant(db, caller, id);
    if (kitchen === undefined) throw new Problem('not_found');
    if (kitchen.closedOn !== null)
      throw new Problem('conflict', { detail: 'This kitchen is closed already: look at its page again.' });
    const fault = dayFault(day, at);
    if (fault !== undefined) throw new Problem('invalid_input', { faults: [fault] });
    keepClosing(db, kitchen, day, { reason, by: caller.id, at });
    const cameras = restCameras(db, id, at);
    const body = { step: 'closed', day, site: kitchen.siteId, cameras, by: caller.id };
    appendEntry(db, { kind: 'restaurant', subject: `restaurant/${id}`, body, at });
    callOffVisits(db, kitchen.siteId, { reason, by: caller.id, at });
    dropScore(db, kitchen.siteId);
    if (caller.role !== 'owner') tellOwners(deps, kitchen.siteId, { name: kitchen.name, day, id });
  });
}

type Told = { readonly name: string; readonly day: string; readonly id: number };

function tellOwners(deps: CloseDeps, siteId: string, { name, day, id }: Told): void {
  tell(deps, {
    kind: 'general',
    title: { zh: `${name} 已登记为停业`, en: `${name} is registered as closed` },
    body: {
      zh: `检查员登记该单位自 ${day} 起停业。如果仍在营业，请联系检查员恢复。`,
      en: `An inspector registered it as closed from ${day}. If it still cooks, ask the inspector to open it again.`,
    },
    href: `/kitchens/${id}/standing`,
    to: { sites: [siteId] },
  });
}
