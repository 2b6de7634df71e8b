// Compares a frame with the one before and with the view the camera should show: how much changed, did it move.

import type { SmallCopy } from './small-copy.ts';

export const viewWidth = 64;
export const viewHeight = 36;
const cells = viewWidth * viewHeight;

/** How far a view is looked for, in cells. */
const maxShiftX = 20;
const maxShiftY = 12;
/** Gradients are divided by their size plus this, so that light and shade count little and edges much. */
const softening = 12;
/** Above this likeness of edges the camera stands where it stood; measured on fixed scenes with people walking. */
const sameView = 0.35;
/** A shifted view must match at least this well, and this much better than the unshifted one, to count as found. */
const foundView = 0.4;
const foundGain = 0.15;

/** 64 × 36 grey levels, whatever the frame's own shape. */
export function viewOf(copy: SmallCopy): Uint8Array {
  const view = new Uint8Array(cells);
  for (let y = 0; y < viewHeight; y++) {
    for (let x = 0; x < viewWidth; x++) view[y * viewWidth + x] = cellMean(copy, x, y);
  }
  return view;
}

export interface Difference {
  /** Mean difference, 0…255. */
  readonly mean: number;
  /** Largest difference of one cell once the light of the whole frame is levelled out. */
  readonly largest: number;
  /** Cells that differ clearly, as a share. */
  readonly share: number;
}

export function difference(a: Uint8Array, b: Uint8Array): Difference {
  let sum = 0;
  let signed = 0;
  for (let index = 0; index < cells; index++) {
    const delta = (a[index] as number) - (b[index] as number);
    signed += delta;
    sum += Math.abs(delta);
  }
  const light = signed / cells;
  let largest = 0;
  let clear = 0;
  for (let index = 0; index < cells; index++) {
    const delta = Math.abs((a[index] as number) - (b[index] as number) - light);
    if (delta > largest) largest = delta;
    if (delta > 8) clear++;
  }
  return { mean: sum / cells, largest, share: clear / cells };
}

/** 0 in place, 0…1 moved by that share of the width, 1 when the expected view is not found anywhere near. */
export function shiftOf(now: Uint8Array, expected: Uint8Array): number {
  const a = edgesOf(now);
  const b = edgesOf(expected);
  const inPlace = likeness(a, b, 0, 0);
  if (inPlace >= sameView) return 0;
  let best = { value: inPlace, x: 0, y: 0 };
  for (let y = -maxShiftY; y <= maxShiftY; y++) {
    for (let x = -maxShiftX; x <= maxShiftX; x++) {
      const value = likeness(a, b, x, y);
      if (value > best.value) best = { value, x, y };
    }
  }
  if (best.value < foundView || best.value < inPlace + foundGain) return 1;
  return Math.hypot(best.x / viewWidth, ((best.y / viewHeight) * 9) / 16);
}

/** The same of two views as a signature keeps them; undefined where one of them is none. */
export function shiftBetween(now: string, expected: string): number | undefined {
  const [a, b] = [viewOfText(now), viewOfText(expected)];
  return a === undefined || b === undefined ? undefined : shiftOf(a, b);
}

/** Undefined for what is not a view of ours: a signature is only remembered, never trusted. */
export function viewOfText(text: string | undefined): Uint8Array | undefined {
  const view = text ? Buffer.from(text, 'base64') : undefined;
  return view?.length === cells ? view : undefined;
}

interface ViewEdges {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

function edgesOf(view: Uint8Array): ViewEdges {
  const edges = { x: new Float32Array(cells), y: new Float32Array(cells) };
  for (let y = 1; y < viewHeight - 1; y++) {
    for (let x = 1; x < viewWidth - 1; x++) {
      const at = y * viewWidth + x;
      const across = (view[at + 1] as number) - (view[at - 1] as number);
      const down = (view[at + viewWidth] as number) - (view[at - viewWidth] as number);
      const size = Math.hypot(across, down) + softening;
      edges.x[at] = across / size;
      edges.y[at] = down / size;
    }
  }
  return edges;
}

/** Correlation of signed edges over the part both show when `b` is shifted by (x, y), −1…1. */
function likeness(a: ViewEdges, b: ViewEdges, shiftX: number, shiftY: number): number {
  let product = 0;
  let squaresA = 1e-6;
  let squaresB = 1e-6;
  for (let y = Math.max(1, 1 + shiftY); y < Math.min(viewHeight - 1, viewHeight - 1 + shiftY); y++) {
    for (let x = Math.max(1, 1 + shiftX); x < Math.min(viewWidth - 1, viewWidth - 1 + shiftX); x++) {
      const at = y * viewWidth + x;
      const from = at - shiftY * viewWidth - shiftX;
      const ax = a.x[at] as number;
      const ay = a.y[at] as number;
      const bx = b.x[from] as number;
      const by = b.y[from] as number;
      product += ax * bx + ay * by;
      squaresA += ax * ax + ay * ay;
      squaresB += bx * bx + by * by;
    }
  }
  return product / Math.sqrt(squaresA * squaresB);
}

function cellMean({ width, height, grey }: SmallCopy, cellX: number, cellY: number): number {
  const left = Math.floor((cellX * width) / viewWidth);
  const right = Math.max(left + 1, Math.floor(((cellX + 1) * width) / viewWidth));
  const top = Math.floor((cellY * height) / viewHeight);
  const bottom = Math.max(top + 1, Math.floor(((cellY + 1) * height) / viewHeight));
  let sum = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) sum += grey[y * width + x] as number;
  }
  return Math.round(sum / ((right - left) * (bottom - top)));
}
