// Is the camera itself all right? Measured, not learnt: black, over-exposed, blurred, covered, frozen, moved.

import { changedEnough } from './change-gate.ts';
import { detailShare, largestPatch, type Patch } from './cover.ts';
import { comparePrints, finePrint, packPrint, unpackPrint } from './print.ts';
import { sharpness } from './sharpness.ts';
import type { SmallCopy } from './small-copy.ts';
import type { CheckFault, CheckKind, CheckReadings, FrameCheck, FrameSignature } from './types.ts';
import { difference, shiftOf, viewOf, viewOfText } from './view.ts';

/** Chosen on pictures of several sources; test/model/frame-check.test.ts prints what each finds and wrongly finds. */
export const checkLimits = {
  /** Share of pixels darker than `darkBelow`. */
  black: 0.97,
  darkBelow: 40,
  clippedFrom: 250,
  whiteFrom: 245,
  nearWhiteFrom: 225,
  /** A pixel at its end whose darkest colour is above this was lifted there; a red apron was not. */
  liftedFrom: 50,
  everythingClipped: 0.98,
  /**
   * Two ways to be burnt out. Of the pixels with a colour at its end some kept another colour (white paper keeps none);
   * or the light was pushed up so far that nothing dark is left. A bright room shades into white, a burnt one jumps.
   */
  burnt: { clipped: 0.43, partly: 0.07, dark: 0.11, nearWhite: 0.2 },
  washedOut: { lifted: 0.25, dark: 0.0005, darkIfPartly: 0.005, partly: 0.03, nearWhite: 0.12 },
  /** Steepness of the strongest edges; below it is blurred. The softest of 3,700 pictures in order has 0.26, 99 in 100 have 0.38. */
  blurred: 0.3,
  /** Longer side in pixels; a picture smaller than any camera's tells nothing about a lens, only about its shrinking. */
  leastSideForBlur: 200,
  /** Share of the frame under one smooth patch, by how smooth it is: paint and stickers are flat, a hand or a cloth is not quite. */
  covered: [
    { texture: 0.65, share: 0.5 },
    { texture: 1, share: 0.55 },
    { texture: Number.POSITIVE_INFINITY, share: 0.72 },
  ],
  /** Grey levels of such a patch: a white wall and a black night sky are no covers. */
  coverBrightness: [8, 205],
  /** Share of the frame without any detail. */
  coveredWhole: 0.95,
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
  /** Share just below white. */
  readonly nearWhite: number;
  /** Share of all pixels that light alone can have brought to their end. */
  readonly lifted: number;
  /** Longer side of what was looked at, pixels. */
  readonly side: number;
}

function readingsOf(copy: SmallCopy): Alone {
  const pixels = copy.grey.length;
  const light: Light = { sum: 0, squares: 0, clipped: 0, white: 0, lifted: 0, nearWhite: 0, partly: 0, dark: 0 };
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
    nearWhite: light.nearWhite / pixels,
    lifted: light.lifted / pixels,
    side: Math.max(copy.width, copy.height),
  };
}

/** Sums over pixels, and numbers of pixels that are this or that. */
interface Light {
  sum: number;
  squares: number;
  clipped: number;
  white: number;
  lifted: number;
  nearWhite: number;
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
    const highest = high[at] as number;
    if (highest < checkLimits.nearWhiteFrom) continue;
    if (highest < checkLimits.clippedFrom) {
      light.nearWhite++;
      continue;
    }
    light.clipped++;
    const lowest = low[at] as number;
    if (lowest >= checkLimits.liftedFrom) light.lifted++;
    if (lowest >= checkLimits.clippedFrom) light.white++;
    else if (lowest < checkLimits.whiteFrom) light.partly++;
  }
  light.sum += sum;
  light.squares += squares;
  light.dark += dark;
}

/** Dark and burnt-out frames have nothing left to be covered or blurred, so they are called by their cause alone. */
function faultsAlone(alone: Alone): CheckFault[] {
  const { readings, patch, plain, side } = alone;
  const { darkShare, sharpness: steepness } = readings;
  const fault = (kind: CheckKind, reading: number, limit: number): CheckFault[] => [{ kind, reading, limit }];
  if (darkShare >= checkLimits.black) return fault('black', darkShare, checkLimits.black);
  const burnt = burntFrom(alone);
  if (burnt !== undefined) return fault('over_exposed', readings.clippedShare, burnt);
  const cover = coverLimit(patch);
  if (patch.share >= cover) return fault('covered', readings.coveredShare, cover);
  if (side >= checkLimits.leastSideForBlur && steepness < checkLimits.blurred)
    return fault('blurred', steepness, checkLimits.blurred);
  return plain >= checkLimits.coveredWhole ? fault('covered', plain, checkLimits.coveredWhole) : [];
}

/** The clipped share from which such a frame is burnt out, when it is. */
function burntFrom({ readings, partlyClipped, nearWhite, lifted }: Alone): number | undefined {
  const { clippedShare, darkShare } = readings;
  const { everythingClipped, burnt, washedOut } = checkLimits;
  if (clippedShare >= everythingClipped) return everythingClipped;
  const keptColour = partlyClipped >= burnt.partly && darkShare <= burnt.dark && nearWhite <= burnt.nearWhite;
  if (keptColour && clippedShare >= burnt.clipped) return burnt.clipped;
  const darkest = partlyClipped >= washedOut.partly ? washedOut.darkIfPartly : washedOut.dark;
  const nothingDark = darkShare <= darkest && nearWhite <= washedOut.nearWhite;
  return nothingDark && lifted >= washedOut.lifted ? washedOut.lifted : undefined;
}

/** The share from which a patch of this kind is a cover. */
function coverLimit({ texture, brightness }: Patch): number {
  const [darkest, brightest] = checkLimits.coverBrightness;
  if (brightness < darkest || brightness >= brightest) return Number.POSITIVE_INFINITY;
  return checkLimits.covered.find((tier) => texture <= tier.texture)?.share ?? Number.POSITIVE_INFINITY;
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
  const before = viewOfText(previous?.grey);
  const expected = viewOfText(previous?.view);
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

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
