// The folder of pictures, with those that were moved to the store brought back when somebody asks for them.
import { Problem } from '../http/problem.ts';
import { type BlobStore, sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { isFullDisk } from '../store/full-disk.ts';
import { BucketFault } from './bucket-fault.ts';
import { isMoved } from './moved-picture-store.ts';
import type { Bucket } from './open-bucket.ts';
import type { Cache } from './open-cache.ts';

export type MovedParts = {
  readonly db: Db;
  readonly bucket: Bucket;
  readonly cache: Cache;
  readonly nameOf: (hash: string) => string;
  readonly log: Readonly<Record<'error' | 'warn', (about: object, text: string) => void>>;
};

export function reachMoved(folder: BlobStore, parts: MovedParts): BlobStore {
  const { db, cache } = parts;
  const running = new Map<string, Promise<Buffer | undefined>>();
  const here = (hash: string) => folder.get(hash) ?? cache.get(hash);
  return {
    ...folder,
    get: here,
    remove(hash) {
      folder.remove(hash);
      cache.remove(hash);
    },
    async bring(hash) {
      const found = here(hash);
      if (found !== undefined || !isMoved(db, hash)) return found;
      const asked = running.get(hash) ?? fetchBack(parts, hash).finally(() => running.delete(hash));
      running.set(hash, asked);
      return asked;
    },
  };
}

/** Throws Problem `busy` while the store is away: the picture is not lost. Other bytes than were stored are shown to nobody. */
async function fetchBack({ db, bucket, cache, nameOf, log }: MovedParts, hash: string): Promise<Buffer | undefined> {
  try {
    const bytes = await bucket.get(nameOf(hash));
    if (bytes === undefined || sha256Hex(bytes) !== hash) {
      log.error(
        { picture: hash },
        bytes ? 'a picture in the store is not what was stored' : 'a picture is gone from the store',
      );
      return undefined;
    }
    // Removed while it came: then it is kept nowhere.
    if (isMoved(db, hash)) keepIfItFits(cache, hash, bytes);
    return bytes;
  } catch (error) {
    if (!(error instanceof BucketFault)) throw error;
    log.warn({ picture: hash, reason: error.message }, 'a picture could not be brought back from the store');
    throw new Problem('busy', {
      detail: 'The store that keeps older pictures does not answer now. Nothing is lost; try again in a minute.',
      headers: { 'retry-after': '60' },
    });
  }
}

function keepIfItFits(cache: Cache, hash: string, bytes: Buffer): void {
  try {
    cache.put(hash, bytes);
  } catch (error) {
    if (!isFullDisk(error)) throw error;
  }
}
