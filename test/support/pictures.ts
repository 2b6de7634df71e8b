// Pictures made on the spot: coloured squares on grey at known places, and the broken kinds that strangers send.

import sharp, { type Sharp } from 'sharp';
import { seeded } from './camera-faults.ts';

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
  return sharp(room(width, height, seed), { raw: { width, height, channels: 3 } }).composite(layers);
}

/** Grey shelves, doors and boxes of every size at random places, one room per seed, under fine tiles. */
function room(width: number, height: number, seed: number): Buffer {
  const random = seeded(seed);
  const grey = new Uint8Array(width * height).fill(118);
  for (let thing = 0; thing < 70; thing++) {
    const right = Math.min(width, Math.floor(random() * width) + Math.round(width * (0.03 + random() * 0.14)));
    const bottom = Math.min(height, Math.floor(random() * height) + Math.round(height * (0.04 + random() * 0.2)));
    const [left, top] = [Math.floor(right * random()), Math.floor(bottom * random())];
    const shade = 70 + random() * 110;
    for (let y = Math.max(top, bottom - height / 4); y < bottom; y++) {
      grey.fill(
        shade,
        Math.floor(y) * width + Math.max(left, Math.round(right - width / 6)),
        Math.floor(y) * width + right,
      );
    }
  }
  // An odd size, so that the tiles' edges fall on every position of a smaller copy.
  const tile = Math.round(width / 90) | 1;
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < grey.length; at++) {
    const light = (Math.floor((at % width) / tile) + Math.floor(at / width / tile)) % 2;
    data.fill((grey[at] ?? 0) + light * 18, at * 3, at * 3 + 3);
  }
  return data;
}
