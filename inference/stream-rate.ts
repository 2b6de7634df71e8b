// How often pictures and key frames come, read from the time stamps of RTP packets (video counts 90,000 a second).

import type { StreamFacts } from './types.ts';

const ticksPerMs = 90;
/** The stamps count round after 13 hours. */
const circle = 2 ** 32;
/** Fewer pictures say nothing of a rate. */
const fewest = 6;

export interface Rate {
  add(timestamp: number): void;
  /** `keys` are stamps of the last key frames, the newest first. */
  facts(keys: readonly number[]): Pick<StreamFacts, 'framesPerSecond' | 'keyframeMs'>;
}

export function newRate(): Rate {
  let last: number | undefined;
  let frames = 0;
  let ticks = 0;
  return {
    add(timestamp) {
      if (timestamp === last) return;
      if (last !== undefined) ticks += stepOf(last, timestamp);
      last = timestamp;
      frames++;
    },
    facts([newest, before]) {
      const ms = ticks / ticksPerMs;
      const rate = frames < fewest || ms <= 0 ? {} : { framesPerSecond: Math.round((frames - 1) / (ms / 10_000)) / 10 };
      if (newest === undefined || before === undefined) return rate;
      const keyframeMs = Math.round(stepOf(before, newest) / ticksPerMs);
      return keyframeMs > 0 ? { ...rate, keyframeMs } : rate;
    },
  };
}

/** Negative for a picture that is shown before the one that came before it. */
function stepOf(from: number, to: number): number {
  const step = (to - from + circle) % circle;
  return step > circle / 2 ? step - circle : step;
}
