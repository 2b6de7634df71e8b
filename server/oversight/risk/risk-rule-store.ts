// The rule that is in force, and how it came to be.
import { desc } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { firstRule, type RiskRule } from './risk.ts';
import { riskRules } from './risk-tables.ts';

const mostChanges = 50;

/** Number 0 is the rule of the house, until somebody changes it. */
export function ruleInForce(db: Db): { readonly id: number; readonly rule: RiskRule } {
  const row = db.orm.select().from(riskRules).orderBy(desc(riskRules.id)).limit(1).get();
  return row === undefined ? { id: 0, rule: firstRule } : { id: row.id, rule: row.rule };
}

/** The newest first. */
export function ruleChanges(db: Db): { readonly id: number; readonly reason: string; readonly at: number }[] {
  const { id, reason, at } = riskRules;
  return db.orm.select({ id, reason, at }).from(riskRules).orderBy(desc(id)).limit(mostChanges).all();
}
