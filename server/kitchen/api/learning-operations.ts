// What the API routes about learning from verdicts do, for the OpenAPI document.
import { z } from 'zod';
import type { Operations } from '../../http/openapi.ts';
import { cameraRulesSchema } from '../camera/camera.ts';
import { datasetAnswer, newDatasetSchema } from '../dataset/dataset-form.ts';
import { learningFaults, learningStages, learningStates, newLearningSchema } from '../learning/learning.ts';
import { thresholdDecisionSchema } from '../threshold/threshold-form.ts';

const tag = 'learning';

const point = z.object({
  threshold: z.number(),
  flagsPerDay: z.number(),
  realPerDay: z.number(),
  missedPerDay: z.number().describe('At most'),
  missedLow: z.number(),
  missedHigh: z.number(),
});

const thresholdAnswer = z.object({
  violation: z.string(),
  here: z.number(),
  house: z.number(),
  dismissed: z.boolean(),
  kind: z.enum(['refused', 'stays', 'proposed']),
  lacking: z.array(z.object({ what: z.string(), have: z.number(), need: z.number() })).optional(),
  proposed: z.number().optional(),
  figures: z.object({ now: point, after: point }).loose().optional(),
  curve: z.array(point).optional(),
});

const beforeAfter = z.object({ before: z.int(), after: z.int() });

const gain = z.object({
  boxes: z.int(),
  rightBefore: z.int(),
  rightAfter: z.int(),
  alarmsGone: z.int(),
  truthsLost: z.int(),
  gain: z.number().optional().describe('Share of boxes gained, -1 … 1'),
  ci95: z.array(z.number()).optional().describe('Its 95 % interval'),
});

const learningRun = z.object({
  id: z.int(),
  kitchen: z.string().describe('Site id'),
  askedAt: z.int().describe('unix ms'),
  endedAt: z.int().nullable(),
  state: z.enum(learningStates),
  stage: z.enum(learningStages).nullable(),
  done: z.int(),
  total: z.int(),
  fault: z.enum(learningFaults).nullable().describe('Why nothing came of it'),
  setId: z.int().nullable().describe('The candidate'),
  packs: z.array(
    z.object({
      name: z.string(),
      from: z.string(),
      to: z.string(),
      boxes: z.int(),
      lines: z.array(
        z.object({
          violation: z.string(),
          thresholdFrom: z.number(),
          thresholdTo: z.number(),
          later: gain.describe('On later frames of the kitchen, which nothing was learnt from'),
          elsewhere: gain.describe('On judged frames of other kitchens'),
        }),
      ),
    }),
  ),
});

export const learningOperations: Operations = {
  'GET /api/packs/learning': {
    summary: 'The last runs in which packs learnt from a kitchen’s verdicts, newest first',
    tag,
    answer: z.object({ runs: z.array(learningRun) }),
  },
  'POST /api/packs/learning': {
    summary: 'Let the packs learn from a kitchen’s verdicts; refused for a kitchen that data sets measure on',
    tag,
    body: newLearningSchema,
    answer: learningRun,
    status: 202,
  },
  'GET /api/packs/learning/:id': { summary: 'One run: how far it is, and what came of it', tag, answer: learningRun },
  'POST /api/packs/learning/:id/end': {
    summary: 'End it; the packs in use stay what they are',
    tag,
    answer: learningRun,
  },
  'GET /api/datasets': {
    summary: 'The last data sets made of judged frames',
    tag,
    answer: z.object({ datasets: z.array(datasetAnswer) }),
  },
  'POST /api/datasets': {
    summary: 'Make a data set of judged frames; a job writes it, and the reason is in the ledger',
    tag,
    body: newDatasetSchema,
    answer: datasetAnswer,
    status: 202,
  },
  'GET /api/datasets/:id': {
    summary: 'One data set: how far it is, and where its file lies',
    tag,
    answer: datasetAnswer,
  },
  'GET /api/cameras/:id/rules': {
    summary: 'Zones, thresholds, frames and hours of a camera',
    tag,
    answer: cameraRulesSchema,
  },
  'PUT /api/cameras/:id/rules': {
    summary: 'Set them; an owner sets zones alone, and leaves at least half the picture watched',
    tag,
    body: cameraRulesSchema,
    answer: cameraRulesSchema,
  },
  'POST /api/cameras/:id/rules/effect': {
    summary: 'What these rules would have shown on the last judged frames; nothing is written',
    tag,
    body: cameraRulesSchema,
    answer: z.object({
      tried: z.int(),
      lines: z.array(z.object({ violation: z.string(), real: beforeAfter, wrong: beforeAfter })),
    }),
  },
  'GET /api/cameras/:id/thresholds': {
    summary: 'What the verdicts propose for each violation watched at a camera, with its curve',
    tag,
    answer: z.object({ thresholds: z.array(thresholdAnswer) }),
  },
  'POST /api/cameras/:id/thresholds/:violation': {
    summary: 'Take or dismiss a proposed threshold, or undo the last such decision',
    tag,
    body: thresholdDecisionSchema,
    answer: thresholdAnswer,
  },
};
