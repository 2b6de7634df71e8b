// What a data set made of verdicts is: what may be asked for, its limits, its classes, and the sums told of it.
import { z } from 'zod';
import { lookoutViolationIds, violationIds } from '../violation/violation-kinds.ts';
import type { JudgedFrame } from './judged-frame.ts';

export const mostPictures = 10_000;
export const mostKitchens = 2000;
/** One zip without its 64-bit form; what is beyond is left out and said. */
export const mostBytes = 3 * 1024 ** 3;
/** A finished file is kept this long: it holds pictures that retention would remove. */
export const keepFileDays = 7;

const moment = z.int().min(0);

export const datasetRequestSchema = z.strictObject({
  /** Frames seen from this moment on, unix ms. */
  from: moment.optional(),
  /** Up to, and without. */
  to: moment.optional(),
  /** Site ids; every kitchen when left out. */
  siteIds: z.array(z.string().min(1).max(80)).min(1).max(mostKitchens).optional(),
  faces: z.enum(['blurred', 'as-seen']).default('blurred'),
});

export type DatasetRequest = z.infer<typeof datasetRequestSchema>;

export const sides = ['train', 'val'] as const;
export type Side = (typeof sides)[number];

/** Why nothing can be made of what was asked for. */
export const datasetFaults = ['no_frames', 'one_kitchen', 'no_pictures'] as const;
export type DatasetFault = (typeof datasetFaults)[number];

export class DatasetRefused extends Error {
  readonly code: DatasetFault;
  constructor(code: DatasetFault) {
    super(refusals[code]);
    this.name = 'DatasetRefused';
    this.code = code;
  }
}

const refusals: Readonly<Record<DatasetFault, string>> = {
  no_frames: 'Nobody has judged a frame of these kitchens in these days: judge some on the desk, or ask for more days.',
  one_kitchen:
    'Judged frames of one kitchen alone cannot be divided: a kitchen stands on one side only. Judge frames of a second kitchen.',
  no_pictures:
    'On one side no picture is left: retention removed them, or all are in doubt. Ask for later days or more kitchens.',
};

export type AnswerCount = { readonly present: number; readonly absent: number; readonly unsure: number };

export type DatasetSums = {
  readonly pictures: Readonly<Record<Side, number>>;
  readonly kitchens: Readonly<Record<Side, number>>;
  /** Boxes written, by violation. */
  readonly boxes: Readonly<Record<string, Readonly<Record<Side, number>>>>;
  /** Answers on the pictures that are in it, by violation. */
  readonly answers: Readonly<Record<string, AnswerCount>>;
  readonly verdicts: number;
  /** Unix ms of the oldest and the newest frame. */
  readonly from: number | null;
  readonly to: number | null;
  /** Judged, but not in it: removed by retention, all in doubt, only about the lens, shown by kitchens of both sides, beyond the limit. */
  readonly leftOut: Readonly<Record<LeftOut, number>>;
};

export const leftOutKinds = ['gone', 'unsure', 'not_learnt', 'both_sides', 'beyond_limit'] as const;
export type LeftOut = (typeof leftOutKinds)[number];

const lensFault = 'camera_fault';
const unlearnable: readonly string[] = [lensFault, ...lookoutViolationIds];

/** Measured, or true of a place and a time alone: no class that a picture could teach. */
export function isLearnt(violation: string): boolean {
  return !unlearnable.includes(violation);
}

export function isLensFault(violation: string): boolean {
  return violation === lensFault;
}

/** Every known violation in a fixed order, then those that a pack of somebody's own brought along: a class keeps its number. */
export function datasetClasses(frames: readonly Pick<JudgedFrame, 'answers'>[]): string[] {
  const known: readonly string[] = violationIds.filter(isLearnt);
  const strangers = new Set(frames.flatMap(({ answers }) => answers.map(({ violation }) => violation)));
  return [...known, ...[...strangers].filter((id) => !known.includes(id) && isLearnt(id)).sort()];
}
