// What an appeal and the decisions on an order and on an appeal look like, for form and API.
import { z } from 'zod';
import { idempotencyKey as key } from '../../http/input.ts';

export const orderDecisionSchema = z.object({
  decision: z.enum(['accepted', 'returned']),
  note: z.string().max(500).optional(),
  key,
});
export const appealSchema = z.object({ text: z.string().trim().min(4).max(1000) });
export const planSchema = z.object({ text: z.string().trim().min(4).max(500) });
export const appealDecisionSchema = z.object({
  decision: z.enum(['upheld', 'overturned']),
  note: z.string().trim().min(2).max(500),
});
