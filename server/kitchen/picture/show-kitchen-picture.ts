// A picture of a kitchen as the one who asks may see it, with the parts black that the kitchen keeps to itself.
import type { Deps } from '../../deps.ts';
import type { LookDeps } from '../../sight/look-for-heads.ts';
import { type ShownPicture, showPicture } from '../../sight/show-picture.ts';
import type { Looker } from '../../sight/sight.ts';
import { privateParts } from '../camera/zone.ts';
import { rulesOfPicture } from './picture-store.ts';

type ShowDeps = LookDeps & Pick<Deps, 'blobs'>;

/** Undefined when it is not kept. Zones drawn after the frame was taken hold too. */
export function showKitchenPicture(deps: ShowDeps, hash: string, looker: Looker): Promise<ShownPicture | undefined> {
  const black = rulesOfPicture(deps.db, hash).flatMap(({ zones }) => privateParts(zones));
  return showPicture(deps, { hash, looker, black });
}
