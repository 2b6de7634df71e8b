// What is sent to start a recall.
import { z } from 'zod';

export const optionalText = z.string().trim().max(2_000).optional();

export const newRecallSchema = z.object({
  /** Any spelling of the lot's code. */
  code: z.string().trim().min(1).max(2_048),
  reason: z.string().trim().min(1).max(2_000),
  reasonEn: optionalText,
  advice: optionalText,
  adviceEn: optionalText,
  /** Within how many hours holders answer. */
  hours: z.coerce.number().min(1).max(720).default(24),
});
