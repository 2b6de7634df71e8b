// Where people are on a frame: bodies and heads as the models saw them. Nobody is recognised.
import { kindOfLabel, knowsHeads } from '../../../inference/head-boxes.ts';
import type { Box, Detection, ModelPack, PackName } from '../../../inference/types.ts';

export type SeenPerson = {
  readonly part: 'head' | 'body';
  readonly box: Box;
  readonly score: number;
  /** Shorter side, in pixels of the picture as it came. */
  readonly px: number;
};

const mostKept = 40;

/** Undefined when no pack that looked knows people: then nobody can say that the place was empty. */
export function peopleOn(
  reading: { readonly detections: readonly Detection[]; readonly packs: readonly PackName[] },
  packs: readonly ModelPack[],
): SeenPerson[] | undefined {
  const looked = new Set(reading.packs.map(({ name }) => name));
  if (!packs.some(({ name, labels }) => looked.has(name) && knowsHeads(labels))) return undefined;
  return reading.detections
    .flatMap(({ label, box, score, sizePx, of }) => {
      // What was read from a crop says more of a head that is known already.
      const part = of === undefined ? kindOfLabel(label) : undefined;
      return part === undefined ? [] : [{ part, box, score, px: sizePx ?? 0 }];
    })
    .slice(0, mostKept);
}
