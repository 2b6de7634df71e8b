// Which packs a reading was made with: after a swap the last frames of the old ones are still on their way.
import type { FrameReading, ModelPack, PackName, Pool } from '../../../inference/types.ts';

/** The tables that fit the reading, or today's where nothing fits better. */
export function packsOfReading(
  eye: Pick<Pool, 'packs' | 'formerPacks'>,
  reading: Pick<FrameReading, 'packs'>,
): readonly ModelPack[] {
  const fits = (packs: readonly ModelPack[]) => madeWith(packs, reading);
  return fits(eye.packs) ? eye.packs : (eye.formerPacks?.find(fits) ?? eye.packs);
}

type Told = Pick<PackName, 'name' | 'sha256' | 'manifestSha256'>;

/** Whether every pack that looked is of this set; those that watch for nothing do not look. */
export function madeWith(packs: readonly Told[], reading: Pick<FrameReading, 'packs'>): boolean {
  const key = ({ name, sha256, manifestSha256 = '' }: Told) => `${name} ${sha256} ${manifestSha256}`;
  const known = new Set(packs.map(key));
  return reading.packs.every((pack) => known.has(key(pack)));
}
