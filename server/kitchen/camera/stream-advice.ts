// What a test of a camera warns of: key frames too seldom, the wrong stream, a picture too small for heads, a wrong clock.
import type { StreamFacts } from '../../../inference/types.ts';
import { makerOf, type StreamChoice } from './maker.ts';
import { fieldOfViewDegrees, headMetres, type SeenSize, seenSizes } from './seen-size.ts';

/** A longer interval makes a picture late by as much when the camera is asked anew. */
export const longestKeyframeMs = 5_000;
/** Beyond it, evidence has a time that somebody may dispute. */
export const clockTolerance = 60_000;
/** Evidence is kept 1280 wide and heads are looked for on at most twice that: more costs decoding and shows nothing. */
const widestUseful = 2560;
/** Heads are found from so many pixels on, measured on the shipped packs. */
export const leastHeadPx = 32;
/** A kitchen's floor is farther from its camera than this. */
export const leastHeadMetres = 3;

export const streamWarnings = ['seldom', 'smart', 'sub_better', 'small', 'clock'] as const;
export type StreamWarning = (typeof streamWarnings)[number];

export type StreamAdvice = {
  readonly warnings: readonly StreamWarning[];
  /** Up to how far a head has 32 pixels: width × 0.16 m ÷ (2 × 32 × tan(45°)). */
  readonly headsUpToMetres: number;
  /** How large a head is some way off, and what was found at that size. */
  readonly seen: readonly SeenSize[];
  readonly maker: ReturnType<typeof makerOf>;
};

export function headDistance(width: number): number {
  const halfAngle = ((fieldOfViewDegrees / 2) * Math.PI) / 180;
  return (width * headMetres) / (2 * leastHeadPx * Math.tan(halfAngle));
}

/** `width` of the picture as it came. */
export function adviceOn(
  facts: StreamFacts,
  { width, url }: { readonly width: number; readonly url: string | null },
): StreamAdvice {
  const maker = url === null ? undefined : makerOf(url);
  const headsUpToMetres = Math.round(headDistance(width) * 10) / 10;
  const seldom = Math.max(facts.keyframeMs ?? 0, facts.keyframeOverMs ?? 0) > longestKeyframeMs;
  const tall = headsUpToMetres < leastHeadMetres;
  const found: Readonly<Record<StreamWarning, boolean>> = {
    seldom,
    // H.264+, H.265+ and the like stretch the interval while nothing moves: no plain setting is that long by itself.
    smart: seldom && /^(H264|H265|HEVC)$/.test(facts.codec ?? ''),
    sub_better: width > widestUseful && subOf(maker?.stream) !== 'taken',
    small: tall,
    clock: clockIsWrong(facts),
  };
  return { warnings: streamWarnings.filter((name) => found[name]), headsUpToMetres, seen: seenSizes(width), maker };
}

export function clockIsWrong({ clockOffsetMs }: Pick<StreamFacts, 'clockOffsetMs'>): boolean {
  return clockOffsetMs !== undefined && Math.abs(clockOffsetMs) > clockTolerance;
}

function subOf(stream: StreamChoice | undefined): 'taken' | 'there' {
  return stream === 'sub' ? 'taken' : 'there';
}
