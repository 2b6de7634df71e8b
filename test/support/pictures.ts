// Pictures made on the spot: coloured squares on grey at known places, and the broken kinds that strangers send.

import sharp, { type Sharp } from 'sharp';

export interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly colour: string;
}

/** A JPEG with fine texture all over (so that the camera check finds nothing wrong) and plain squares on it. */
export async function squares(width: number, height: number, list: readonly Square[]): Promise<Buffer> {
  return scene(width, height, list).jpeg({ quality: 92 }).toBuffer();
}

export function scene(width: number, height: number, list: readonly Square[], seed = 1): Sharp {
  const layers = list.map(({ x, y, side, colour }) => ({
    input: { create: { width: side, height: side, channels: 3 as const, background: colour } },
    left: x,
    top: y,
  }));
  return sharp(bricks(width, height, seed), { raw: { width, height, channels: 3 } }).composite(layers);
}

/** Grey bricks of different shades with sharp edges, one pattern per seed. */
function bricks(width: number, height: number, seed: number): Buffer {
  const data = Buffer.alloc(width * height * 3);
  const brick = Math.max(8, Math.round(width / 24));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / (brick / 2));
    for (let x = 0; x < width; x++) {
      const column = Math.floor((x + (row % 2) * (brick / 2)) / brick);
      data.fill(
        80 + (((column * 7919 + row * 104_729 + seed * 1299) >>> 0) % 97),
        (y * width + x) * 3,
        (y * width + x) * 3 + 3,
      );
    }
  }
  return data;
}
