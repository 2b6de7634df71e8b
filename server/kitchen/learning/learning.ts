// What learning from a kitchen's verdicts is: its states and stages, how much it needs, and what it tells at the end.
import { z } from 'zod';
import type { Gain } from './gain.ts';

export const newLearningSchema = z.object({ kitchen: z.string().min(1).max(200).describe('Site id of the kitchen') });

export const learningStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

export const learningStages = ['embedding', 'fitting', 'measuring'] as const;
export type LearningStage = (typeof learningStages)[number];

/** Why nothing came of it. */
export const learningFaults = [
  /** Too few verdicts on boxes that a pack could learn from. */
  'too_few',
  /** On verdicts kept aside, no fit agreed with people more than the pack in use. */
  'no_better',
  /** The last layer of no pack can be tuned alone. */
  'no_layer',
  /** Whoever asked may not manage packs any more. */
  'asker_gone',
  /** A data set measures on this kitchen. */
  'held_out',
  /** The candidate was refused by the checks that every pack passes. */
  'refused',
  /** The process that learns ended, three times. */
  'broken',
] as const;
export type LearningFault = (typeof learningFaults)[number];

export const learningLimits = {
  /** Judged boxes to learn from, and later ones to measure on. */
  leastLearnt: 30,
  leastLater: 15,
  /** Of each answer, confirmed and cleared, among those learnt from. */
  leastOfEach: 5,
  /** The kitchen's newest frames, and the newest of other kitchens. */
  mostFrames: 800,
  mostElsewhere: 150,
  /** Crops in one fit. */
  mostCrops: 900,
  mostTries: 3,
  /** Live frames the candidate also sees. */
  shadowShare: 0.2,
} as const;

export type LearntLine = {
  readonly violation: string;
  readonly thresholdFrom: number;
  readonly thresholdTo: number;
  /** On the kitchen's later frames, which nothing was learnt from. */
  readonly later: Gain;
  /** On judged frames of other kitchens. */
  readonly elsewhere: Gain;
};

export type LearntPack = {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Judged boxes it was fitted to. */
  readonly boxes: number;
  readonly lines: readonly LearntLine[];
};

export type LearningResult = { readonly packs: readonly LearntPack[] };
