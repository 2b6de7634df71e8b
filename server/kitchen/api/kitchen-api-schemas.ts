// The shapes of the kitchen's API: read by the routes, and written into the OpenAPI document.
import { z } from 'zod';
import { idempotencyKey as key } from '../../http/input.ts';
import { streamWarnings } from '../camera/stream-advice.ts';
import { givenDecisions } from '../flag/decision.ts';
import { orderStates } from '../order/rectification.ts';

const fraction = z.number().min(0).max(1);
const boxSchema = z
  .tuple([fraction, fraction, fraction, fraction])
  .describe('x, y, width, height as fractions, origin top left');

const decision = z.enum(givenDecisions);
const visibleMs = z.coerce.number().int().min(0).max(86_400_000).optional();
const kindId = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);
const violation = kindId.optional();

/** `decision`, or `verdict` as the form's button is named. */
export const verdictSchema = z
  .object({
    decision: decision.optional(),
    verdict: decision.optional(),
    violation,
    kinds: z.array(kindId).max(40).optional().describe('Of a whole frame: every kind that it shows'),
    ms: visibleMs,
    key,
  })
  .refine((body) => body.decision !== undefined || body.verdict !== undefined, {
    path: ['decision'],
    message: 'One of confirmed, cleared, unsure.',
  });

export const missedSchema = z.object({
  at: z.int().positive().describe('The time of the frame, unix ms'),
  violation: kindId,
});

export const verdictAnswer = z.object({
  flagId: z.int(),
  verdictId: z.int(),
  status: z.string(),
  orderId: z.int().optional().describe('The rectification order that stands now'),
});

const names = z.object({ name: z.string(), nameEn: z.string().nullable() });

export const flagAnswer = z.object({
  id: z.int(),
  violation: z.string(),
  names: z.object({ zh: z.string(), en: z.string() }),
  experimental: z.boolean(),
  status: z.string(),
  at: z.int().describe('unix ms'),
  restaurant: names.extend({ id: z.int(), siteId: z.string() }),
  camera: z.object({ id: z.int(), place: z.string(), placeEn: z.string().nullable() }),
  box: boxSchema,
  zone: z.string().nullable(),
  score: z.number().optional().describe('Left out until decided: whoever judges is not told how sure the model is'),
  picture: z.string().describe('An address that opens for a few minutes'),
});

export const flagListAnswer = z.object({
  flags: z.array(flagAnswer),
  next: z.int().nullable().describe('Give this as `before` for the next page'),
});

export const cameraAnswer = z.object({
  id: z.int(),
  siteId: z.string(),
  place: z.string(),
  placeEn: z.string().nullable(),
  kind: z.string(),
  sampleEverySeconds: z.number(),
  state: z.string(),
  lastFrameAt: z.int().nullable(),
  lastFault: z.string().nullable(),
});

export const cameraTestAnswer = z.object({
  ok: z.boolean(),
  at: z.int(),
  picture: z.string().optional(),
  faults: z.array(z.string()).optional(),
  stream: z
    .object({
      width: z.int(),
      height: z.int(),
      codec: z.string().optional(),
      framesPerSecond: z.number().optional(),
      keyframeMs: z.number().optional(),
      keyframeOverMs: z.number().optional().describe('No second key frame came within so long'),
      clockOffsetMs: z.number().optional().describe('How far the camera’s clock is ahead of the server’s'),
      headsUpToMetres: z.number().describe('Up to how far a head has 32 pixels, by a lens of 90°'),
      warnings: z.array(z.enum(streamWarnings)),
    })
    .optional(),
  fault: z.string().optional(),
  exact: z.string().optional().describe('For administrators alone'),
});

export const orderAnswer = z.object({
  id: z.int(),
  number: z.string(),
  state: z.enum(orderStates),
  violation: z.string(),
  restaurant: names.extend({ siteId: z.string() }),
  flagId: z.int(),
  issuedAt: z.int(),
  dueAt: z.int(),
  overdue: z.boolean(),
  closedAt: z.int().nullable(),
});

export const restaurantAnswer = names.extend({ id: z.int(), siteId: z.string(), score: z.int() });

export const classifyAnswer = z.object({
  detections: z.array(z.object({ label: z.string(), score: z.number(), box: boxSchema })),
  violations: z.array(z.object({ id: z.string(), score: z.number(), box: boxSchema })),
  check: z.object({ ok: z.boolean() }).loose(),
  ms: z.record(z.string(), z.number()),
});
