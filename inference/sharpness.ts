// How steep the strongest edges of a small grey copy are: what tells a blurred picture from one that is merely plain.

import type { SmallCopy } from './small-copy.ts';

/** Half the width, in pixels of the small copy, over which an edge is looked at. */
const reach = 4;
/** Weaker steps than this are noise. */
const minStep = 16;
/** Share of the edges that counts, strongest first: a face in front of a soft background is a sharp picture. */
const strongest = 0.3;
const minEdges = 100;

/**
 * The steepness of the strongest edges, upper quartile, 0…1: the largest step between neighbours over the whole step
 * across the edge. 1 is a knife edge; a Gaussian blur of 2 px (12 px at 1080p) leaves 0.21. Four directions are measured
 * and the softest counts, because a swinging camera leaves the edges along its swing sharp. Undefined without edges.
 */
export function sharpness(copy: SmallCopy): number | undefined {
  const { width } = copy;
  const found = [1, width, width + 1, width - 1].map((along) => steepness(copy, along));
  const known = found.filter((value) => value !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}

/** `along` is the distance in memory to the next pixel in the direction looked at. */
function steepness(copy: SmallCopy, along: number): number | undefined {
  const edges = findEdges(copy, along);
  if (edges.count < minEdges) return undefined;
  const kept = new Uint32Array(101);
  const wanted = Math.max(minEdges, edges.count * strongest);
  let total = 0;
  for (let step = 255; step >= minStep && total < wanted; step--) {
    for (let ratio = 0; ratio <= 100; ratio++) {
      const count = edges.table[step * 101 + ratio] as number;
      kept[ratio] = (kept[ratio] as number) + count;
      total += count;
    }
  }
  return quantile(kept, total, 0.75) / 100;
}

interface Edges {
  readonly count: number;
  /** Number of edges by step (0…255) and steepness in hundredths (0…100). */
  readonly table: Uint32Array;
}

function findEdges(copy: SmallCopy, along: number): Edges {
  const { width, height } = copy;
  const table = new Uint32Array(256 * 101);
  // Every third pixel of every third row says the same as all of them; small pictures need more of theirs.
  const stride = width * height > 30_000 ? 3 : 2;
  let count = 0;
  for (let y = reach; y < height - reach; y += stride)
    count += edgesInRow(copy.grey, y * width, width, along, stride, table);
  return { count, table };
}

/** Books the edges of the row that begins at `start`; returns how many there are. */
function edgesInRow(
  grey: Uint8Array,
  start: number,
  width: number,
  along: number,
  stride: number,
  table: Uint32Array,
): number {
  const half = reach * along;
  let count = 0;
  for (let at = start + reach; at < start + width - reach; at += stride) {
    const step = Math.abs((grey[at + half] as number) - (grey[at - half] as number));
    if (step < minStep) continue;
    let steepest = 0;
    for (let k = at - half; k < at + half; k += along) {
      const rise = Math.abs((grey[k + along] as number) - (grey[k] as number));
      if (rise > steepest) steepest = rise;
    }
    const ratio = Math.min(100, Math.round((100 * steepest) / step));
    table[step * 101 + ratio] = (table[step * 101 + ratio] as number) + 1;
    count++;
  }
  return count;
}

function quantile(histogram: Uint32Array, total: number, share: number): number {
  let seen = 0;
  for (let value = 0; value < histogram.length; value++) {
    seen += histogram[value] as number;
    if (seen > share * total) return value;
  }
  return histogram.length - 1;
}
