// The picture of a flag as a page shows it.
import type { BoxedPicture } from '../../../views/kitchen/picture/picture.tsx';
import type { PlacedFlag } from './flag-store.ts';

/** The flag's picture with its box, at the given address. */
export function flagPicture(
  flag: Pick<PlacedFlag, 'pictureWidth' | 'pictureHeight' | 'box'>,
  href: string,
): BoxedPicture {
  return { href, width: flag.pictureWidth, height: flag.pictureHeight, box: flag.box };
}
