// What ffmpeg says of a piece of video on its error stream, read for codec, rate and key frames.

import type { StreamFacts } from './types.ts';

const names: Readonly<Record<string, string>> = { h264: 'H264', hevc: 'H265', mjpeg: 'JPEG' };

/** A piece begins with a key frame, so that its length over their count is how far they are apart. */
export function segmentFacts(said: string, keyframes: number): StreamFacts {
  const codec = /Video: (\w+)/.exec(said)?.[1] ?? '';
  const rate = Number(/Video: .*?([\d.]+) fps/.exec(said)?.[1]);
  const [, hours, minutes, seconds] = /Duration: (\d+):(\d+):([\d.]+)/.exec(said) ?? [];
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return {
    ...(names[codec] === undefined ? {} : { codec: names[codec] }),
    ...(rate > 0 ? { framesPerSecond: rate } : {}),
    ...(ms > 0 && keyframes > 0 ? { keyframeMs: Math.round(ms / keyframes) } : {}),
  };
}
