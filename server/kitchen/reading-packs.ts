// Which packs a reading was made with: after a swap the last frames of the old ones are still on their way.
import type { FrameReading, ModelPack, PackName, Pool } from '../../inference/types.ts';

/** The tables that fit the reading, or today's where nothing fits better. */
export function packsOfReading(
  eye: Pick<Pool, 'packs' | 'formerPacks'>,
  reading: Pick<FrameReading, 'packs'>,
): readonly ModelPack[] {
  const fits = (packs: readonly ModelPack[]) => sameNames(packs, reading.packs);
  return fits(eye.packs) ? eye.packs : (eye.formerPacks?.find(fits) ?? eye.packs);
}

function sameNames(packs: readonly PackName[], others: readonly PackName[]): boolean {
  const key = ({ name, sha256, manifestSha256 = '' }: PackName) => `${name} ${sha256} ${manifestSha256}`;
  return packs.length === others.length && packs.map(key).sort().join() === others.map(key).sort().join();
}
