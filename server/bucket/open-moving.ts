// The store of pictures while the server runs: its settings are tried at the start, pictures are moved by the clock, and it says how it stands.
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ConfigFaults } from '../config.ts';
import type { Deps } from '../deps.ts';
import { sha256Hex } from '../store/blobs.ts';
import { BucketFault } from './bucket-fault.ts';
import type { BucketSettings } from './bucket-settings.ts';
import { checkBucket } from './check-bucket.ts';
import { type MoveDeps, movePictures } from './move-pictures.ts';
import { isMoved } from './moved-picture-store.ts';
import type { BucketStanding, MovingPictures } from './moving.ts';
import { type Bucket, openBucket } from './open-bucket.ts';
import { openCache } from './open-cache.ts';
import { reachMoved } from './reach-moved.ts';

const everyMs = 10_000;
const awayMs = 30_000;

/** The start waits so long for the store; then it goes on without. */
const startMs = 5_000;

type OpenDeps = Pick<Deps, 'db' | 'clock' | 'config' | 'log' | 'secrets' | 'blobs' | 'room' | 'network'>;

/** Throws ConfigFaults for settings that cannot work; a store that is away is waited for. */
export async function openMoving(deps: OpenDeps, settings: BucketSettings): Promise<MovingPictures> {
  const { db, clock, config, log, blobs: folder } = deps;
  const { bucket, place, nameOf } = openOwnBucket(deps, settings);
  const cache = openCache(join(config.dataDir, 'brought-back'), settings.cacheBytes, (hash) => isMoved(db, hash));
  let standing: BucketStanding = { state: 'bucket' };
  const fell = (error: unknown): void => {
    if (!(error instanceof BucketFault)) throw error;
    const since = standing.state === 'away' ? standing.since : clock();
    if (standing.state !== 'away')
      log.error({ reason: error.message }, 'pictures are not moved; they stay in the folder');
    standing = { state: 'away', since, reason: error.message };
  };
  await within(startMs, checkBucket(bucket, place)).catch((error: unknown) => {
    if (error instanceof BucketFault && error.code === 'settings') throw new ConfigFaults([error.message]);
    fell(error);
  });
  const stopping = new AbortController();
  const folderAt = join(config.dataDir, 'blobs');
  const moving: MoveDeps = { db, clock, bucket, cache, folder, folderAt, nameOf, signal: stopping.signal };
  const from = { after: '' };
  const pass = async (): Promise<void> => {
    try {
      // A store that was away is tried before anything hangs on it; most passes have nothing to move.
      if (standing.state === 'away') await checkBucket(bucket, place);
      await movePictures(moving, from);
      standing = { state: 'bucket' };
    } catch (error) {
      if (!deps.room.refused(error)) fell(error);
    }
  };
  const end = async (): Promise<void> => {
    stopping.abort();
    await bucket.close();
  };
  return {
    blobs: reachMoved(folder, { db, bucket, cache, nameOf, log }),
    standing: () => standing,
    pass,
    start: () => repeat({ work: pass, pauseMs: () => (standing.state === 'away' ? awayMs : everyMs), end, log }),
  };
}

type OwnBucket = { readonly bucket: Bucket; readonly place: string; readonly nameOf: (hash: string) => string };

/** Several servers may share a bucket: each has a folder named by the key that signs its ledger. Throws ConfigFaults. */
export function openOwnBucket(
  { config, network, secrets }: Pick<OpenDeps, 'config' | 'network' | 'secrets'>,
  settings: BucketSettings,
): OwnBucket {
  const key = secrets.ledgerPublicKey.export({ type: 'spki', format: 'der' });
  const place = `pictures/${sha256Hex(key).slice(0, 16)}`;
  try {
    const bucket = openBucket({ settings, ownPorts: [config.port], network });
    return { bucket, place, nameOf: (hash) => `${place}/${hash}` };
  } catch (error) {
    if (error instanceof BucketFault) throw new ConfigFaults([error.message]);
    throw error;
  }
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const late = new AbortController();
  const away = setTimeout(ms, undefined, { signal: late.signal, ref: false }).then(() => {
    throw new BucketFault('away', 'The store of pictures is away: it did not answer in time.');
  });
  // Whichever is second has nobody waiting for it.
  away.catch(() => undefined);
  work.catch(() => undefined);
  await Promise.race([work, away]).finally(() => late.abort());
}

type Repeated = {
  readonly work: () => Promise<void>;
  readonly pauseMs: () => number;
  readonly end: () => Promise<void>;
  readonly log: Deps['log'];
};

function repeat({ work, pauseMs, end, log }: Repeated): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await setTimeout(pauseMs(), undefined, { signal: stopping.signal }).catch(() => undefined);
      if (!stopping.signal.aborted)
        await work().catch((err: unknown) => log.error({ err }, 'pictures could not be moved'));
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await end();
    await running;
  };
}
