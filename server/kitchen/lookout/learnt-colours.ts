// Which colours three pictures of the right clothes show, and whether the pictures agree. The pictures themselves are not kept.
import { type ClothesColour, clothesColours } from '../camera/lookout.ts';
import type { SeenPerson } from './people.ts';
import type { TopColours } from './top-colour.ts';

export const picturesShown = 3;

export type LearntColours = {
  readonly colours: readonly ClothesColour[];
  /** `differ`: they show different clothes, and a person has to say which are right. `unseen`: on one of them nobody was found. */
  readonly outcome: 'agree' | 'differ' | 'unseen';
  /** The main colour of each picture and its share; undefined where nobody was found. */
  readonly pictures: readonly ({ readonly colour: ClothesColour; readonly share: number } | undefined)[];
};

/** A quarter of a coat is an apron or a collar and belongs to it; less is a shadow or the wall. */
const wornFrom = 0.25;
const leastPx = { body: 40, head: 20 } as const;

/** Of the largest person on a picture; undefined where nobody is large enough. */
export function wornBy(people: readonly SeenPerson[], part: SeenPerson['part']): TopColours | undefined {
  const [largest] = people
    .filter((person) => person.part === part && person.px >= leastPx[part] && person.top !== undefined)
    .sort((a, b) => b.px - a.px);
  return largest?.top;
}

export function learntColours(worn: readonly (TopColours | undefined)[]): LearntColours {
  const seen = worn.filter((top) => top !== undefined);
  const pictures = worn.map((top) => (top === undefined ? undefined : mainOf(top)));
  const colours = clothesColours.filter(
    (colour) => seen.filter((top) => (top[colour] ?? 0) >= wornFrom).length * 2 > worn.length,
  );
  if (seen.length < picturesShown) return { colours, outcome: 'unseen', pictures };
  const agrees = pictures.every((main) => main !== undefined && colours.includes(main.colour));
  return { colours, outcome: agrees ? 'agree' : 'differ', pictures };
}

function mainOf(top: TopColours): { colour: ClothesColour; share: number } {
  return clothesColours
    .map((colour) => ({ colour, share: top[colour] ?? 0 }))
    .reduce((most, each) => (each.share > most.share ? each : most));
}
