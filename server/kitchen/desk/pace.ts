// How long decisions take: the median, and human seconds per 1,000 frames sampled beside the published 9 s each.

/** Shenzhen's published average of a supervisor's time per image. */
export const publishedSeconds = 9;

export function median(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

export type FrameShares = { readonly sampled: number; readonly flagged: number; readonly audited: number };

/** (share flagged + share audited) × seconds per decision × 1,000. Undefined while nothing was sampled or judged. */
export function secondsPerThousandFrames(
  frames: FrameShares,
  secondsPerDecision: number | undefined,
): number | undefined {
  if (frames.sampled === 0 || secondsPerDecision === undefined) return undefined;
  return ((frames.flagged + frames.audited) / frames.sampled) * secondsPerDecision * 1000;
}
