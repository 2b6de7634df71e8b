// Questions about verdicts: those of a flag that still stand, the last ones of a reviewer, pairs for agreement.
import { and, asc, desc, eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { JudgedPair } from './agreement.ts';
import { verdicts } from './flag-tables.ts';

export type Verdict = typeof verdicts.$inferSelect;

const longestMemory = 1000;
const mostPairs = 500;

/** In the order they were given, without those taken back. */
export function standingVerdicts(db: Db, flagId: number): Verdict[] {
  const all = db.orm
    .select()
    .from(verdicts)
    .where(eq(verdicts.flagId, flagId))
    .orderBy(asc(verdicts.id))
    .limit(100)
    .all();
  const undone = new Set(all.map((verdict) => verdict.undoes));
  return all.filter((verdict) => verdict.decision !== 'undone' && !undone.has(verdict.id));
}

export function verdictByKey(db: Db, by: number, key: string): Verdict | undefined {
  return db.orm
    .select()
    .from(verdicts)
    .where(and(eq(verdicts.by, by), eq(verdicts.key, key)))
    .get();
}

/** The newest first, without those taken back. At most a thousand. */
export function lastVerdictsBy(db: Db, by: number, limit = longestMemory): Verdict[] {
  const all = db.orm.select().from(verdicts).where(eq(verdicts.by, by)).orderBy(desc(verdicts.id)).limit(limit).all();
  const undone = new Set(all.map((verdict) => verdict.undoes));
  return all.filter((verdict) => verdict.decision !== 'undone' && !undone.has(verdict.id));
}

/** First and blind verdict of flags that two people judged without knowing; of everyone, or of one reviewer. */
export function judgedPairs(db: Db, by?: number): JudgedPair[] {
  const mine = by === undefined ? '' : 'AND (a.by = @by OR b.by = @by)';
  const rows = db.sqlite
    .prepare(
      `SELECT a.decision AS first, b.decision AS second FROM flag f
        JOIN verdict a ON a.flag_id = f.id AND a.stage = 'first' AND a.decision <> 'undone'
        JOIN verdict b ON b.flag_id = f.id AND b.stage = 'blind' AND b.decision <> 'undone'
      WHERE f.second = 'done' AND a.seen = 1 AND b.seen = 1 ${mine}
        AND NOT EXISTS (SELECT 1 FROM verdict u WHERE u.undoes IN (a.id, b.id))
      ORDER BY f.at DESC LIMIT ${mostPairs}`,
    )
    .all(by === undefined ? {} : { by }) as { first: string; second: string }[];
  return rows.map(({ first, second }) => [first, second]);
}
