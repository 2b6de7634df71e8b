// Lays pixels out as the floats a model wants: whole frames and crops, planar, normalised, into reused buffers.

import { decodePixelsAt, type Picture, type Pixels, resizePixels } from './image.ts';
import type { PackInput } from './manifest.ts';
import type { Box } from './types.ts';

/** Where a source picture lies inside a model's input, in input pixels; undoes the fit for boxes. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  /** Size of the whole source picture on the input; larger than the input when the fit crops. */
  readonly width: number;
  readonly height: number;
}

/** The model's number for a byte of each channel, in the model's order: byte × gain + offset. */
export interface Scale {
  readonly gain: Triple;
  readonly offset: Triple;
  readonly pad: Triple;
}

type Triple = readonly [number, number, number];

export function scaleOf({ scale, mean, std, pad }: PackInput): Scale {
  const gain: Triple = [scale / std[0], scale / std[1], scale / std[2]];
  const offset: Triple = [-mean[0] / std[0], -mean[1] / std[1], -mean[2] / std[2]];
  return { gain, offset, pad: [pad * gain[0] + offset[0], pad * gain[1] + offset[1], pad * gain[2] + offset[2]] };
}

export function placementOf(input: PackInput, source: { width: number; height: number }): Placement {
  if (input.fit === 'stretch') return { left: 0, top: 0, width: input.width, height: input.height };
  const ratios = [input.width / source.width, input.height / source.height];
  const ratio = input.fit === 'crop' ? Math.max(...ratios) : Math.min(...ratios);
  const width = Math.max(1, Math.round(source.width * ratio));
  const height = Math.max(1, Math.round(source.height * ratio));
  const centred = input.fit === 'crop' || input.align === 'center';
  const left = centred ? Math.floor((input.width - width) / 2) : 0;
  const top = centred ? Math.floor((input.height - height) / 2) : 0;
  return { left, top, width, height };
}

/** A box on the model's input, in its pixels, as fractions of the source picture, kept inside it. */
export function boxOnSource(placement: Placement, x0: number, y0: number, x1: number, y1: number): Box {
  const left = clamp((x0 - placement.left) / placement.width);
  const top = clamp((y0 - placement.top) / placement.height);
  const right = clamp((x1 - placement.left) / placement.width);
  const bottom = clamp((y1 - placement.top) / placement.height);
  return [left, top, right - left, bottom - top];
}

/** The frame scaled for this placement: from pixels already decoded, or straight from the JPEG where that is cheaper. */
export function fittedPixels(source: Picture | Pixels, placement: Placement): Promise<Pixels> {
  return 'bytes' in source
    ? decodePixelsAt(source, placement.width, placement.height)
    : resizePixels(source, placement.width, placement.height);
}

/** Writes a fitted frame into `target` (3 × height × width floats), padding what it leaves free. */
export function fillFrame(target: Float32Array, input: PackInput, scale: Scale, fitted: Pixels, at: Placement): void {
  padAround(target, input, scale, fitted, at);
  const lastRow = Math.min(input.height, at.top + fitted.height);
  const firstColumn = Math.max(0, at.left);
  const lastColumn = Math.min(input.width, at.left + fitted.width);
  for (let y = Math.max(0, at.top); y < lastRow; y++) {
    const from = ((y - at.top) * fitted.width + (firstColumn - at.left)) * 3;
    fillRow(target, y * input.width + firstColumn, y * input.width + lastColumn, input, scale, fitted.data, from);
  }
}

function padAround(target: Float32Array, input: PackInput, scale: Scale, fitted: Pixels, at: Placement): void {
  const plane = input.width * input.height;
  const fillsRows = at.left <= 0 && at.left + fitted.width >= input.width;
  // Where the frame fills its rows, only the rows above and below it are free.
  const above = fillsRows ? Math.max(0, at.top) * input.width : plane;
  const below = fillsRows ? Math.min(input.height, at.top + fitted.height) * input.width : plane;
  for (const [channel, value] of scale.pad.entries()) {
    target.fill(value, channel * plane, channel * plane + above);
    target.fill(value, channel * plane + below, (channel + 1) * plane);
  }
}

