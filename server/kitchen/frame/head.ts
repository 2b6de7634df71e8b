// Where heads are on a picture, so that faces can be blurred. Nobody is recognised.
import type { Box, Detection } from '../../../inference/types.ts';

const headLabel = /head|face|mask|hat|hair/;
const personLabel = /person|people|worker|cook/;
// The head of a standing person is about the top sixth of the box; a quarter also covers who bends.
const headShare = 0.25;

// Below this a pan is as likely as a head; rather a pan too many than a face too few.
const leastScore = 0.2;

/** Where heads are on a picture: the head boxes, and the top of every person without one. */
export function headBoxes(detections: readonly Detection[]): Box[] {
  const sure = detections.filter((seen) => seen.score >= leastScore);
  const heads = sure.filter((seen) => headLabel.test(seen.label)).map((seen) => seen.box);
  const people = sure.filter((seen) => personLabel.test(seen.label)).map((seen) => seen.box);
  const headless = people.filter((person) => !heads.some((head) => within(head, person)));
  return [...distinct(heads), ...headless.map(([x, y, w, h]): Box => [x, y, w, h * headShare])];
}

function within(head: Box, person: Box): boolean {
  const [x, y] = [head[0] + head[2] / 2, head[1] + head[3] / 2];
  return x >= person[0] && x <= person[0] + person[2] && y >= person[1] && y <= person[1] + person[3];
}

/** A head that several packs spoke of is one head. */
function distinct(boxes: readonly Box[]): Box[] {
  return [...new Map(boxes.map((box) => [box.join(), box])).values()];
}
