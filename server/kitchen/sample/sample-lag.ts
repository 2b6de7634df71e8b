// How long the oldest look at a camera has been waiting for somebody to do it.
import type { Deps } from '../../deps.ts';

const looks = ['sample', 'sample-file'];

/** Milliseconds; 0 when none waits. */
export function sampleLagMs({ queue, clock }: Pick<Deps, 'queue' | 'clock'>): number {
  const oldest = queue.oldestWaitingAt(looks);
  return oldest === undefined ? 0 : Math.max(0, clock() - oldest);
}
