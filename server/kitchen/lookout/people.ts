// Where people are on a frame: bodies and heads as the models saw them. Nobody is recognised.

import type { Measured } from '../../../inference/colours.ts';
import { kindOfLabel, knowsHeads } from '../../../inference/head-boxes.ts';
import type { Box, Detection, ModelPack, PackName } from '../../../inference/types.ts';
import { type Dress, dressOf } from './dress.ts';

export type SeenPerson = {
  readonly part: 'head' | 'body';
  readonly box: Box;
  readonly score: number;
  /** Shorter side, in pixels of the picture as it came. */
  readonly px: number;
} & Dress;

/**
 * From which score on a person is believed to be one. On renders, bins and boxes reach .63 as bodies and .51 as heads, and
 * 19 of 20 bodies score more than .72.
 */
const sureFrom = { body: 0.65, head: 0.55 } as const;

export function isSure({ part, score }: SeenPerson): boolean {
  return score >= sureFrom[part];
}

const mostKept = 40;
const flameLabel = /flame|fire/;

/** Undefined when no pack that looked knows flames. */
export function flamesOn(reading: Looked, packs: readonly ModelPack[]): { box: Box; score: number }[] | undefined {
  if (!looks(reading, packs, (labels) => labels.some((label) => flameLabel.test(label)))) return undefined;
  return reading.detections.flatMap(({ label, box, score }) => (flameLabel.test(label) ? [{ box, score }] : []));
}

type Looked = {
  readonly detections: readonly Detection[];
  readonly packs: readonly PackName[];
  readonly measured?: Measured | undefined;
};

function looks(reading: Looked, packs: readonly ModelPack[], knows: (labels: readonly string[]) => boolean): boolean {
  const looked = new Set(reading.packs.map(({ name }) => name));
  return packs.some(({ name, labels }) => looked.has(name) && knows(labels));
}

/** Undefined when no pack that looked knows people: then nobody can say that the place was empty. */
export function peopleOn(reading: Looked, packs: readonly ModelPack[]): SeenPerson[] | undefined {
  if (!looks(reading, packs, knowsHeads)) return undefined;
  return reading.detections
    .flatMap(({ label, box, score, sizePx, of }, index): SeenPerson[] => {
      // What was read from a crop says more of a head that is known already.
      const part = of === undefined ? kindOfLabel(label) : undefined;
      if (part === undefined) return [];
      return [{ part, box, score, px: sizePx ?? 0, ...dressOf(reading, index) }];
    })
    .slice(0, mostKept);
}
