// What a word about a claim is sent as.
import { z } from 'zod';

export const claimDecisionSchema = z.object({ verdict: z.enum(['confirm', 'deny']) });
