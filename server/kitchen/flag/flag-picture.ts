// The picture of a flag as a page shows it.
import type { BoxedPicture } from '../../../views/kitchen/picture/picture.tsx';
import type { PlacedFlag } from './flag-store.ts';

/** The flag's picture with its box, at an address the given way of linking makes. */
export function flagPicture(
  flag: Pick<PlacedFlag, 'pictureHash' | 'pictureWidth' | 'pictureHeight' | 'box'>,
  link: (hash: string) => string,
): BoxedPicture {
  return { href: link(flag.pictureHash), width: flag.pictureWidth, height: flag.pictureHeight, box: flag.box };
}
