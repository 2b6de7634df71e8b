// Questions about verdicts: those of a flag that still stand, the last ones of a reviewer, pairs for agreement.
import { and, asc, desc, eq, isNull, ne, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Db } from '../../store/db.ts';
import type { JudgedPair } from './agreement.ts';
import { verdicts } from './flag-tables.ts';

export type Verdict = typeof verdicts.$inferSelect;

const longestMemory = 1000;
const mostStanding = 100;
const mostPairs = 500;

/** In the order they were given, without those taken back. */
export function standingVerdicts(db: Db, flagId: number): Verdict[] {
  return standing(db, eq(verdicts.flagId, flagId)).orderBy(asc(verdicts.id)).limit(mostStanding).all().map(bare);
}

export function verdictByKey(db: Db, by: number, key: string): Verdict | undefined {
  return db.orm
    .select()
    .from(verdicts)
    .where(and(eq(verdicts.by, by), eq(verdicts.key, key)))
    .get();
}

/** The reviewer's last verdict that stands: neither an undoing nor undone since, however many steps were taken back. */
export function lastVerdictBy(db: Db, by: number): Verdict | undefined {
  return standing(db, eq(verdicts.by, by)).orderBy(desc(verdicts.id)).limit(1).all().map(bare)[0];
}

const later = alias(verdicts, 'later');

/** Verdicts that no later one undoes; what was taken back, however often, never pushes one out of a bound. */
function standing(db: Db, which: SQL) {
  return db.orm
    .select({ verdict: verdicts })
    .from(verdicts)
    .leftJoin(later, eq(later.undoes, verdicts.id))
    .where(and(which, ne(verdicts.decision, 'undone'), isNull(later.id)))
    .$dynamic();
}

function bare({ verdict }: { readonly verdict: Verdict }): Verdict {
  return verdict;
}

/** The newest first, without those taken back. At most a thousand. */
export function lastVerdictsBy(db: Db, by: number): Verdict[] {
  return standing(db, eq(verdicts.by, by)).orderBy(desc(verdicts.id)).limit(longestMemory).all().map(bare);
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
