// Makes camera faults out of clean pictures: dark, burnt out, out of focus, shaken, covered by several things.

import sharp from 'sharp';
import type { Pixels } from '../../inference/image.ts';

/** Random numbers 0…1 that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export type Random = () => number;

/** Strength runs from 0, the mildest that must be noticed, to 1. */
export type MakeFault = (clean: Pixels, strength: number, random: Random) => Promise<Pixels>;

export const cameraFaults = {
  black: async (clean, strength, random) =>
    eachByte(clean, (value) => value * (0.08 - 0.07 * strength) + gauss(random) * 1.5),
  'black with noise': async (clean, strength, random) =>
    eachByte(clean, (value) => value * 0.03 + 6 + gauss(random) * (3 + 5 * strength)),
  over_exposed: async (clean, strength) =>
    eachByte(clean, (value) => value * (2.4 + 2 * strength) + 60 + 60 * strength),
  blurred: async (clean, strength) => blur(clean, (0.008 + 0.02 * strength) * Math.max(clean.width, clean.height)),
  shaken: async (clean, strength, random) => shake(clean, (0.06 + 0.06 * strength) * clean.width, random() * Math.PI),
  'covered, one colour': async (clean, strength, random) => covered(clean, 0.55 + 0.45 * strength, random, () => 0),
  'covered, cloth': async (clean, strength, random) => covered(clean, 0.6 + 0.4 * strength, random, cloth(random)),
  'covered, hand': async (clean, strength, random) => covered(clean, 0.65 + 0.35 * strength, random, hand(random)),
  'covered, spray': async (clean, strength, random) => spray(clean, 0.75 + 0.25 * strength, random),
} as const satisfies Record<string, MakeFault>;

function eachByte(clean: Pixels, change: (value: number) => number): Pixels {
  const data = new Uint8ClampedArray(clean.data.length);
  for (let index = 0; index < data.length; index++) data[index] = change(clean.data[index]!);
  return { ...clean, data: new Uint8Array(data.buffer) };
}

function gauss(random: Random): number {
  return Math.sqrt(-2 * Math.log(random() + 1e-9)) * Math.cos(2 * Math.PI * random());
}

async function blur({ data, width, height }: Pixels, sigma: number): Promise<Pixels> {
  const out = await sharp(data, { raw: { width, height, channels: 3 } })
    .blur(Math.max(0.5, sigma))
    .raw()
    .toBuffer();
  return { data: out, width, height };
}

/** Mean along a line: the camera swings while the shutter is open. */
function shake(clean: Pixels, length: number, angle: number): Pixels {
  const steps = Math.max(3, Math.round(length));
  const data = new Uint8Array(clean.data.length);
  for (let y = 0; y < clean.height; y++) {
    for (let x = 0; x < clean.width; x++) {
      const sums = [0, 0, 0];
      for (let step = 0; step < steps; step++) {
        const along = step - steps / 2;
        const fromX = clamp(Math.round(x + along * Math.cos(angle)), clean.width - 1);
        const fromY = clamp(Math.round(y + along * Math.sin(angle)), clean.height - 1);
        const at = (fromY * clean.width + fromX) * 3;
        for (let channel = 0; channel < 3; channel++) sums[channel]! += clean.data[at + channel]!;
      }
      for (let channel = 0; channel < 3; channel++) data[(y * clean.width + x) * 3 + channel] = sums[channel]! / steps;
    }
  }
  return { ...clean, data };
}

/** Light and dark of whatever lies on the lens, as a change of grey at (x, y) in fractions. */
type Surface = (x: number, y: number) => number;

/** A weave so close to the lens that only soft folds are left. */
function cloth(random: Random): Surface {
  const [a, b, c] = [random() * 6, random() * 6, 2 + random() * 3];
  return (x, y) => 5 * Math.sin(c * x * 3 + a) * Math.cos(c * y * 2 + b);
}

/** Skin out of focus: brighter towards one side, darker between the fingers. */
function hand(random: Random): Surface {
  const [slope, gaps] = [30 * (random() - 0.5), 3 + random() * 2];
  return (x, y) => slope * x - 12 * Math.max(0, Math.sin(gaps * Math.PI * x + y)) ** 4;
}

/** A patch of one colour over this share of the picture, from one side or around a point, with a soft edge. */
function covered(clean: Pixels, share: number, random: Random, surface: Surface): Pixels {
  const colour = [40 + random() * 120, 30 + random() * 110, 25 + random() * 100];
  const side = Math.floor(random() * 4);
  const data = new Uint8ClampedArray(clean.data);
  for (let y = 0; y < clean.height; y++) {
    for (let x = 0; x < clean.width; x++) {
      const [u, v] = [x / clean.width, y / clean.height];
      const depth = [u, 1 - u, v, 1 - v][side]! + 0.04 * Math.sin(7 * (side < 2 ? v : u));
      const opacity = Math.min(1, Math.max(0, (share + 0.02 - depth) / 0.04));
      const shade = surface(u, v) + gauss(random) * 1.2;
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * clean.width + x) * 3 + channel;
        data[at] = clean.data[at]! * (1 - opacity) + (colour[channel]! + shade) * opacity;
      }
    }
  }
  return { ...clean, data: new Uint8Array(data.buffer) };
}

/** Many overlapping blots of paint. */
function spray(clean: Pixels, share: number, random: Random): Pixels {
  const colour = [random() * 200, random() * 200, random() * 200];
  const blots = Array.from({ length: 60 }, () => ({ x: random(), y: random(), r: 0.06 + random() * 0.16 }));
  const data = new Uint8ClampedArray(clean.data);
  for (let y = 0; y < clean.height; y++) {
    for (let x = 0; x < clean.width; x++) {
      const [u, v] = [x / clean.width, y / clean.height];
      const depth = Math.max(...blots.map((blot) => 1 - Math.hypot(u - blot.x, v - blot.y) / (blot.r * (0.6 + share))));
      const opacity = Math.min(1, Math.max(0, depth * 4));
      for (let channel = 0; channel < 3; channel++) {
        const at = (y * clean.width + x) * 3 + channel;
        data[at] = clean.data[at]! * (1 - opacity) + (colour[channel]! + gauss(random)) * opacity;
      }
    }
  }
  return { ...clean, data: new Uint8Array(data.buffer) };
}

function clamp(value: number, last: number): number {
  return Math.min(last, Math.max(0, value));
}
