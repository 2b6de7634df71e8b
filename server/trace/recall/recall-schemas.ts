// What is sent to start a recall.
import { z } from 'zod';

export const optionalText = z.string().trim().max(2_000).optional();

export const recallEndSchema = z.object({
  note: z.string().trim().min(1).max(2_000),
  /** `accept` ends it although a holder is silent or goods are unaccounted for. */
  open: z.enum(['refuse', 'accept']).default('refuse'),
});

export const newRecallSchema = z.object({
  /** Any spelling of the lot's code. */
  code: z.string().trim().min(1).max(2_048),
  reason: z.string().trim().min(1).max(2_000),
  reasonEn: optionalText,
  advice: optionalText,
  adviceEn: optionalText,
  /** 1 may kill or maim, 2 may harm, 3 is wrongly labelled (食品召回管理办法: 一级、二级、三级). */
  grade: z.coerce.number().int().min(1).max(3).optional(),
  /** Within how many hours holders answer. */
  hours: z.coerce.number().min(1).max(720).default(24),
});
