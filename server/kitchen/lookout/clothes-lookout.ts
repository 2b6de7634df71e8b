// Work clothes in the colours a kitchen chose: somebody in the zone whose upper clothes show mostly others.
import { type ClothesColour, clothesColours, type Lookout } from '../camera/lookout.ts';
import { holdsPoint } from '../camera/zone.ts';
import { boxOf, type LookoutRule } from './lookout-rule.ts';
import { isSure, type SeenPerson } from './people.ts';
import type { TopColours } from './top-colour.ts';

/** Of the upper body. An apron, a scarf or a shadow is not a coat. */
const strangeFrom = 0.6;

/** Folds, shade and steam make the one of the other: neither is strange where its neighbour is chosen. */
const neighbours: Partial<Record<ClothesColour, readonly ClothesColour[]>> = {
  white: ['grey'],
  grey: ['white', 'black'],
  black: ['grey'],
};

export const clothesLookout: LookoutRule = {
  violation: 'no_uniform',
  threshold: strangeFrom,
  look({ people }, lookout) {
    const nothing = { score: 0, box: boxOf(lookout.points) };
    const inside = people?.filter((person) => counts(person, lookout));
    if (inside === undefined) return { ...nothing, answer: 'unknown' };
    const chosen = lookout.colours ?? [];
    // Nobody said what is right: then nothing is wrong.
    if (chosen.length === 0) return { ...nothing, answer: 'unknown' };
    const judged = inside
      .flatMap(({ box, top }) => (top === undefined ? [] : [{ box, score: strangeShare(top, chosen) }]))
      .sort((a, b) => b.score - a.score);
    const [strangest] = judged;
    if (strangest === undefined) return { ...nothing, answer: inside.length === 0 ? 'no' : 'unknown' };
    return { ...strangest, answer: strangest.score >= strangeFrom ? 'yes' : 'no' };
  },
};

function strangeShare(top: TopColours, chosen: readonly ClothesColour[]): number {
  const right = new Set(chosen.flatMap((colour) => [colour, ...(neighbours[colour] ?? [])]));
  return clothesColours.reduce((sum, colour) => sum + (right.has(colour) ? 0 : (top[colour] ?? 0)), 0);
}

function counts(person: SeenPerson, { points, leastPx }: Lookout): boolean {
  const { part, box, px } = person;
  if (part !== 'body' || !isSure(person) || px < leastPx) return false;
  return holdsPoint(points, box[0] + box[2] / 2, box[1] + box[3] / 2);
}
