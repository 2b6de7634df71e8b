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
  const columns = edges(pixels.width, width);
  const rows = edges(pixels.height, height);
  const grey = new Uint8Array(width * height);
  const high = new Uint8Array(width * height);
  const low = new Uint8Array(width * height);
  const sums = new Uint32Array(width * 3);
  for (let y = 0, at = 0; y < height; y++) {
    const firstRow = rows[y] as number;
    const lastRow = rows[y + 1] as number;
    sumRows(pixels, columns, firstRow, lastRow, sums);
    for (let x = 0, from = 0; x < width; x++, at++, from += 3) {
      const count = ((columns[x + 1] as number) - (columns[x] as number)) * Math.ceil((lastRow - firstRow) / rowStep);
      const red = sums[from] as number;
      const green = sums[from + 1] as number;
      const blue = sums[from + 2] as number;
      // Rec. 601 luma, as JPEG itself uses, in 256ths.
      grey[at] = (77 * red + 150 * green + 29 * blue) / (256 * count) + 0.5;
      high[at] = Math.max(Math.max(red, green), blue) / count + 0.5;
      low[at] = Math.min(Math.min(red, green), blue) / count + 0.5;
    }
  }
  return { width, height, grey, high, low };
}

/** Where each target pixel begins in the source; one more than there are targets. */
function edges(source: number, targets: number): Int32Array {
  return Int32Array.from({ length: targets + 1 }, (_, index) => Math.floor((index * source) / targets));
}

/** Adds up the source pixels of one row of targets, three sums each. One flat loop: it runs for every byte of the frame. */
function sumRows(
  { data, width }: Pixels,
  columns: Int32Array,
  firstRow: number,
  lastRow: number,
  sums: Uint32Array,
): void {
  sums.fill(0);
  const targets = columns.length - 1;
  for (let row = firstRow; row < lastRow; row += rowStep) {
    let byte = row * width * 3;
    for (let x = 0, to = 0; x < targets; x++, to += 3) {
      const end = (row * width + (columns[x + 1] as number)) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (; byte < end; byte += 3) {
        red += data[byte] as number;
        green += data[byte + 1] as number;
        blue += data[byte + 2] as number;
      }
      sums[to] = (sums[to] as number) + red;
      sums[to + 1] = (sums[to + 1] as number) + green;
      sums[to + 2] = (sums[to + 2] as number) + blue;
    }
  }
}
