// Takes a photo that somebody sent: re-encoded without its metadata, stored, and the heads on it looked for at once.
import type { Evidence } from '../../inference/image.ts';
import { PictureRefusal } from '../../inference/picture-refusal.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { writeTransaction } from '../store/db.ts';
import { keepStoredPicture } from './keep-stored-picture.ts';
import { type LookDeps, lookForHeads } from './look-for-heads.ts';

export type TakenPhoto = Omit<Evidence, 'jpeg'> & { readonly hash: string };

/** Throws PictureRefusal, and then nothing is kept. An eye that is away refuses nobody's photo: it is blurred whole until it was looked at. */
export async function takePhoto(deps: LookDeps & Pick<Deps, 'blobs'>, bytes: Buffer): Promise<TakenPhoto> {
  const { encodeEvidence, openPicture } = await import('../../inference/image.ts');
  const { jpeg, width, height } = await encodeEvidence(await openPicture(bytes));
  const hash = deps.blobs.put(jpeg);
  writeTransaction(deps.db, () => keepStoredPicture(deps.db, hash, undefined, deps.clock()));
  await lookForHeads(deps, hash, jpeg, 'close');
  return { hash, width, height };
}

/** The same for a file of a form; throws Problem `unreadable_picture` that names its `place`. */
export async function takePhotoAt(
  deps: LookDeps & Pick<Deps, 'blobs'>,
  photo: File,
  place: string,
): Promise<TakenPhoto> {
  try {
    return await takePhoto(deps, Buffer.from(await photo.arrayBuffer()));
  } catch (error) {
    if (!(error instanceof PictureRefusal)) throw error;
    throw new Problem('unreadable_picture', {
      faults: [{ place, code: error.code === 'heic' ? 'heic' : 'picture', detail: error.message }],
    });
  }
}
