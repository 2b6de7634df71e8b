// What an administrator gives when asking for a data set: days as people write them, kitchens, faces, the reason.

import { z } from 'zod';
import { dayMs } from '../../clock.ts';
import { mostKitchens } from './dataset.ts';

const blankAsUnset = (value: unknown) => (value === '' ? undefined : value);

/** Midnight of a Beijing day, unix ms. */
const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .transform((text, context) => {
    const at = Date.parse(`${text}T00:00:00+08:00`);
    if (!Number.isNaN(at) && at >= 0) return at;
    context.addIssue({ code: 'custom', message: 'There is no such day.' });
    return z.NEVER;
  });

const site = z.string().min(1).max(80);

/** One schema for the form, the API and the OpenAPI document; `to` is a day that still counts. */
export const newDatasetSchema = z
  .object({
    from: z.preprocess(blankAsUnset, day.optional()),
    to: z.preprocess(blankAsUnset, day.optional()),
    kitchen: z.union([site, z.array(site).min(1).max(mostKitchens)]).optional(),
    faces: z.enum(['blurred', 'as-seen']).default('blurred'),
    reason: z.string().trim().min(4).max(500),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    message: 'Not before the first day.',
  })
  .transform(({ from, to, kitchen, faces, reason }) => ({
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to: to + dayMs }),
    ...(kitchen === undefined ? {} : { siteIds: [kitchen].flat() }),
    faces,
    reason,
  }));

export type NewDataset = z.output<typeof newDatasetSchema>;

export const datasetAnswer = z.object({
  id: z.int(),
  askedAt: z.int().describe('unix ms'),
  reason: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.int().describe('Pictures written so far'),
  total: z.int(),
  fault: z.string().nullable().describe('Why it came to nothing: no_frames, one_kitchen or no_pictures'),
  digest: z.string().nullable().describe('The same for the same judged frames'),
  bytes: z.int().nullable(),
  file: z.string().nullable().describe('Where the zip lies, for a week'),
});
