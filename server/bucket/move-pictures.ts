// Moves kept pictures from the folder to the store, one pass at a time: a file leaves the folder after its object was read back whole.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import type { Clock } from '../clock.ts';
import { type BlobStore, sha256Hex } from '../store/blobs.ts';
import { type Db, writeTransaction } from '../store/db.ts';
import { BucketFault } from './bucket-fault.ts';
import { movedPictures } from './bucket-tables.ts';
import { forgottenOf, isKeptPicture, isMoved, movedAfter, playedFiles } from './moved-picture-store.ts';
import type { Bucket } from './open-bucket.ts';
import type { Cache } from './open-cache.ts';

export type MoveDeps = {
  readonly db: Db;
  readonly clock: Clock;
  readonly bucket: Bucket;
  readonly cache: Cache;
  /** The folder alone, without what was moved. */
  readonly folder: Pick<BlobStore, 'pathOf'>;
  readonly folderAt: string;
  readonly nameOf: (hash: string) => string;
  readonly signal: AbortSignal;
};

/** Where the last pass stopped looking for what retention removed: a pass looks at some, and the next goes on. */
export type Place = { after: string };

export type Moved = { readonly moved: number; readonly removed: number };

/** Most frames are replaced within the hour: only what is kept longer is worth a way through the network. */
export const movesAfterMs = 60 * 60_000;
const lookedAtOnce = 2_000;

/** Throws BucketFault as soon as the store does not take something; what was moved until then is moved. */
export async function movePictures(deps: MoveDeps, place: Place): Promise<Moved> {
  const removed = await removeForgotten(deps, place);
  const played = playedFiles(deps.db);
  let moved = 0;
  for (const prefix of await readdir(deps.folderAt)) {
    for (const rest of await filesOf(join(deps.folderAt, prefix))) {
      if (deps.signal.aborted) return { moved, removed };
      if (!played.has(prefix + rest) && (await moveOne(deps, prefix + rest))) moved += 1;
    }
  }
  return { moved, removed };
}

async function removeForgotten({ db, bucket, cache, nameOf, signal }: MoveDeps, place: Place): Promise<number> {
  const looked = movedAfter(db, place.after, lookedAtOnce);
  const hashes = forgottenOf(db, looked);
  for (const [done, hash] of hashes.entries()) {
    if (signal.aborted) return done;
    await bucket.remove(nameOf(hash));
    cache.remove(hash);
    // The same bytes may have come again meanwhile: they lie in the folder, and are moved like any other.
    writeTransaction(db, () => db.orm.delete(movedPictures).where(eq(movedPictures.hash, hash)).run());
  }
  place.after = looked.length < lookedAtOnce ? '' : (looked.at(-1) ?? '');
  return hashes.length;
}

async function moveOne(deps: MoveDeps, hash: string): Promise<boolean> {
  const { db, clock, folder, cache } = deps;
  if (!/^[0-9a-f]{64}$/.test(hash) || !isKeptPicture(db, hash, clock() - movesAfterMs)) return false;
  const path = folder.pathOf(hash);
  if (!isMoved(db, hash)) {
    const bytes = await orGone(readFile(path));
    // A file that is not what was stored stays where it is: `verify` tells of it, and its object would be a false witness.
    if (bytes === undefined || sha256Hex(bytes) !== hash) return false;
    await copy(deps, hash, bytes);
    const row = { hash, bytes: bytes.length, at: clock() };
    writeTransaction(db, () => db.orm.insert(movedPictures).values(row).onConflictDoNothing().run());
  }
  await orGone((async () => cache.adopt(hash, path))());
  return true;
}

async function copy({ bucket, nameOf }: MoveDeps, hash: string, bytes: Buffer): Promise<void> {
  await bucket.put(nameOf(hash), bytes, hash);
  const back = await bucket.get(nameOf(hash));
  if (back === undefined || sha256Hex(back) !== hash)
    throw new BucketFault('settings', 'The store of pictures took a picture and did not give the same bytes back.');
}

async function filesOf(folder: string): Promise<string[]> {
  return (await orGone(readdir(folder))) ?? [];
}

/** Undefined for a file that retention took away meanwhile. */
async function orGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
