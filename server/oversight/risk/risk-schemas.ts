// The shapes of risk over the API: read by the routes, and written into the OpenAPI document.
import { z } from 'zod';
import { grades, riskParts, tiers } from './risk.ts';

const mostAsked = 500;

export const riskQuery = z.object({
  kind: z.enum(['kitchen', 'supplier']).optional(),
  tier: z.enum(tiers).optional(),
  grade: z.enum(grades).optional(),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(mostAsked).default(100),
});

const place = z.object({
  site: z.string(),
  kind: z.string(),
  name: z.string(),
  score: z.number(),
  grade: z.enum(grades),
  tier: z.enum(tiers),
  visitBy: z.string(),
  scoredAt: z.string(),
  parts: z.array(
    z.object({
      part: z.enum(riskParts),
      points: z.number(),
      count: z.int(),
      events: z.array(z.object({ what: z.string(), at: z.string(), href: z.string() })),
    }),
  ),
});
export const riskListAnswer = z.object({ rule: z.int(), places: z.array(place) });
export const riskPlaceAnswer = place;
