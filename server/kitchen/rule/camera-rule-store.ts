// Questions about changes of a camera's rules: the last one, and who made it.
import { desc, eq } from 'drizzle-orm';
import { accounts } from '../../accounts/tables.ts';
import type { Db } from '../../store/db.ts';
import { cameraRuleChanges } from './rule-tables.ts';

export type CameraRuleChange = typeof cameraRuleChanges.$inferSelect & {
  readonly byName: string;
  readonly byNameEn: string | null;
};

const longestHistory = 12;

export function lastRuleChange(db: Db, cameraId: number): CameraRuleChange | undefined {
  return ruleChanges(db, cameraId)[0];
}

/** The newest first. */
export function ruleChanges(db: Db, cameraId: number): CameraRuleChange[] {
  const rows = db.orm
    .select({ change: cameraRuleChanges, byName: accounts.name, byNameEn: accounts.nameEn })
    .from(cameraRuleChanges)
    .innerJoin(accounts, eq(accounts.id, cameraRuleChanges.by))
    .where(eq(cameraRuleChanges.cameraId, cameraId))
    .orderBy(desc(cameraRuleChanges.id))
    .limit(longestHistory)
    .all();
  return rows.map(({ change, ...names }) => ({ ...change, ...names }));
}

export function ruleChange(db: Db, id: number): typeof cameraRuleChanges.$inferSelect | undefined {
  return db.orm.select().from(cameraRuleChanges).where(eq(cameraRuleChanges.id, id)).get();
}
