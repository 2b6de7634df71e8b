// Is the camera itself all right? Measured, not learnt: black, over-exposed, blurred, covered, frozen, moved.

import { changedEnough } from './change-gate.ts';
import { detailShare, largestPatch, type Patch } from './cover.ts';
import { comparePrints, finePrint, packPrint, unpackPrint } from './print.ts';
import { sharpness } from './sharpness.ts';
import type { SmallCopy } from './small-copy.ts';
import type { CheckFault, CheckKind, CheckReadings, FrameCheck, FrameSignature } from './types.ts';
import { difference, shiftOf, viewHeight, viewOf, viewWidth } from './view.ts';

/** Chosen on pictures of several sources; test/model/frame-check.test.ts prints what each finds and wrongly finds. */
export const checkLimits = {
  /** Share of pixels darker than `darkBelow`. */
  black: 0.97,
  darkBelow: 40,
  /** Share of pixels with a colour at its end, of which some kept another colour: white paper keeps none. */
  over_exposed: 0.45,
  clippedFrom: 250,
  whiteFrom: 245,
  partlyClipped: 0.07,
  everythingClipped: 0.98,
  /** Steepness of the strongest edges; below it is blurred. */
  blurred: 0.25,
  /** Longer side in pixels; a picture smaller than any camera's tells nothing about a lens, only about its shrinking. */
  leastSideForBlur: 200,
  /** Share of the frame under one smooth patch: paint and stickers are flat, a hand or a cloth is not quite. */
  coveredFlat: 0.5,
  flatTexture: 0.4,
  flatBrightest: 245,
  coveredSoft: 0.65,
  softBrightness: [12, 240],
  /** Share of the frame without any detail. */
  coveredWhole: 0.92,
  /** Frames in a row that are the same but for what the codec makes of them. */
  frozen: 5,
  /** Share of the width. */
  moved: 0.03,
  /** Frames in a row without the expected view: someone may just stand before the lens. */
  lostFrames: 3,
  /** After so many frames the new view is taken for the expected one. */
  acceptedFrames: 60,
} as const;

export interface CheckedFrame {
  readonly check: FrameCheck;
  readonly signature: FrameSignature;
  /** Whether it is worth a look: true without a frame before. */
  readonly changed: boolean;
}

export function checkFrame(copy: SmallCopy, previous?: FrameSignature): CheckedFrame {
  const alone = readingsOf(copy);
  const faults = faultsAlone(alone);
  const history = compare(copy, previous, faults.length === 0);
  faults.push(...history.faults);
  const check = { ok: faults.length === 0, faults, readings: { ...alone.readings, ...history.readings } };
  return { check, signature: history.signature, changed: history.changed };
}

interface Alone {
  readonly readings: CheckReadings;
  readonly patch: Patch;
  /** Share without any detail. */
  readonly plain: number;
  /** Of the pixels that are not white, the share with a colour at its end. */
  readonly partlyClipped: number;
  /** Longer side of what was looked at, pixels. */
  readonly side: number;
}

function readingsOf(copy: SmallCopy): Alone {
  const pixels = copy.grey.length;
  const light: Light = { sum: 0, squares: 0, clipped: 0, white: 0, partly: 0, dark: 0 };
  for (let start = 0; start < pixels; start += copy.width) addLight(light, copy, start);
  const brightness = light.sum / pixels;
  const patch = largestPatch(copy);
  const readings = {
    brightness: rounded(brightness),
    contrast: rounded(Math.sqrt(Math.max(0, light.squares / pixels - brightness ** 2))),
    // Without a single edge there is nothing to be blurred; plain frames are judged as covered.
    sharpness: rounded(sharpness(copy) ?? 1),
    clippedShare: rounded(light.clipped / pixels),
    darkShare: rounded(light.dark / pixels),
    coveredShare: rounded(patch.share),
  };
  return {
    readings,
    patch,
    plain: rounded(1 - detailShare(copy)),
    partlyClipped: light.partly / Math.max(1, pixels - light.white),
    side: Math.max(copy.width, copy.height),
  };
}

/** Sums over pixels, and numbers of pixels that are this or that. */
interface Light {
  sum: number;
  squares: number;
  clipped: number;
  white: number;
  partly: number;
  dark: number;
}

/** Adds one row. A function of its own: called for each row, it is compiled well after the first few frames. */
function addLight(light: Light, { width, grey, high, low }: SmallCopy, start: number): void {
  let sum = 0;
  let squares = 0;
  let dark = 0;
  for (let at = start; at < start + width; at++) {
    const value = grey[at] as number;
    sum += value;
    squares += value * value;
    if (value < checkLimits.darkBelow) dark++;
    if ((high[at] as number) < checkLimits.clippedFrom) continue;
    light.clipped++;
    const lowest = low[at] as number;
    if (lowest >= checkLimits.clippedFrom) light.white++;
    else if (lowest < checkLimits.whiteFrom) light.partly++;
  }
  light.sum += sum;
  light.squares += squares;
  light.dark += dark;
}

