// Which workers are known by their signs of life: who looks, how fast, and who has gone silent.
import type { CarrierQueue } from '../../inference/carrier-queue.ts';
import type { WorkerSign } from '../../inference/worker-messages.ts';
import { forgetSign, readSigns, signEveryMs } from '../../inference/worker-sign.ts';

export type KnownWorker = Pick<WorkerSign, 'name' | 'eyes' | 'packs' | 'dropped' | 'crashes'> & {
  readonly looksPerMinute: number;
  /** ms since its last sign, by our own clock. */
  readonly silentMs: number;
  readonly isSilent: boolean;
};

/** Three signs missed. */
const silentAfterMs = 3 * signEveryMs;
/** A worker that died is told of for a day. */
const forgottenAfterMs = 24 * 3600_000;
const rateOverMs = 60_000;

type Heard = { readonly at: number; readonly done: number };
type Kept = { sign: WorkerSign; heard: Heard[] };

export type KnownWorkers = {
  /** Reads what lies in Redis. */
  readonly listen: (queue: CarrierQueue, key: Buffer) => Promise<void>;
  readonly list: () => readonly KnownWorker[];
};

/** `now`: milliseconds that only ever grow; a worker's own clock is never asked. */
export function openKnownWorkers(now: () => number = () => performance.now()): KnownWorkers {
  const known = new Map<string, Kept>();

  async function listen(queue: CarrierQueue, key: Buffer): Promise<void> {
    const signs = await readSigns(queue, key);
    for (const run of known.keys()) if (!signs.has(run)) known.delete(run);
    for (const [run, sign] of signs) {
      const kept = known.get(run);
      if (kept?.sign.number === sign.number) {
        if (now() - lastOf(kept).at > forgottenAfterMs) await forgetSign(queue, run);
        continue;
      }
      const before = (kept?.heard ?? []).filter(({ at }) => now() - at <= rateOverMs);
      known.set(run, { sign, heard: [...before, { at: now(), done: sign.done }] });
    }
  }

  const list = () =>
    [...known.values()]
      .map((kept) => workerOf(kept, now()))
      .sort((a, b) => a.name.localeCompare(b.name) || a.silentMs - b.silentMs);
  return { listen, list };
}

function workerOf(kept: Kept, at: number): KnownWorker {
  const { name, eyes, packs, dropped, crashes } = kept.sign;
  const silentMs = at - lastOf(kept).at;
  const isSilent = silentMs > silentAfterMs;
  return { name, eyes, packs, dropped, crashes, silentMs, isSilent, looksPerMinute: isSilent ? 0 : rateOf(kept.heard) };
}

function rateOf(heard: readonly Heard[]): number {
  const [first, last] = [heard[0], heard.at(-1)];
  if (first === undefined || last === undefined || last.at === first.at) return 0;
  return Math.round(((last.done - first.done) * 60_000) / (last.at - first.at));
}

function lastOf({ heard }: Kept): Heard {
  return heard.at(-1) as Heard;
}
