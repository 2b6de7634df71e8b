// What is sent about a lot beside its registration: a laboratory test, the reason of a hold; and where its code is drawn.
import { z } from 'zod';

export const reasonSchema = z.object({ reason: z.string().trim().min(1).max(1_000) });

export const packSizeSchema = z.object({
  /** 箱, 袋, 份 … or a UN/CEFACT code. */
  pack: z.string().trim().min(1).max(20),
  holds: z.coerce.number(),
  unit: z.string().trim().min(1).max(20).default('KGM'),
  /** The GTIN printed on the pack itself; an empty field names none. */
  gtin: z
    .string()
    .trim()
    .max(40)
    .transform((said) => (said === '' ? undefined : said))
    .optional(),
});

export const labTestSchema = z.object({
  /** What was looked for. */
  subject: z.string().trim().min(1).max(200),
  result: z.enum(['passed', 'failed']),
  detail: z.string().trim().max(2_000).optional(),
  laboratory: z.string().trim().max(200).optional(),
  /** ISO 8601 with zone; now when left out. */
  testedAt: z.iso.datetime({ offset: true }).optional(),
});

export function qrPath(lotPublicPath: string): string {
  return `${lotPublicPath}/qr.svg`;
}
