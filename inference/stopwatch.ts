// Adds up the milliseconds of each stage of one frame.

import type { StageTimes } from './types.ts';

export type Stage = Exclude<keyof StageTimes, 'total'>;

export interface Stopwatch {
  /** Books the time since the last lap under this stage. */
  lap(stage: Stage): void;
  times(): StageTimes;
}

export function newStopwatch(now: () => number = () => performance.now()): Stopwatch {
  const started = now();
  const spent = { decode: 0, check: 0, tensor: 0, model: 0, decodeBoxes: 0 };
  let last = started;
  return {
    lap(stage) {
      const at = now();
      spent[stage] += at - last;
      last = at;
    },
    times: () => ({ ...spent, total: now() - started }),
  };
}
