// What an administrator answers to a proposed threshold.
import { z } from 'zod';

export const thresholdDecisionSchema = z
  .object({
    decision: z.enum(['taken', 'dismissed', 'undone']),
    proposed: z.coerce.number().min(0).max(1).optional().describe('The threshold as it was shown; not for undone'),
  })
  .refine(({ decision, proposed }) => decision === 'undone' || proposed !== undefined, {
    path: ['proposed'],
    message: 'Which threshold?',
  });
