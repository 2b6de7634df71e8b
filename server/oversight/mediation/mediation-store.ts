// Where a settlement stands, its steps, and those that are overdue.
import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { Party, Standing } from './mediation.ts';
import { mediationSteps, mediations } from './mediation-tables.ts';

export type Mediation = Standing & { readonly complaintId: number; readonly dueAt: number | null };
export type MediationStep = typeof mediationSteps.$inferSelect;

const mostSteps = 200;

export function mediationOf(db: Db, complaintId: number): Mediation | undefined {
  const row = db.orm.select().from(mediations).where(eq(mediations.complaintId, complaintId)).get();
  if (row === undefined) return undefined;
  const { stage, dueAt, offerBy, shopSigned, complainantSigned, joined } = row;
  return {
    complaintId,
    stage,
    dueAt,
    offerBy,
    shopSigned: shopSigned === 1,
    complainantSigned: complainantSigned === 1,
    joined: joined === 1,
  };
}

/** The first first. */
export function mediationStepsOf(db: Db, complaintId: number): MediationStep[] {
  const { id } = mediationSteps;
  return db.orm
    .select()
    .from(mediationSteps)
    .where(eq(mediationSteps.complaintId, complaintId))
    .orderBy(asc(id))
    .limit(mostSteps)
    .all();
}

/** Those whose shop or signatures are overdue; the oldest first, at most a hundred. */
export function lapsedMediations({ sqlite }: Db, now: number): { complaintId: number; awaited: Party }[] {
  return sqlite
    .prepare(
      `SELECT complaint_id AS complaintId, iif(stage = 'shop', 'shop', 'complainant') AS awaited FROM mediation
       WHERE stage IN ('shop', 'offer') AND due_at < ? ORDER BY due_at LIMIT 100`,
    )
    .all(now) as { complaintId: number; awaited: Party }[];
}
