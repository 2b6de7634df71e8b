// How much room the disk of the data directory has, and what to say when something did not fit on it.
import { statfsSync } from 'node:fs';
import type { Logger } from 'pino';
import { Gauge } from 'prom-client';
import type { Clock } from '../clock.ts';
import { metricsOf } from '../http/metrics.ts';
import { Problem } from '../http/problem.ts';
import { isFullDisk } from './full-disk.ts';

export type RoomState = 'ok' | 'full';

export type Room = {
  /** Whether `error` says that something did not fit. That is remembered for a while, and said in the log. */
  refused(error: unknown): boolean;
  /** `full` while too little is left for a write, and for a few seconds after one was refused. */
  state(): RoomState;
  freeBytes(): number;
  /** Share of the disk that is taken, 0…1. */
  takenShare(): number;
  /** Runs `work` unless it does not fit now; whoever asks by the clock asks again. Undefined: it did not fit. */
  ifItFits<T>(work: () => T): T | undefined;
};

/** Less than this, and the next capture or picture may not fit. */
const leastBytes = 4 * 1024 * 1024;
// A write that was refused for its size says little of smaller ones, so it is not remembered for long.
const rememberedMs = 5_000;
const saidEveryMs = 60_000;

/** From here on an administrator is warned: there is time yet to make room. */
export const warnFrom = 0.85;

export function openRoom(folder: string, clock: Clock, log: Logger): Room {
  let refusedAt = Number.NEGATIVE_INFINITY;
  let saidAt = Number.NEGATIVE_INFINITY;
  const freeBytes = () => {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  };
  const refused = (error: unknown): boolean => {
    if (!isFullDisk(error)) return false;
    refusedAt = clock();
    if (refusedAt - saidAt >= saidEveryMs) {
      saidAt = refusedAt;
      log.error(
        { folder, freeBytes: freeBytes(), err: error },
        'the disk is full; writes are refused until there is room',
      );
    }
    return true;
  };
  return {
    refused,
    freeBytes,
    takenShare: () => {
      const { bavail, blocks } = statfsSync(folder);
      return blocks === 0 ? 0 : 1 - bavail / blocks;
    },
    state: () => (clock() - refusedAt < rememberedMs || freeBytes() < leastBytes ? 'full' : 'ok'),
    ifItFits(work) {
      try {
        return work();
      } catch (error) {
        if (!refused(error)) throw error;
        return undefined;
      }
    },
  };
}

export function fullDisk(): Problem {
  return new Problem('storage_full', {
    detail: 'Nothing of this was stored. Make room on the disk that holds DATA_DIR, then send the same again.',
    headers: { 'retry-after': '30' },
  });
}

export const roomMetrics = metricsOf((registers) => ({
  freeBytes: new Gauge({ name: 'disk_free_bytes', help: 'Room left on the disk of the data directory', registers }),
}));