/** Dark and burnt-out frames have nothing left to be covered or blurred, so they are called by their cause alone. */
function faultsAlone({ readings, patch, plain, partlyClipped, side }: Alone): CheckFault[] {
  const { darkShare, clippedShare, sharpness: steepness } = readings;
  const fault = (kind: CheckKind, reading: number, limit: number): CheckFault[] => [{ kind, reading, limit }];
  if (darkShare >= checkLimits.black) return fault('black', darkShare, checkLimits.black);
  const burnt = clippedShare >= checkLimits.everythingClipped || partlyClipped >= checkLimits.partlyClipped;
  if (burnt && clippedShare >= checkLimits.over_exposed)
    return fault('over_exposed', clippedShare, checkLimits.over_exposed);
  const cover = coverLimit(patch);
  if (patch.share >= cover) return fault('covered', readings.coveredShare, cover);
  if (side >= checkLimits.leastSideForBlur && steepness < checkLimits.blurred)
    return fault('blurred', steepness, checkLimits.blurred);
  return plain >= checkLimits.coveredWhole ? fault('covered', plain, checkLimits.coveredWhole) : [];
}

/** The share from which a patch of this kind is a cover; a white wall and a black night sky never are. */
function coverLimit({ texture, brightness }: Patch): number {
  if (texture <= checkLimits.flatTexture && brightness < checkLimits.flatBrightest) return checkLimits.coveredFlat;
  const [darkest, brightest] = checkLimits.softBrightness;
  return brightness > darkest && brightness < brightest ? checkLimits.coveredSoft : Number.POSITIVE_INFINITY;
}

interface Compared {
  readonly faults: readonly CheckFault[];
  readonly readings: { readonly change?: number; readonly shift?: number };
  readonly signature: FrameSignature;
  readonly changed: boolean;
}

function compare(copy: SmallCopy, previous: FrameSignature | undefined, clear: boolean): Compared {
  const now = viewOf(copy);
  const grey = base64(now);
  const fine = finePrint(copy);
  const print = packPrint(fine);
  const before = bytes(previous?.grey);
  const expected = bytes(previous?.view);
  if (!previous || !before || !expected) {
    // A faulty first frame is no view to expect; the next one will be asked again.
    const signature = { version: 1, grey, view: clear ? grey : '', print, stillFrames: 0, movedFrames: 0 } as const;
    return { faults: [], readings: {}, signature, changed: true };
  }
  const change = difference(now, before);
  const stillFrames = stillCount[comparePrints(fine, unpackPrint(previous.print))](previous.stillFrames);
  const faults: CheckFault[] = [];
  if (stillFrames >= checkLimits.frozen)
    faults.push({ kind: 'frozen', reading: stillFrames, limit: checkLimits.frozen });
  const kept = { version: 1, grey, print, stillFrames } as const;
  const changed = changedEnough(change);
  if (!clear) {
    const signature = { ...kept, view: previous.view, movedFrames: previous.movedFrames };
    return { faults, readings: { change: rounded(change.mean) }, signature, changed };
  }
  const moved = compareView(now, expected, previous.movedFrames);
  if (moved.fault) faults.push(moved.fault);
  const readings = { change: rounded(change.mean), shift: rounded(moved.shift) };
  return { faults, readings, signature: { ...kept, view: base64(moved.view), movedFrames: moved.frames }, changed };
}

/** A picture coded anew neither proves that the camera is frozen nor that it is not. */
const stillCount = {
  same: (frames: number) => frames + 1,
  perhaps: (frames: number) => frames,
  other: () => 0,
} as const;

interface ViewCompared {
  readonly shift: number;
  readonly fault?: CheckFault;
  readonly frames: number;
  readonly view: Uint8Array;
}

function compareView(now: Uint8Array, expected: Uint8Array, movedBefore: number): ViewCompared {
  const shift = shiftOf(now, expected);
  if (shift < checkLimits.moved) return { shift, frames: 0, view: blend(expected, now) };
  const frames = movedBefore + 1;
  if (frames >= checkLimits.acceptedFrames) return { shift, frames: 0, view: now };
  const sure = shift < 1 || frames >= checkLimits.lostFrames;
  const kept = { shift, frames, view: expected };
  return sure ? { ...kept, fault: { kind: 'moved', reading: rounded(shift), limit: checkLimits.moved } } : kept;
}

/** The expected view follows daylight and moved pots slowly. */
function blend(expected: Uint8Array, now: Uint8Array): Uint8Array {
  return expected.map((value, index) => Math.round(value * 0.9 + (now[index] as number) * 0.1));
}

function base64(view: Uint8Array): string {
  return Buffer.from(view).toString('base64');
}

/** Undefined for what is not a view of ours: a signature is only remembered, never trusted. */
function bytes(text: string | undefined): Uint8Array | undefined {
  const view = text ? Buffer.from(text, 'base64') : undefined;
  return view?.length === viewWidth * viewHeight ? view : undefined;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
