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
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) average(pixels, columns, rows, x, y, copy, at);
  }
  return copy;
}

/** Where each target pixel begins in the source; one more than there are targets. */
function edges(source: number, targets: number): Int32Array {
  return Int32Array.from({ length: targets + 1 }, (_, index) => Math.floor((index * source) / targets));
}

function average(
  from: Pixels,
  columns: Int32Array,
  rows: Int32Array,
  x: number,
  y: number,
  to: SmallCopy,
  at: number,
): void {
  const firstColumn = columns[x] as number;
  const lastColumn = columns[x + 1] as number;
  const firstRow = rows[y] as number;
  const lastRow = rows[y + 1] as number;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = firstRow; row < lastRow; row++) {
    const end = (row * from.width + lastColumn) * 3;
    for (let byte = (row * from.width + firstColumn) * 3; byte < end; byte += 3) {
      red += from.data[byte] as number;
      green += from.data[byte + 1] as number;
      blue += from.data[byte + 2] as number;
    }
  }
  const count = (lastColumn - firstColumn) * (lastRow - firstRow);
  // Rec. 601 luma, as JPEG itself uses.
  to.grey[at] = (0.299 * red + 0.587 * green + 0.114 * blue) / count + 0.5;
  to.high[at] = Math.max(red, green, blue) / count + 0.5;
  to.low[at] = Math.min(red, green, blue) / count + 0.5;
}
