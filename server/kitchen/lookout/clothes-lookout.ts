// Work clothes in the colours a kitchen chose: somebody in the zone whose upper clothes show mostly others.
import { type ClothesColour, clothesColours, type Lookout } from '../camera/lookout.ts';
import { holdsPoint } from '../camera/zone.ts';
import { boxOf, type Look, type LookoutRule } from './lookout-rule.ts';
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
  look: ({ people }, lookout) =>
    strangest(
      people?.filter((person) => inZone(person, lookout)),
      lookout,
      strangeFrom,
    ),
};

/** Whoever of these shows most of colours that were not chosen. */
export function strangest(
  inside: readonly SeenPerson[] | undefined,
  lookout: Lookout,
  threshold: number,
): Look<unknown> {
  const chosen = lookout.colours ?? [];
  // Nobody said what is right: then nothing is wrong.
  return mostOf(inside, lookout, threshold, ({ top }) =>
    top === undefined || chosen.length === 0 ? undefined : strangeShare(top, chosen),
  );
}

/** The greatest share among those of whom it is known; where it is known of none of them, nobody can say. */
export function mostOf(
  inside: readonly SeenPerson[] | undefined,
  { points }: Lookout,
  threshold: number,
  shareOf: (person: SeenPerson) => number | undefined,
): Look<unknown> {
  const nothing = { score: 0, box: boxOf(points) };
  if (inside === undefined) return { ...nothing, answer: 'unknown' };
  const [most] = inside
    .flatMap((person) => ({ box: person.box, score: shareOf(person) }))
    .filter((known): known is { box: SeenPerson['box']; score: number } => known.score !== undefined)
    .sort((a, b) => b.score - a.score);
  if (most === undefined) return { ...nothing, answer: inside.length === 0 ? 'no' : 'unknown' };
  return { ...most, answer: most.score >= threshold ? 'yes' : 'no' };
}

function strangeShare(top: TopColours, chosen: readonly ClothesColour[]): number {
  const right = new Set(chosen.flatMap((colour) => [colour, ...(neighbours[colour] ?? [])]));
  return clothesColours.reduce((sum, colour) => sum + (right.has(colour) ? 0 : (top[colour] ?? 0)), 0);
}

/** A body that is surely one, large enough, with its middle in the zone. */
export function inZone(person: SeenPerson, { points, leastPx }: Lookout): boolean {
  const { part, box, px } = person;
  if (part !== 'body' || !isSure(person) || px < leastPx) return false;
  return holdsPoint(points, box[0] + box[2] / 2, box[1] + box[3] / 2);
}
