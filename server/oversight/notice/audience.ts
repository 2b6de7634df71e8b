// Who a notice is for, as it is asked for: by kind of place, district, stock held now, grade, named places or people.
import { z } from 'zod';
import { roles } from '../../accounts/caller.ts';
import type { Db } from '../../store/db.ts';

export const gradeNames = ['A', 'B', 'C'] as const;
export type GradeName = (typeof gradeNames)[number];

const blankAsUnset = (value: unknown) => (value === '' || value === null ? undefined : value);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blankAsUnset, schema.optional());

/** Every criterion that is given has to hold. */
export const audienceSchema = z.object({
  /** Everybody of these roles, when nothing else is said: has to be asked for expressly. */
  everyone: optional(z.union([z.literal(true), z.literal('true'), z.literal('1')])),
  roles: z.array(z.enum(roles)).min(1).max(6).default(['owner', 'partner']),
  /** Kind of place: restaurant, canteen, wholesaler … */
  siteKind: optional(z.string().trim().max(60)),
  district: optional(z.coerce.number().int().positive()),
  /** The code of a lot, or of a product (GTIN or its own code): who holds it now. */
  holds: optional(z.string().trim().max(2_048)),
  grade: optional(z.enum(gradeNames)),
  sites: optional(z.array(z.string().max(200)).max(1_000)),
  accounts: optional(z.array(z.number().int().positive()).max(1_000)),
});
export type Audience = z.output<typeof audienceSchema>;

/** The sites of a grade, from the room that grades them; left out while nobody grades. */
export type SitesOfGrade = (db: Db, grade: GradeName) => readonly string[];

/** Whether it says whom it is for at all. */
export function saysWhom({ everyone, siteKind, district, holds, grade, sites, accounts }: Audience): boolean {
  return [everyone, siteKind, district, holds, grade, sites, accounts].some((each) => each !== undefined);
}
