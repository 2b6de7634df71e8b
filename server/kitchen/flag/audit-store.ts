// Questions about audits: with which chance a frame was drawn, and what people are asked about.
import { eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { auditDraws } from './flag-tables.ts';

export type AuditDraw = typeof auditDraws.$inferSelect;

/** Undefined for a flag that is no audit, and for audits of before every kind was asked about. */
export function auditDrawOf(db: Db, flagId: number): AuditDraw | undefined {
  return db.orm.select().from(auditDraws).where(eq(auditDraws.flagId, flagId)).get();
}
