// Compares a zone's small coloured copy with the copies its owner showed, so that light as a whole counts for nothing.
import type { ColourPatch } from '../../../inference/colours.ts';
import type { Box } from '../../../inference/types.ts';
import type { Lookout } from '../camera/lookout.ts';
import { holdsPoint } from '../camera/zone.ts';
import { boxOf } from './lookout-rule.ts';
import type { SeenPerson } from './people.ts';

export type Shown = { readonly at: number; readonly patch: ColourPatch };

/** What is remembered by a rule that compares: the copies taken when somebody said that all was as it should be. */
export type Compared = { readonly shown: readonly Shown[] };

/** Somebody says that all is in order, and the next looks are taken at their word; later ones are not. */
const shownForMs = 10 * 60_000;

/** The copies that are due, taken now or kept. */
export function shownAfter(own: Compared | undefined, lookout: Lookout, at: number, patch: ColourPatch): Compared {
  const known = own?.shown ?? [];
  const shown = (lookout.shown ?? []).flatMap((moment): Shown[] => {
    const taken = known.find((one) => one.at === moment);
    if (taken !== undefined) return [taken];
    return at >= moment && at - moment <= shownForMs ? [{ at: moment, patch }] : [];
  });
  return { shown };
}

/** 1 for each cell whose middle lies in the zone and behind nobody. */
export function freeCells(points: Lookout['points'], cells: number, hidden: readonly Box[]): Uint8Array {
  const [left, top, width, height] = boxOf(points);
  const free = new Uint8Array(cells * cells);
  for (let row = 0; row < cells; row++) {
    for (let column = 0; column < cells; column++) {
      const [x, y] = [left + ((column + 0.5) / cells) * width, top + ((row + 0.5) / cells) * height];
      const behind = hidden.some(([bx, by, bw, bh]) => x >= bx && x <= bx + bw && y >= by && y <= by + bh);
      if (!behind && holdsPoint(points, x, y)) free[row * cells + column] = 1;
    }
  }
  return free;
}

/** With what they carry, and the shadow at their feet. */
export function grown({ box: [x, y, w, h] }: Pick<SeenPerson, 'box'>, share: number): Box {
  return [x - w * share, y - h * 0.05, w * (1 + 2 * share), h * (1.1 + share / 2)];
}

export function countOf(cells: Uint8Array): number {
  return cells.reduce((sum, cell) => sum + cell, 0);
}

/** Added to a level before its logarithm, so that noise in the dark counts little. */
const darkness = 10;

/** For each cell and channel, by how much (natural logarithm) it is brighter than before, beyond what the light did to all. */
export function changes(now: Uint8Array, before: Uint8Array, free: Uint8Array, cells: number): Float32Array {
  const found = new Float32Array(now.length);
  for (let channel = 0; channel < 3; channel++) {
    const ratio = (cell: number): number =>
      Math.log(((now[cell * 3 + channel] as number) + darkness) / ((before[cell * 3 + channel] as number) + darkness));
    const light = planeOf(ratio, free, cells);
    for (let cell = 0; cell < free.length; cell++) found[cell * 3 + channel] = ratio(cell) - light(cell);
  }
  return found;
}

const trims = 3;
const leastForPlane = 24;

/** Light that falls differently on two sides: a plane through the cells that changed least, found in a few rounds. */
function planeOf(ratio: (cell: number) => number, free: Uint8Array, cells: number): (cell: number) => number {
  const at = [...free.keys()].filter((cell) => free[cell] === 1);
  const middle = median(at.map(ratio));
  let plane = { base: middle, across: 0, down: 0 };
  if (at.length < leastForPlane) return () => middle;
  const value = (cell: number) =>
    plane.base + plane.across * ((cell % cells) / cells - 0.5) + plane.down * (Math.floor(cell / cells) / cells - 0.5);
  for (let round = 0; round < trims; round++) {
    const off = at.map((cell) => Math.abs(ratio(cell) - value(cell)));
    const limit = Math.max(0.03, 2 * median(off));
    plane = fitted(
      at.filter((_, index) => (off[index] as number) <= limit),
      ratio,
      cells,
    );
  }
  return value;
}

function fitted(at: readonly number[], ratio: (cell: number) => number, cells: number) {
  // Least squares on centred places; a zone is two-dimensional enough for the two slopes to be told apart one by one.
  const xs = at.map((cell) => (cell % cells) / cells - 0.5);
  const ys = at.map((cell) => Math.floor(cell / cells) / cells - 0.5);
  const zs = at.map(ratio);
  const [mx, my, mz] = [mean(xs), mean(ys), mean(zs)];
  let [xx, yy, xy, xz, yz] = [1e-6, 1e-6, 0, 0, 0];
  for (let i = 0; i < at.length; i++) {
    const [x, y, z] = [(xs[i] as number) - mx, (ys[i] as number) - my, (zs[i] as number) - mz];
    xx += x * x;
    yy += y * y;
    xy += x * y;
    xz += x * z;
    yz += y * z;
  }
  const det = xx * yy - xy * xy;
  const across = det < 1e-9 ? 0 : (xz * yy - yz * xy) / det;
  const down = det < 1e-9 ? 0 : (yz * xx - xz * xy) / det;
  return { base: mz - across * mx - down * my, across, down };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

export type Region = { readonly cells: number; readonly box: readonly [number, number, number, number] };

/** The largest set of marked cells that touch one another; its box in cells. */
export function largestRegion(marked: Uint8Array, cells: number): Region | undefined {
  const left = Uint8Array.from(marked);
  let best: Region | undefined;
  for (let start = 0; start < left.length; start++) {
    if (left[start] !== 1) continue;
    const region = flooded(left, start, cells);
    if (best === undefined || region.cells > best.cells) best = region;
  }
  return best;
}

function flooded(left: Uint8Array, start: number, cells: number): Region {
  const open = [start];
  left[start] = 0;
  let [count, x0, y0, x1, y1] = [0, cells, cells, 0, 0];
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const [x, y] = [cell % cells, Math.floor(cell / cells)];
    count++;
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
    const around = [x > 0 ? cell - 1 : -1, x < cells - 1 ? cell + 1 : -1, cell - cells, cell + cells];
    for (const next of around) {
      if (left[next] !== 1) continue;
      left[next] = 0;
      open.push(next);
    }
  }
  return { cells: count, box: [x0, y0, x1 - x0 + 1, y1 - y0 + 1] };
}

/** A box of cells as a box of the picture. */
export function onPicture([x, y, w, h]: Region['box'], cells: number, points: Lookout['points']): Box {
  const [left, top, width, height] = boxOf(points);
  return [left + (x / cells) * width, top + (y / cells) * height, (w / cells) * width, (h / cells) * height];
}
