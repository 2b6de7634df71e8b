// N of M frames before a flag, and one flag per happening, not one per frame.

export type ViolationWindow = {
  /** The newest last; at most as many as the rule asks for. */
  readonly recent: readonly { readonly at: number; readonly hit: boolean }[];
  /** When the flag of the happening that is still going on was raised. */
  readonly happeningSince?: number;
};

export type WindowRule = {
  readonly hits: number;
  readonly of: number;
  /** Frames further apart than this are not one happening. */
  readonly gapMs: number;
};

const shortestGapMs = 10 * 60_000;
const gapInSamples = 4;

// What goes on for this long is asked about again.
const againAfterMs = 60 * 60_000;

/** A camera that is looked at once an hour sees a happening an hour apart. */
export function gapOf(sampleEveryMs: number): number {
  return Math.max(shortestGapMs, gapInSamples * sampleEveryMs);
}

export const emptyWindow: ViolationWindow = { recent: [] };

/** The window after one more frame; `raise` when this frame makes it a flag. */
export function advanceWindow(
  window: ViolationWindow,
  frame: { readonly at: number; readonly hit: boolean },
  rule: WindowRule,
): { readonly window: ViolationWindow; readonly raise: boolean } {
  const last = window.recent.at(-1);
  const stale = last !== undefined && frame.at - last.at > rule.gapMs;
  const recent = [...(stale ? [] : window.recent), frame].slice(-rule.of);
  const hits = recent.filter((seen) => seen.hit).length;
  const over = stale || (recent.length >= rule.of && hits === 0);
  const since = over ? undefined : window.happeningSince;
  const old = since !== undefined && frame.at - since >= againAfterMs;
  const raise = frame.hit && hits >= rule.hits && (since === undefined || old);
  const kept = raise ? frame.at : since;
  return { window: kept === undefined ? { recent } : { recent, happeningSince: kept }, raise };
}
