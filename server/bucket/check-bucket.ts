// Tries the settings of a store with an object of its own: written, read back and deleted, as pictures will be.
import { randomBytes } from 'node:crypto';
import { sha256Hex } from '../store/blobs.ts';
import { BucketFault } from './bucket-fault.ts';
import type { Bucket } from './open-bucket.ts';

/** Throws BucketFault: `settings` for what an operator has to mend, `away` for a store that does not answer now. */
export async function checkBucket(bucket: Bucket, folder: string): Promise<void> {
  const bytes = randomBytes(64);
  const name = `${folder}/check-${bytes.toString('hex', 0, 8)}`;
  await bucket.put(name, bytes, sha256Hex(bytes));
  const back = await bucket.get(name);
  if (back === undefined || !back.equals(bytes))
    throw new BucketFault('settings', 'The store of pictures took an object and did not give the same bytes back.');
  await bucket.remove(name);
  if ((await bucket.get(name)) !== undefined)
    throw new BucketFault(
      'settings',
      'The store of pictures keeps objects that were deleted: retention could not work. Turn versioning or its lock off.',
    );
}
