// When a lot is recalled, the kitchens that held it are looked at: their kept frames of those hours go to a reviewer.
import type { Deps } from '../../deps.ts';
import { lookBack } from '../../kitchen/sample/look-back.ts';

type Held = { readonly siteId: string; readonly since: number };

const mostKitchens = 500;

/** The job `recall-kitchen`; `payload` is `{recallId}`. Kitchens past the five hundredth are left out and logged. */
export async function lookAtKitchens(deps: Deps, payload: unknown): Promise<void> {
  const recallId = Number((payload as { recallId?: unknown } | null)?.recallId);
  const held = kitchensThatHeld(deps, recallId);
  if (held.length > mostKitchens)
    deps.log.warn({ recallId, kitchens: held.length }, 'not every kitchen of a recall was looked at');
  for (const { siteId, since } of held.slice(0, mostKitchens)) await lookBack(deps, siteId, since);
}

function kitchensThatHeld({ db }: Deps, recallId: number): Held[] {
  return db.sqlite
    .prepare(
      `SELECT r.site_id AS siteId, min(s.reached_at) AS since FROM recall_scope s
         JOIN site p ON p.key = s.site_key JOIN restaurant r ON r.site_id = p.id
       WHERE s.recall_id = ? GROUP BY r.site_id LIMIT ${mostKitchens + 1}`,
    )
    .all(recallId) as Held[];
}
