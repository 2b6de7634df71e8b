// Why a flag was asked for, and which flags were asked for because of something.
import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { flagCauses } from './cause-tables.ts';

export type FlagCause = typeof flagCauses.$inferSelect;

const mostCauses = 10;

/** The first first. */
export function causesOf(db: Db, flagId: number): FlagCause[] {
  return db.orm
    .select()
    .from(flagCauses)
    .where(eq(flagCauses.flagId, flagId))
    .orderBy(asc(flagCauses.at))
    .limit(mostCauses)
    .all();
}
