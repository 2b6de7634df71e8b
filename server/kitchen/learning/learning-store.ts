// Questions about learning from verdicts: one run, the last ones, the unfinished, the kitchens that could be learnt from.
import { desc, eq, inArray } from 'drizzle-orm';
import { accounts } from '../../accounts/tables.ts';
import type { Db } from '../../store/db.ts';
import { packLearnings } from './learning-tables.ts';

export type PackLearning = typeof packLearnings.$inferSelect;
export type NamedLearning = PackLearning & {
  readonly askedByName: string;
  readonly kitchen: string;
  readonly kitchenEn: string | null;
};

const shownRuns = 10;
const shownKitchens = 50;

export function learningById(db: Db, id: number): PackLearning | undefined {
  return db.orm.select().from(packLearnings).where(eq(packLearnings.id, id)).get();
}

/** The one that waits or runs; there is never a second. */
export function unfinishedLearning(db: Db): PackLearning | undefined {
  return db.orm
    .select()
    .from(packLearnings)
    .where(inArray(packLearnings.state, ['waiting', 'running']))
    .get();
}

/** The newest first. */
export function lastLearnings(db: Db): NamedLearning[] {
  const rows = db.orm
    .select({ row: packLearnings, askedByName: accounts.name })
    .from(packLearnings)
    .innerJoin(accounts, eq(accounts.id, packLearnings.askedBy))
    .orderBy(desc(packLearnings.id))
    .limit(shownRuns)
    .all();
  const names = db.sqlite.prepare('SELECT name, name_en AS nameEn FROM restaurant WHERE site_id = ?');
  return rows.map(({ row, askedByName }) => {
    const kitchen = names.get(row.siteId) as { name: string; nameEn: string | null } | undefined;
    return { ...row, askedByName, kitchen: kitchen?.name ?? row.siteId, kitchenEn: kitchen?.nameEn ?? null };
  });
}

export type LearnableKitchen = {
  readonly siteId: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly confirmed: number;
  readonly cleared: number;
};

/** Kitchens with flags of the eye that people decided on, most first. Frames of the audit teach nothing: they measure. */
export function learnableKitchens(db: Db): LearnableKitchen[] {
  return db.sqlite
    .prepare(
      `SELECT r.site_id AS siteId, r.name, r.name_en AS nameEn,
          sum(f.status = 'confirmed') AS confirmed, sum(f.status = 'cleared') AS cleared
        FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        WHERE f.status IN ('confirmed', 'cleared') AND f.audit = 0
        GROUP BY r.id ORDER BY count(*) DESC, r.id LIMIT ${shownKitchens}`,
    )
    .all() as LearnableKitchen[];
}
