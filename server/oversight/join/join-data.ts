// What the pages of the join are made of: kitchens with their frames as they may be seen, and the lots of an hour.
import type { PresentLot } from '../../../views/oversight/join/flag-lots-page.tsx';
import type { StayedKitchen } from '../../../views/oversight/join/lot-kitchens-page.tsx';
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { pictureLinks } from '../../kitchen/picture/picture-link.ts';
import { lotsAtHour } from './goods-at-hour-store.ts';
import { type KitchenStay, kitchensOfLot } from './kitchen-stay-store.ts';
import { lotsShown } from './lots-shown-store.ts';
import { flagsBetween, framesBetween } from './stay-frames-store.ts';

const framesShown = 6;
const kitchensShown = 50;

type DataDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** Frames only of kitchens in the caller's part of the city. */
export async function stayedKitchens(
  deps: DataDeps,
  caller: Caller,
  lotId: number,
): Promise<{ readonly kitchens: StayedKitchen[]; readonly cut: boolean }> {
  const { kitchens, cut } = await kitchensOfLot(deps.db, lotId);
  const shown = kitchens.slice(0, kitchensShown);
  const lots = lotsShown(
    deps.db,
    shown.flatMap(({ goods }) => goods.map((each) => each.lotId)),
    deps.clock(),
  );
  return {
    kitchens: shown.map(({ goods, siteId, ...stay }) => ({
      ...stay,
      goods: goods.flatMap(({ lotId: id, scope }) => {
        const lot = lots.get(id);
        return lot === undefined ? [] : [{ ...lot, scope }];
      }),
      seen: seesSite(caller, siteId) ? framesOfStay(deps, stay) : null,
    })),
    cut: cut || kitchens.length > kitchensShown,
  };
}

/** Frames and flags from `since` until `until` (unix ms; null: now), as they may be seen. */
export function framesOfStay(
  deps: DataDeps,
  { restaurantId, since, until }: Pick<KitchenStay, 'restaurantId' | 'since' | 'until'>,
): NonNullable<StayedKitchen['seen']> {
  const span = { restaurantId, since, until: until ?? deps.clock() };
  const { frames, total } = framesBetween(deps.db, span, framesShown);
  const links = pictureLinks(deps);
  return {
    frames: frames.map(({ hash, ...frame }) => ({ ...frame, href: links.shown(hash) })),
    total,
    ...flagsBetween(deps.db, span),
  };
}

export function presentLots(
  { db, clock }: DataDeps,
  siteId: string,
  at: number,
): { readonly lots: PresentLot[]; readonly cut: boolean } {
  const { lots, cut } = lotsAtHour(db, siteId, at);
  const shown = lotsShown(
    db,
    lots.map(({ lotId }) => lotId),
    clock(),
  );
  return {
    lots: lots.flatMap(({ lotId, ...stay }) => {
      const lot = shown.get(lotId);
      return lot === undefined ? [] : [{ ...lot, ...stay }];
    }),
    cut,
  };
}
