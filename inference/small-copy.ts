// A small grey copy of a frame, all that the frame check and the change gate look at.

import type { Pixels } from './image.ts';

/** Luma and, for over-exposure, how bright each pixel's brightest and darkest colour is. Row by row, 0…255. */
export interface SmallCopy {
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
  readonly high: Uint8Array;
  readonly low: Uint8Array;
}

/** Longer side of the copy: a blur that hides a face is still some pixels wide here. */
export const smallSide = 320;

/** Of the rows that fall together every second is read: half the time, and the difference is below the sensor's noise. */
const rowStep = 2;

/** Shrinks by averaging; a picture already this small is copied as it is. */
export function smallCopy(pixels: Pixels): SmallCopy {
  const ratio = Math.min(1, smallSide / Math.max(pixels.width, pixels.height));
  const width = Math.max(1, Math.round(pixels.width * ratio));
  const height = Math.max(1, Math.round(pixels.height * ratio));
  const copy = {
    width,
    height,
    grey: new Uint8Array(width * height),
    high: new Uint8Array(width * height),
    low: new Uint8Array(width * height),
  };
  const columns = edges(pixels.width, width);
  const rows = edges(pixels.height, height);
  // Two to one, as a model's 640 columns give: half of all the time would go into loops of two.
  const halved = pixels.width === 2 * width && pixels.height === 2 * height;
  for (let y = 0; y < height; y++) {
    if (halved) halveRow(copy, y, pixels.data, pixels.width);
    else shrinkRow(copy, y, pixels, columns, rows[y] as number, rows[y + 1] as number);
  }
  return copy;
}

/** Where each target pixel begins in the source; one more than there are targets. */
function edges(source: number, targets: number): Int32Array {
  return Int32Array.from({ length: targets + 1 }, (_, index) => Math.floor((index * source) / targets));
}

/** One row of the copy. A function of its own: called for each row, it is compiled well after the first few frames. */
function shrinkRow(
  { width, grey, high, low }: SmallCopy,
  y: number,
  pixels: Pixels,
  columns: Int32Array,
  firstRow: number,
  lastRow: number,
): void {
  const { data } = pixels;
  const stride = pixels.width * 3;
  const lines = Math.ceil((lastRow - firstRow) / rowStep);
  for (let x = 0, at = y * width; x < width; x++, at++) {
    const left = (columns[x] as number) * 3;
    const right = (columns[x + 1] as number) * 3;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let line = firstRow * stride; line < lastRow * stride; line += rowStep * stride) {
      for (let byte = line + left; byte < line + right; byte += 3) {
        red += data[byte] as number;
        green += data[byte + 1] as number;
        blue += data[byte + 2] as number;
      }
    }
    const count = ((right - left) / 3) * lines;
    // Rec. 601 luma, as JPEG itself uses, in 256ths.
    grey[at] = (77 * red + 150 * green + 29 * blue) / (256 * count) + 0.5;
    high[at] = Math.max(Math.max(red, green), blue) / count + 0.5;
    low[at] = Math.min(Math.min(red, green), blue) / count + 0.5;
  }
}

/** The same as `shrinkRow` where two columns become one, in a third of the time. */
function halveRow({ width, grey, high, low }: SmallCopy, y: number, data: Uint8Array, sourceWidth: number): void {
  for (let at = y * width, byte = 2 * y * sourceWidth * 3; at < (y + 1) * width; at++, byte += 6) {
    const red = (data[byte] as number) + (data[byte + 3] as number);
    const green = (data[byte + 1] as number) + (data[byte + 4] as number);
    const blue = (data[byte + 2] as number) + (data[byte + 5] as number);
    grey[at] = (77 * red + 150 * green + 29 * blue + 256) >> 9;
    high[at] = (Math.max(Math.max(red, green), blue) + 1) >> 1;
    low[at] = (Math.min(Math.min(red, green), blue) + 1) >> 1;
  }
}
