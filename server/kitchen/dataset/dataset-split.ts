// Which kitchens are learnt from and which are measured on: a kitchen stands on one side only.
import { createHash } from 'node:crypto';
import { DatasetRefused, type Side } from './dataset.ts';

const heldOutShare = 0.2;

/** What a kitchen is called in a data set: it says which pictures belong together, and not whose they are. */
export function kitchenCode(siteId: string): string {
  return `k-${createHash('sha256').update(`kitchen ${siteId}`).digest('hex').slice(0, 8)}`;
}

/**
 * By a hash of the site id, so that a kitchen stays on its side when others join. Where the hash would leave a side
 * empty, the kitchen nearest to it goes there. Throws DatasetRefused for fewer than two kitchens.
 */
export function divideKitchens(siteIds: readonly string[]): ReadonlyMap<string, Side> {
  const drawn = [...new Set(siteIds)]
    .map((siteId) => ({ siteId, chance: chanceOf(siteId) }))
    .sort((a, b) => a.chance - b.chance || a.siteId.localeCompare(b.siteId));
  if (drawn.length < 2) throw new DatasetRefused(drawn.length === 0 ? 'no_frames' : 'one_kitchen');
  const low = drawn.filter(({ chance }) => chance < heldOutShare).length;
  const heldOut = Math.min(drawn.length - 1, Math.max(1, low));
  return new Map(drawn.map(({ siteId }, index) => [siteId, index < heldOut ? 'val' : 'train']));
}

/** In [0, 1). */
function chanceOf(siteId: string): number {
  return createHash('sha256').update(`side ${siteId}`).digest().readUInt32BE(0) / 2 ** 32;
}
