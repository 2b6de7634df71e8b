// Keeps the picture of a sampled frame: its row, and where the models saw heads on it.
import type { SampledFrame } from '../../../inference/types.ts';
import { keepStoredPicture } from '../../sight/keep-stored-picture.ts';
import type { Db } from '../../store/db.ts';
import { keepPicture } from './keep-picture.ts';

/** `hash`: the name under which the bytes are stored already. */
export function keepFramePicture(
  db: Db,
  { sample, hash, siteId }: { readonly sample: SampledFrame; readonly hash: string; readonly siteId: string },
): void {
  const { at, pictureWidth: width, pictureHeight: height } = sample;
  keepPicture(db, { hash, siteId, kind: 'frame', at, width, height });
  keepStoredPicture(db, hash, sample.reading.heads, at);
}
