// What the API routes of model packs do, for the OpenAPI document; the shapes they read and answer.
import { z } from 'zod';
import type { Operations } from '../../http/openapi.ts';
import { setLimits, setSources, setStates } from './pack-set.ts';

const tag = 'packs';
const fraction = z.number().min(0).max(1);

export const shadowSchema = z.object({
  share: fraction.default(0.2).describe('Share of live frames it also looks at; judged pictures it looks at anyway'),
});
export const promotionSchema = z.object({ reason: z.string().max(setLimits.longestReason) });
export const rollBackSchema = z.object({ reason: z.string().max(setLimits.longestReason).default('') });
export const thresholdsSchema = z.object({
  thresholds: z.record(z.string().max(200), fraction).describe('`<pack> <violation>` → the score from which it counts'),
  note: z.string().max(setLimits.longestNote).default(''),
});

const packAnswer = z.object({
  name: z.string(),
  version: z.string(),
  task: z.string(),
  sha256: z.string().describe('Of the model, as flags keep it'),
  manifestSha256: z.string(),
});

export const setAnswer = z.object({
  id: z.int(),
  digest: z.string(),
  source: z.enum(setSources),
  state: z.enum(setStates),
  note: z.string(),
  addedAt: z.int().describe('unix ms'),
  fault: z.string().nullable().describe('Why it could not be opened the last time'),
  shadow: z.object({
    share: z.number(),
    since: z.int().nullable(),
    looked: z.int(),
    leftOut: z.int(),
    failed: z.int(),
  }),
  packs: z.array(packAnswer),
});

const stepAnswer = z.object({
  setId: z.int(),
  at: z.int(),
  by: z.int().nullable(),
  kind: z.string(),
  reason: z.string().nullable(),
  insteadOf: z.int().nullable(),
});

export const packOperations: Operations = {
  'GET /api/packs': {
    summary: 'Every set of model packs, newest first, and what happened to them',
    tag,
    answer: z.object({ sets: z.array(setAnswer), steps: z.array(stepAnswer) }),
  },
  'POST /api/packs': {
    summary: 'Add a candidate: .json and .onnx files, or a zip of them; refused with every fault of every pack',
    tag,
    bodyType: 'multipart/form-data',
    answer: setAnswer,
    status: 201,
  },
  'POST /api/packs/thresholds': {
    summary: 'Add the active packs with other thresholds as a candidate',
    tag,
    body: thresholdsSchema,
    answer: setAnswer,
    status: 201,
  },
  'GET /api/packs/:id': { summary: 'One set', tag, answer: setAnswer },
  'GET /api/packs/:id/comparison': {
    summary: 'The set against the active one: judged pictures, load, cost, calibration, disagreements',
    tag,
  },
  'POST /api/packs/:id/shadow': {
    summary: 'Run the set in shadow beside the active one; another set in shadow steps back',
    tag,
    body: shadowSchema,
    answer: setAnswer,
  },
  'DELETE /api/packs/:id/shadow': { summary: 'End its shadow run; what it saw is kept', tag, answer: setAnswer },
  'POST /api/packs/:id/promotion': {
    summary: 'Put the set in use, with a reason; frames on their way are finished by the set before',
    tag,
    body: promotionSchema,
    answer: setAnswer,
  },
  'POST /api/packs/rollback': {
    summary: 'Go back to the set that the active one replaced',
    tag,
    body: rollBackSchema,
    answer: setAnswer,
  },
};