/** One row. A function of its own: called for each row, it is compiled well after the first few frames. */
function fillRow(
  target: Float32Array,
  start: number,
  end: number,
  { width, height, channels }: PackInput,
  scale: Scale,
  data: Uint8Array,
  source: number,
): void {
  const plane = width * height;
  // By index: taken apart as [a, b, c] they are no plain numbers to the compiler, and the loop takes half as long again.
  const { gain, offset } = scale;
  const gain0 = gain[0];
  const gain1 = gain[1];
  const gain2 = gain[2];
  const offset0 = offset[0];
  const offset1 = offset[1];
  const offset2 = offset[2];
  const byte0 = channels === 'bgr' ? 2 : 0;
  const byte2 = 2 - byte0;
  for (let to = start, from = source; to < end; to++, from += 3) {
    target[to] = (data[from + byte0] as number) * gain0 + offset0;
    target[to + plane] = (data[from + 1] as number) * gain1 + offset1;
    target[to + 2 * plane] = (data[from + byte2] as number) * gain2 + offset2;
  }
}

/** A rectangle of a picture in its pixels; may reach over the edge. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Writes one crop into `target` at `offset` (3 × height × width floats), stretched to the input. Each target pixel is the
 * mean of source pixels spread over what it covers (at most 3 × 3), or is interpolated where the crop is enlarged. What lies
 * outside the picture repeats the edge.
 */
export function fillCrop(
  target: Float32Array,
  offset: number,
  input: PackInput,
  scale: Scale,
  pixels: Pixels,
  region: Region,
): void {
  const columns = tapsOf(region.x, region.width, input.width, pixels.width);
  const rows = tapsOf(region.y, region.height, input.height, pixels.height);
  const row = { columns, rows, plane: input.width * input.height, byte0: input.channels === 'bgr' ? 2 : 0 };
  for (let y = 0; y < input.height; y++) fillCropRow(target, offset + y * input.width, y, row, scale, pixels);
}

interface CropRow {
  readonly columns: Taps;
  readonly rows: Taps;
  readonly plane: number;
  /** Where the first channel stands in a pixel; the third stands at the other end. */
  readonly byte0: number;
}

function fillCropRow(
  target: Float32Array,
  start: number,
  y: number,
  { columns, rows, plane, byte0 }: CropRow,
  scale: Scale,
  { data, width }: Pixels,
): void {
  const { gain, offset } = scale;
  const gain0 = gain[0];
  const gain1 = gain[1];
  const gain2 = gain[2];
  const offset0 = offset[0];
  const offset1 = offset[1];
  const offset2 = offset[2];
  const byte2 = 2 - byte0;
  const lastRow = (y + 1) * rows.per;
  const { at: columnAt, weight: columnWeight, per } = columns;
  for (let tap = 0, to = start; tap < columnAt.length; tap += per, to++) {
    let first = 0;
    let second = 0;
    let third = 0;
    for (let row = y * rows.per; row < lastRow; row++) {
      const line = (rows.at[row] as number) * width;
      const rowWeight = rows.weight[row] as number;
      for (let column = tap; column < tap + per; column++) {
        const weight = rowWeight * (columnWeight[column] as number);
        const from = (line + (columnAt[column] as number)) * 3;
        first += weight * (data[from + byte0] as number);
        second += weight * (data[from + 1] as number);
        third += weight * (data[from + byte2] as number);
      }
    }
    target[to] = first * gain0 + offset0;
    target[to + plane] = second * gain1 + offset1;
    target[to + 2 * plane] = third * gain2 + offset2;
  }
}

/** For each target position: how many source positions count, which, and with what weight. */
interface Taps {
  readonly per: number;
  readonly at: Int32Array;
  readonly weight: Float32Array;
}

/** More taps cost more time than they tell: a crop is shrunk four times at most before it is a picture of a whole wall. */
const maxTaps = 3;

function tapsOf(start: number, length: number, targets: number, limit: number): Taps {
  const step = length / targets;
  const per = Math.min(maxTaps, Math.max(2, Math.ceil(step)));
  const at = new Int32Array(targets * per);
  const weight = new Float32Array(targets * per);
  for (let target = 0; target < targets; target++) {
    const centre = start + (target + 0.5) * step - 0.5;
    for (let tap = 0; tap < per; tap++) {
      const index = target * per + tap;
      if (step > 2) {
        // Evenly spread over what the target pixel covers.
        at[index] = Math.round(centre + ((tap + 0.5) / per - 0.5) * step);
        weight[index] = 1 / per;
      } else {
        const left = Math.floor(centre);
        at[index] = left + tap;
        weight[index] = tap === 0 ? 1 - (centre - left) : tap === 1 ? centre - left : 0;
      }
      at[index] = Math.min(limit - 1, Math.max(0, at[index] as number));
    }
  }
  return { per, at, weight };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
