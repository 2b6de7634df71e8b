// The kitchens that had a lot or anything made of it, with the hours it was there.
import type { Db } from '../../store/db.ts';
import { edgeRoles } from '../../trace/event/chain-links.ts';
import { scopeSummary } from '../../trace/scope/issue-aside.ts';
import type { Scope } from '../../trace/scope/recall-scope.ts';

export type KitchenStay = {
  readonly siteId: string;
  readonly restaurantId: number;
  readonly name: string;
  readonly nameEn: string | null;
  /** When the first of it came, unix ms. */
  readonly since: number;
  /** When the last of it was used or left; null: it is there, as far as is written. */
  readonly until: number | null;
  readonly goods: readonly StayedLot[];
};

export type StayedLot = { readonly lotId: number; readonly scope: Scope; readonly onHand: number | null };

export const mostKitchens = 500;

/** As the chain stands now, the longest there first. Kitchens past the five hundredth are left out, and `cut` says so. */
export async function kitchensOfLot(db: Db, lotId: number): Promise<{ kitchens: KitchenStay[]; cut: boolean }> {
  const { rows, truncated } = await scopeSummary(db, lotId, { siteKeys: kitchenSites(db) });
  const reached = rows.map(({ holdingId, siteKey, reachedAt, onHand, scope, lotId: held }) => {
    return { holdingId, siteKey, reachedAt, onHand, scope, lotId: held };
  });
  const kitchens = staysOf(db, reached);
  return { kitchens, cut: truncated || kitchens.length > mostKitchens };
}

/** As a recall froze it, all its issues together. */
export function kitchensOfRecallScope(db: Db, recallId: number): KitchenStay[] {
  const reached = db.sqlite
    .prepare(
      `SELECT holding_id AS holdingId, site_key AS siteKey, reached_at AS reachedAt, on_hand AS onHand, scope, lot_id AS lotId
       FROM json_each(?) j CROSS JOIN recall_scope ON site_key = j.value AND recall_id = ?`,
    )
    .all(JSON.stringify(kitchenSites(db)), recallId) as Reached[];
  return staysOf(db, reached);
}

type Reached = StayedLot & { readonly holdingId: number; readonly siteKey: number; readonly reachedAt: number };
type Kitchen = Pick<KitchenStay, 'siteId' | 'restaurantId' | 'name' | 'nameEn'> & {
  readonly holdingId: number;
  readonly leftAt: number | null;
  /** When it came, as JSON: a shipment alone is still on its way. */
  readonly came: string;
};

function staysOf(db: Db, reached: readonly Reached[]): KitchenStay[] {
  const rows = new Map(reached.map((row) => [row.holdingId, row]));
  const stays = new Map<string, KitchenStay>();
  for (const { holdingId, leftAt, came, ...kitchen } of kitchensAmong(db, [...rows.keys()])) {
    const row = rows.get(holdingId);
    if (row === undefined) continue;
    const { lotId, scope, onHand } = row;
    const since = arrival(row.reachedAt, came);
    const until = onHand !== null && onHand <= 0 ? leftAt : null;
    const known = stays.get(kitchen.siteId);
    stays.set(kitchen.siteId, {
      ...kitchen,
      since: Math.min(since, known?.since ?? since),
      until: known === undefined ? until : later(known.until, until),
      goods: [...(known?.goods ?? []), { lotId, scope, onHand }],
    });
  }
  return [...stays.values()].sort((a, b) => a.since - b.since).slice(0, mostKitchens + 1);
}

/** The walk reaches a kitchen with the shipment; the goods are there when somebody wrote that they came. */
function arrival(reachedAt: number, came: string): number {
  const later = (JSON.parse(came) as number[]).filter((at) => at >= reachedAt);
  return later.length === 0 ? reachedAt : Math.min(...later);
}

/** Null stands for "still". */
function later(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : Math.max(one, other);
}

/** Keys of the places that are kitchens. */
function kitchenSites({ sqlite }: Db): number[] {
  return sqlite
    .prepare('SELECT s.key FROM restaurant r CROSS JOIN site s ON s.id = r.site_id ORDER BY s.key')
    .pluck()
    .all() as number[];
}

function kitchensAmong({ sqlite }: Db, holdingIds: readonly number[]): Kitchen[] {
  return sqlite
    .prepare(
      `SELECT r.site_id AS siteId, r.id AS restaurantId, r.name, r.name_en AS nameEn, h.id AS holdingId,
         (SELECT max(x.at) FROM edge_in x WHERE x.holding_id = h.id AND x.voided_by IS NULL) AS leftAt,
         (SELECT json_group_array(x.at) FROM edge_out x
           WHERE x.holding_id = h.id AND x.voided_by IS NULL AND x.role <> ${edgeRoles.shipped}) AS came
       FROM json_each(?) j CROSS JOIN holding h ON h.id = j.value CROSS JOIN site s ON s.key = h.site_key
         CROSS JOIN restaurant r ON r.site_id = s.id`,
    )
    .all(JSON.stringify(holdingIds)) as Kitchen[];
}
