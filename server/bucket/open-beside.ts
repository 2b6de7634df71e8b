// The pictures for a command that runs beside the server: those in the store are read from there, and nothing is moved.
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type BlobStore, openBlobs } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { openSecrets } from '../store/secrets.ts';
import { noCache } from './open-cache.ts';
import { openOwnBucket } from './open-moving.ts';
import { type MovedParts, reachMoved } from './reach-moved.ts';

export function openBlobsBeside(
  db: Db,
  config: Config,
  log: MovedParts['log'],
): BlobStore & { close(): Promise<void> } {
  const folder = openBlobs(join(config.dataDir, 'blobs'));
  if (config.bucket === undefined) return { ...folder, close: async () => undefined };
  const secrets = openSecrets(config.dataDir);
  const { bucket, nameOf } = openOwnBucket({ config, secrets }, config.bucket);
  return { ...reachMoved(folder, { db, bucket, cache: noCache, nameOf, log }), close: bucket.close };
}
