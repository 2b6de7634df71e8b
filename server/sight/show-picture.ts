// The only way from a stored picture to bytes that somebody sees: looked at first, then shown as the rule says.
import { blackOut, type Polygon } from '../../inference/black-out.ts';
import type { HeadReading } from '../../inference/types.ts';
import type { Deps } from '../deps.ts';
import type { BlobStore } from '../store/blobs.ts';
import { blurHeads, blurWhole } from './blur.ts';
import { type LookDeps, lookForHeads } from './look-for-heads.ts';
import { type Looker, purposes, type Sight, sightOf } from './sight.ts';

declare const shown: unique symbol;
/** A picture that went through the rule; made here alone. */
export type ShownPicture = { readonly jpeg: Buffer; readonly sight: Sight; readonly [shown]: true };

export type AskedPicture = {
  readonly hash: string;
  readonly looker: Looker;
  /** Parts that nobody sees, whoever asks. */
  readonly black?: readonly Polygon[];
};

type ShowDeps = LookDeps & Pick<Deps, 'blobs'>;

const resultsKept = 48;
const keptOf = new WeakMap<BlobStore, Map<string, Promise<Buffer>>>();

/** Undefined when no such bytes are kept. */
export async function showPicture(
  deps: ShowDeps,
  { hash, looker, black = [] }: AskedPicture,
): Promise<ShownPicture | undefined> {
  const stored = await deps.blobs.bring(hash);
  if (stored === undefined) return undefined;
  // Who sees it sharp needs nobody to look first.
  const before = sightOf(looker, undefined);
  const reading =
    before === 'sharp' ? undefined : await lookForHeads(deps, hash, stored, purposes[looker.purpose].look);
  const sight = sightOf(looker, reading);
  const key = JSON.stringify([hash, sight, sight === 'heads' ? reading?.heads : [], black]);
  const jpeg = await once(deps.blobs, key, () => drawn(stored, sight, reading, black));
  return { jpeg, sight } as ShownPicture;
}

async function drawn(
  stored: Buffer,
  sight: Sight,
  reading: HeadReading | undefined,
  black: readonly Polygon[],
): Promise<Buffer> {
  const seen = await blackOut(stored, black);
  if (sight === 'sharp') return seen;
  return sight === 'heads' && reading !== undefined ? blurHeads(seen, reading.heads) : blurWhole(seen);
}

/** Keeps the last few results: a picture that many look at is drawn once. */
function once(blobs: BlobStore, key: string, draw: () => Promise<Buffer>): Promise<Buffer> {
  const kept = keptOf.get(blobs) ?? new Map<string, Promise<Buffer>>();
  keptOf.set(blobs, kept);
  const found = kept.get(key) ?? draw();
  kept.delete(key);
  kept.set(key, found);
  found.catch(() => kept.delete(key));
  if (kept.size > resultsKept) kept.delete(kept.keys().next().value ?? '');
  return found;
}
