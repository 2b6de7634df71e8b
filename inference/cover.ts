// The largest smooth patch of a frame: what a hand, a cloth, paint or a sticker over the lens looks like.

import type { SmallCopy } from './small-copy.ts';

export interface Patch {
  /** Share of the frame, 0…1. */
  readonly share: number;
  /** Mean grey level of the patch. */
  readonly brightness: number;
  /** Mean standard deviation inside its tiles: near 0 for paint and stickers, more for a wall or a sky. */
  readonly texture: number;
}

const tile = 8;
/** A tile is smooth when its grey levels differ no more than this (standard deviation). */
const maxTexture = 4;
/** Neighbouring tiles belong together when their means are this close. */
const maxStep = 4;
/** Grey levels between neighbours that noise and compression do not reach. */
const minDetail = 6;

export function largestPatch(copy: SmallCopy): Patch {
  const tiles = tilesOf(copy);
  const seen = new Uint8Array(tiles.mean.length);
  let best: Patch = { share: 0, brightness: 0, texture: 0 };
  for (let start = 0; start < tiles.mean.length; start++) {
    if (seen[start] || (tiles.texture[start] as number) > maxTexture) continue;
    const patch = flood(tiles, seen, start);
    if (patch.share > best.share) best = patch;
  }
  return best;
}

/** Share of the pixels that differ from a neighbour by more than noise does: what is left of a scene. */
export function detailShare({ width, height, grey }: SmallCopy): number {
  let found = 0;
  let looked = 0;
  for (let y = 0; y < height - 1; y += 2) {
    for (let at = y * width; at < y * width + width - 1; at += 2) {
      const value = grey[at] as number;
      const across = Math.abs(value - (grey[at + 1] as number));
      const down = Math.abs(value - (grey[at + width] as number));
      if (across >= minDetail || down >= minDetail) found++;
      looked++;
    }
  }
  return looked > 0 ? found / looked : 0;
}

interface Tiles {
  readonly columns: number;
  readonly mean: Float32Array;
  readonly texture: Float32Array;
}

function tilesOf(copy: SmallCopy): Tiles {
  const columns = Math.max(1, Math.floor(copy.width / tile));
  const rows = Math.max(1, Math.floor(copy.height / tile));
  const tiles = { columns, mean: new Float32Array(columns * rows), texture: new Float32Array(columns * rows) };
  for (let index = 0; index < tiles.mean.length; index++) measureTile(tiles, index, copy);
  return tiles;
}

function measureTile({ columns, mean, texture }: Tiles, index: number, { width, height, grey }: SmallCopy): void {
  const left = (index % columns) * tile;
  const top = Math.floor(index / columns) * tile;
  const right = Math.min(width, left + tile);
  const bottom = Math.min(height, top + tile);
  let sum = 0;
  let squares = 0;
  for (let y = top; y < bottom; y++) {
    for (let at = y * width + left; at < y * width + right; at++) {
      const value = grey[at] as number;
      sum += value;
      squares += value * value;
    }
  }
  const count = (right - left) * (bottom - top);
  mean[index] = sum / count;
  texture[index] = Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

function flood({ columns, mean, texture }: Tiles, seen: Uint8Array, start: number): Patch {
  const waiting = [start];
  seen[start] = 1;
  let count = 0;
  let brightness = 0;
  let roughness = 0;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    count++;
    brightness += mean[at] as number;
    roughness += texture[at] as number;
    const column = at % columns;
    for (const next of [column > 0 ? at - 1 : -1, column < columns - 1 ? at + 1 : -1, at - columns, at + columns]) {
      if (next < 0 || next >= mean.length || seen[next] || (texture[next] as number) > maxTexture) continue;
      if (Math.abs((mean[next] as number) - (mean[at] as number)) > maxStep) continue;
      seen[next] = 1;
      waiting.push(next);
    }
  }
  return { share: count / mean.length, brightness: brightness / count, texture: roughness / count };
}
