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

/** Grey shelves, doors and boxes of every size at random places, one room per seed, over fine tiles. */
function room(width: number, height: number, seed: number): Buffer {
  const random = seeded(seed);
  const data = Buffer.alloc(width * height * 3);
  const tile = Math.max(8, Math.round(width / 40));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = (Math.floor(x / tile) + Math.floor(y / tile)) % 2;
      data.fill(118 + light * 14, (y * width + x) * 3, (y * width + x) * 3 + 3);
    }
  }
  for (let thing = 0; thing < 70; thing++) {
    const [w, h] = [width * (0.03 + random() * 0.14), height * (0.04 + random() * 0.2)].map(Math.round);
    const [left, top] = [Math.floor(random() * width), Math.floor(random() * height)];
    const grey = 70 + random() * 110;
    for (let y = top; y < Math.min(height, top + (h ?? 1)); y++) {
      data.fill(grey, (y * width + left) * 3, (y * width + Math.min(width, left + (w ?? 1))) * 3);
    }
  }
  return data;
}
