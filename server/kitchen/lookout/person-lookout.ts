// Somebody where nobody may be, or when nobody may be there. Who it is nobody asks: a body or a head is enough.
import type { Box } from '../../../inference/types.ts';
import type { Lookout } from '../camera/lookout.ts';
import { holdsPoint } from '../camera/zone.ts';
import { boxOf, type LookoutRule } from './lookout-rule.ts';
import { isSure, type SeenPerson } from './people.ts';

/** What a flag calls the threshold: a surer head and a surer body are believed from different scores. */
const leastScore = 0.55;
/** A head is about so much narrower than its body: one smallest size serves both. */
const headsToBody = 2.5;

export const personLookout: LookoutRule = {
  violation: 'intrusion',
  threshold: leastScore,
  look({ people }, lookout) {
    if (people === undefined) return { answer: 'unknown', score: 0, box: boxOf(lookout.points) };
    const inside = people.filter((person) => counts(person, lookout)).sort((a, b) => b.score - a.score);
    const [surest] = inside;
    if (surest === undefined) return { answer: 'no', score: 0, box: boxOf(lookout.points) };
    return { answer: 'yes', score: surest.score, box: surest.box };
  },
};

function counts(person: SeenPerson, { points, leastPx }: Lookout): boolean {
  const { part, box, px } = person;
  if (!isSure(person) || px * (part === 'head' ? headsToBody : 1) < leastPx) return false;
  return placesOf(part, box).some(([x, y]) => holdsPoint(points, x, y));
}

/** A head stands for its own place; a body for its middle and for the floor it stands on. */
function placesOf(part: SeenPerson['part'], [x, y, w, h]: Box): (readonly [number, number])[] {
  const middle = [x + w / 2, y + h / 2] as const;
  return part === 'head' ? [middle] : [middle, [x + w / 2, y + h * 0.97]];
}
