// A finer grey copy of a frame, to tell a frozen picture from a quiet kitchen: the clock ticks, the codec only wavers.

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { SmallCopy } from './small-copy.ts';

const width = 160;
const height = 90;
const length = width * height;

/**
 * Measured at 160 × 90 on the sample clips: a still picture coded again differs by up to 6 grey levels where it is
 * worst, a quiet kitchen by 12 and more where its clock is. A live camera's noise changes every cell a little.
 */
const maxDifference = 6;
const maxMean = 0.25;

export function finePrint(copy: SmallCopy): Uint8Array {
  const print = new Uint8Array(length);
  for (let y = 0, at = 0; y < height; y++) {
    const top = Math.floor((y * copy.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * copy.height) / height));
    for (let x = 0; x < width; x++, at++) {
      const left = Math.floor((x * copy.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * copy.width) / width));
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) sum += copy.grey[row * copy.width + column] as number;
      }
      print[at] = sum / ((right - left) * (bottom - top));
    }
  }
  return print;
}

export type Likeness = 'same' | 'perhaps' | 'other';

/** 'perhaps': nothing moved, but the codec or the camera's noise stirred everywhere. */
export function comparePrints(a: Uint8Array, b: Uint8Array | undefined): Likeness {
  if (!b) return 'other';
  let sum = 0;
  for (let at = 0; at < length; at++) {
    const difference = Math.abs((a[at] as number) - (b[at] as number));
    if (difference > maxDifference) return 'other';
    sum += difference;
  }
  return sum / length <= maxMean ? 'same' : 'perhaps';
}

/** Differences along the rows pack better than the levels themselves. */
export function packPrint(print: Uint8Array): string {
  const steps = new Uint8Array(length);
  for (let at = 0; at < length; at++) steps[at] = (print[at] as number) - (at > 0 ? (print[at - 1] as number) : 0);
  return deflateRawSync(steps, { level: 1 }).toString('base64');
}

/** Undefined for what is no print of ours. */
export function unpackPrint(text: string): Uint8Array | undefined {
  try {
    const steps = inflateRawSync(Buffer.from(text, 'base64'), { maxOutputLength: length });
    if (steps.length !== length) return undefined;
    const print = new Uint8Array(length);
    for (let at = 0; at < length; at++) print[at] = (steps[at] as number) + (at > 0 ? (print[at - 1] as number) : 0);
    return print;
  } catch {
    return undefined;
  }
}
