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

/** The value that so large a share of them does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/**
 * What people really spent: every decision by the mean of those that were timed, second and third looks and audits among
 * them, over the frames looked at. Undefined while nothing was sampled or timed.
 */
export function spentPerThousandFrames(
  frames: number,
  decisions: number,
  timedMs: readonly number[],
): number | undefined {
  if (frames === 0 || timedMs.length === 0) return undefined;
  const meanSeconds = timedMs.reduce((sum, ms) => sum + ms, 0) / timedMs.length / 1000;
  return ((decisions * meanSeconds) / frames) * 1000;
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
