// Which boxes are heads, so that faces can be made unrecognisable. Nobody is recognised.
import type { Box, Detection, HeadLook } from './types.ts';

const headLabel = /head|face|mask|hat|hair/;
const personLabel = /person|people|worker|cook/;
// The head of a standing person is about the top sixth of the box; a quarter also covers who bends.
const headShare = 0.25;

/** Below this a pan is as likely as a head; rather a pan too many than a face too few. Enlarged parts of a picture show more pans. */
export const leastHeadScore: Readonly<Record<HeadLook, number>> = { frame: 0.2, close: 0.3 };
/** A head smaller than this shows no face. */
const leastHeadPx = 6;

/** Whether a detector with these labels finds heads at all. */
export function knowsHeads(labels: readonly string[]): boolean {
  return labels.some((label) => headLabel.test(label) || personLabel.test(label));
}

/** Which part of a person a label speaks of. */
export function kindOfLabel(label: string): 'head' | 'body' | undefined {
  if (headLabel.test(label)) return 'head';
  return personLabel.test(label) ? 'body' : undefined;
}

/** The head boxes, and the top of every person without one. */
export function headBoxes(detections: readonly Detection[], look: HeadLook): Box[] {
  const sure = detections.filter(
    ({ score, sizePx = leastHeadPx }) => score >= leastHeadScore[look] && sizePx >= leastHeadPx,
  );
  const heads = sure.filter((seen) => headLabel.test(seen.label)).map((seen) => seen.box);
  const people = sure.filter((seen) => personLabel.test(seen.label)).map((seen) => seen.box);
  const headless = people.filter((person) => !heads.some((head) => within(head, person)));
  return distinct([...heads, ...headless.map(([x, y, w, h]): Box => [x, y, w, h * headShare])]);
}

function within(head: Box, person: Box): boolean {
  const [x, y] = [head[0] + head[2] / 2, head[1] + head[3] / 2];
  return x >= person[0] && x <= person[0] + person[2] && y >= person[1] && y <= person[1] + person[3];
}

/** A box that lies within another is covered by it. */
function distinct(boxes: readonly Box[]): Box[] {
  const largest = [...boxes].sort((a, b) => b[2] * b[3] - a[2] * a[3]);
  const kept: Box[] = [];
  for (const box of largest) if (!kept.some((other) => covers(other, box))) kept.push(box);
  return kept;
}

function covers([x, y, w, h]: Box, [ix, iy, iw, ih]: Box): boolean {
  return ix >= x && iy >= y && ix + iw <= x + w && iy + ih <= y + h;
}
