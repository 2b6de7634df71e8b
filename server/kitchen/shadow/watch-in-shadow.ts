// Offers live frames to the candidate, and never makes one wait for it: what is more urgent goes first, and what is left out is counted.

import { ApartBusy } from '../../../inference/apart.ts';
import type { SeenFrame } from '../../../inference/sample.ts';
import type { Deps } from '../../deps.ts';
import { packFolder } from '../pack/lay-out-packs.ts';
import { shadowPackSet } from '../pack/pack-store.ts';
import { countLeftOut, endShadow } from '../pack/start-shadow.ts';
import { chanceOf } from '../violation/audit-sample.ts';
import { lookInShadow, type Shadow } from './look-in-shadow.ts';
import { shadowMetrics } from './shadow-metrics.ts';

type WatchDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'config' | 'log' | 'secrets' | 'eye' | 'apart' | 'metrics'>;

// More than this waiting means the machine has better things to do.
const mostWaiting = 3;
const refreshMs = 2_000;
/** A candidate that ends its process so often in a row has shown what it is. */
const mostFailures = 5;

/** The returned function is given every frame the eye looked at; it returns at once and never throws. */
export function watchInShadow(deps: WatchDeps): (seen: SeenFrame) => void {
  const watch = new ShadowWatch(deps);
  return (seen) => {
    try {
      watch.offer(seen);
    } catch (error) {
      // A fault beside the hot path must not become one on it.
      deps.log.error({ err: error }, 'the shadow could not be offered a frame');
    }
  };
}

class ShadowWatch {
  readonly #deps: WatchDeps;
  #shadow: Promise<Shadow> | undefined;
  #share = 0;
  #setId: number | undefined;
  #refreshedAt = Number.NEGATIVE_INFINITY;
  #waiting = 0;
  #leftOut = 0;
  #failed = 0;
  #failuresInRow = 0;

  constructor(deps: WatchDeps) {
    this.#deps = deps;
  }

  offer(seen: SeenFrame): void {
    const { deps, cameraId } = { deps: this.#deps, cameraId: Number(seen.camera.id) };
    if (!seen.sample.looked || !Number.isSafeInteger(cameraId) || cameraId <= 0) return;
    this.#refresh();
    const shadow = this.#shadow;
    if (shadow === undefined) return;
    if (chanceOf(deps.secrets.linkKey, 'shadow', cameraId, seen.sample.at) >= this.#share) return;
    if (this.#waiting >= mostWaiting || deps.eye.metrics().queued > 0) {
      this.#leaveOut();
      return;
    }
    this.#waiting++;
    shadow
      .then((ready) => lookInShadow(deps, ready, seen))
      .then(
        () => {
          this.#failuresInRow = 0;
          shadowMetrics(deps.metrics).frames.inc({ outcome: 'looked' });
        },
        (cause: unknown) => this.#failedWith(cause),
      )
      .finally(() => {
        this.#waiting--;
      });
  }

  /** Which set is in shadow may have changed in another process, so the database is asked now and then. */
  #refresh(): void {
    const now = this.#deps.clock();
    if (now - this.#refreshedAt < refreshMs) return;
    this.#refreshedAt = now;
    this.#writeCounts();
    const set = shadowPackSet(this.#deps.db);
    this.#share = set?.shadowShare ?? 0;
    if (set?.id === this.#setId) return;
    this.#setId = set?.id;
    this.#failuresInRow = 0;
    this.#shadow = set === undefined ? undefined : this.#open(set);
    this.#shadow?.catch(() => undefined);
  }

  async #open(set: NonNullable<ReturnType<typeof shadowPackSet>>): Promise<Shadow> {
    const folder = packFolder(this.#deps, set);
    return { set, folder, packs: await this.#deps.apart.check(folder) };
  }

  #failedWith(cause: unknown): void {
    const { log } = this.#deps;
    if (cause instanceof ApartBusy) {
      this.#leaveOut();
      return;
    }
    shadowMetrics(this.#deps.metrics).frames.inc({ outcome: 'failed' });
    this.#failed++;
    this.#failuresInRow++;
    log.warn({ set: this.#setId, err: cause }, 'the candidate failed on a live frame');
    if (this.#failuresInRow < mostFailures || this.#setId === undefined) return;
    const reason = cause instanceof Error ? cause.message.slice(0, 300) : String(cause);
    this.#writeCounts();
    if (shadowPackSet(this.#deps.db)?.id === this.#setId) endShadow(this.#deps, null, this.#setId, reason);
    this.#shadow = undefined;
    this.#setId = undefined;
  }

  #leaveOut(): void {
    this.#leftOut++;
    shadowMetrics(this.#deps.metrics).frames.inc({ outcome: 'left_out' });
  }

  #writeCounts(): void {
    if (this.#setId === undefined || this.#leftOut + this.#failed === 0) return;
    countLeftOut(this.#deps.db, this.#setId, this.#leftOut, this.#failed);
    this.#leftOut = 0;
    this.#failed = 0;
  }
}
