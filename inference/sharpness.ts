// How steep the strongest edges of a small grey copy are: what tells a blurred picture from one that is merely plain.

import type { SmallCopy } from './small-copy.ts';

/** Half the width, in pixels of the small copy, over which an edge is looked at. */
const reach = 4;
/** Weaker steps than this are noise. */
const minStep = 16;
/** Share of the edges that counts, strongest first: a face in front of a soft background is a sharp picture. */
const strongest = 0.3;
const minEdges = 40;

/**
 * The steepness of the strongest edges, upper quartile, 0…1: the largest step between neighbours over the whole step
 * across the edge. 1 is a knife edge; a Gaussian blur of 2 px (10 px at 1080p) leaves 0.21. Undefined without edges.
 */
export function sharpness(copy: SmallCopy): number | undefined {
  const edges = findEdges(copy);
  let needed = Math.max(minEdges, Math.floor(edges.count * strongest));
  if (edges.count < minEdges) return undefined;
  const kept = new Uint32Array(101);
  let total = 0;
  for (let step = 255; step >= minStep && needed > 0; step--) {
    for (let ratio = 0; ratio <= 100; ratio++) {
      const count = edges.table[step * 101 + ratio] as number;
      kept[ratio] = (kept[ratio] as number) + count;
      total += count;
      needed -= count;
    }
  }
  return quantile(kept, total, 0.75) / 100;
}

interface Edges {
  readonly count: number;
  /** Number of edges by step (0…255) and steepness in hundredths (0…100). */
  readonly table: Uint32Array;
}

function findEdges({ width, height, grey }: SmallCopy): Edges {
  const table = new Uint32Array(256 * 101);
  let count = 0;
  const look = (at: number, along: number): void => {
    const step = Math.abs((grey[at + reach * along] as number) - (grey[at - reach * along] as number));
    if (step < minStep) return;
    let steepest = 0;
    for (let k = at - reach * along; k < at + reach * along; k += along) {
      const rise = Math.abs((grey[k + along] as number) - (grey[k] as number));
      if (rise > steepest) steepest = rise;
    }
    const ratio = Math.min(100, Math.round((100 * steepest) / step));
    table[step * 101 + ratio] = (table[step * 101 + ratio] as number) + 1;
    count++;
  };
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const at = y * width + x;
      if (x >= reach && x < width - reach) look(at, 1);
      if (y >= reach && y < height - reach) look(at, width);
    }
  }
  return { count, table };
}

function quantile(histogram: Uint32Array, total: number, share: number): number {
  let seen = 0;
  for (let value = 0; value < histogram.length; value++) {
    seen += histogram[value] as number;
    if (seen > share * total) return value;
  }
  return histogram.length - 1;
}
