// What is sent to merge two codes, and to take that back.
import { z } from 'zod';

const reason = z.string().trim().min(1).max(1_000);

/** `code`: any spelling of the lot whose code is given up. */
export const mergeSchema = z.object({ code: z.string().trim().min(1).max(2_048), reason });
export const undoneSchema = z.object({ reason });
