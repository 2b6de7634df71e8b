// Gives a kitchen another name in both halves; the old one stays on its record, and its score goes on.
import type { z } from 'zod';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { keepName } from '../../kitchen/restaurant/change-standing.ts';
import { visibleRestaurant } from '../../kitchen/restaurant/restaurant-store.ts';
import { formerNames } from '../../kitchen/restaurant/standing-store.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { renamePlace } from '../../trace/place/rename-place.ts';
import { mostNames, type nameSchema } from './standing.ts';

/**
 * Takes effect at once: the licence, not the name, is what a record hangs on, and a sign over a door does not wait for an
 * office. Throws Problem `not_found`, `invalid_input` for the same name again and for an owner's third in ninety days.
 */
export function renameKitchen(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  id: number,
  { name, nameEn, reason }: z.output<typeof nameSchema>,
): void {
  const at = clock();
  writeTransaction(db, () => {
    const kitchen = visibleRestaurant(db, caller, id);
    if (kitchen === undefined) throw new Problem('not_found');
    if (kitchen.name === name && kitchen.nameEn === nameEn)
      refuse('same_name', 'It is called so already: write the new name.');
    const lately = formerNames(db, id).filter((former) => former.at > at - mostNames.withinMs);
    if (caller.role === 'owner' && lately.length >= mostNames.count)
      refuse('too_many_names', 'It was renamed twice in the last 90 days: ask your inspector to do it.');
    keepName(db, kitchen, { name, nameEn }, { reason, by: caller.id, at });
    renamePlace(db, kitchen.siteId, { name, nameEn });
    const body = { step: 'renamed', before: kitchen.name, name, site: kitchen.siteId, by: caller.id };
    appendEntry(db, { kind: 'restaurant', subject: `restaurant/${id}`, body, at });
  });
}

function refuse(code: string, detail: string): never {
  throw new Problem('invalid_input', { faults: [{ place: 'name', code, detail }] });
}
