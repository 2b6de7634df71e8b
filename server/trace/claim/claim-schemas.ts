// What a word about a claim is sent as.
import { z } from 'zod';

export const claimDecisionSchema = z.object({ verdict: z.enum(['confirm', 'deny']) });

const mostAsked = 50;

/** `events`: hash URIs with commas between. */
export const claimStatesSchema = z.object({
  events: z
    .string()
    .max(mostAsked * 100)
    .transform((text) => text.split(',').filter((hash) => /^ni:\/\/\/sha-256;[0-9a-f]{64}\?ver=CBV2\.0$/.test(hash)))
    .refine((hashes) => hashes.length > 0 && hashes.length <= mostAsked),
});
