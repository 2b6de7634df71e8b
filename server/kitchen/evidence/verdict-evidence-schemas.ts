// What a request for the evidence of a verdict looks like, for form and API.
import { z } from 'zod';

export const verdictEvidenceSchema = z.object({
  reason: z
    .string()
    .trim()
    .max(500)
    .optional()
    .describe('Why an inspector needs the flagged frame unblurred; it is written down'),
});
