// Hats in the colours a kitchen chose: somebody in the zone whose head shows mostly others, bare hair among them.
import type { Box } from '../../../inference/types.ts';
import type { Lookout } from '../camera/lookout.ts';
import { holdsPoint } from '../camera/zone.ts';
import { strangest } from './clothes-lookout.ts';
import type { LookoutRule } from './lookout-rule.ts';
import { isSure, type SeenPerson } from './people.ts';

/** Of the upper half of the head: half of it hair or another hat. */
const strangeFrom = 0.5;

export const hatLookout: LookoutRule = {
  violation: 'no_hat',
  threshold: strangeFrom,
  look: ({ people }, lookout) =>
    strangest(
      people?.filter((person) => counts(person, lookout)),
      lookout,
      strangeFrom,
    ),
};

function counts(person: SeenPerson, { points, leastPx }: Lookout): boolean {
  const { part, box, px } = person;
  if (part !== 'head' || !isSure(person) || px < leastPx) return false;
  return placesOf(box).some(([x, y]) => holdsPoint(points, x, y));
}

/** A zone is drawn round where people work: the head or the body under it lies there. */
function placesOf([x, y, w, h]: Box): (readonly [number, number])[] {
  return [
    [x + w / 2, y + h / 2],
    [x + w / 2, y + 3 * h],
  ];
}
