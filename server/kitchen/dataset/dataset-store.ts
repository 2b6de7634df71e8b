// Questions about data sets: one by id, the last ones, those whose file has been kept long enough, kitchens to choose from.

import { join } from 'node:path';
import { and, desc, eq, isNull, lt } from 'drizzle-orm';
import { accounts } from '../../accounts/tables.ts';
import type { Config } from '../../config.ts';
import type { Db } from '../../store/db.ts';
import { mostKitchens } from './dataset.ts';
import { datasetExports } from './dataset-tables.ts';

export type DatasetExport = typeof datasetExports.$inferSelect;
export type NamedExport = DatasetExport & {
  readonly askedByName: string;
  readonly askedByNameEn: string | null;
};

export const shownExports = 20;
const removedAtOnce = 20;

export function datasetById(db: Db, id: number): DatasetExport | undefined {
  return db.orm.select().from(datasetExports).where(eq(datasetExports.id, id)).get();
}

/** The newest first. */
export function lastDatasets(db: Db): NamedExport[] {
  const rows = db.orm
    .select({ row: datasetExports, askedByName: accounts.name, askedByNameEn: accounts.nameEn })
    .from(datasetExports)
    .innerJoin(accounts, eq(accounts.id, datasetExports.askedBy))
    .orderBy(desc(datasetExports.id))
    .limit(shownExports)
    .all();
  return rows.map(({ row, ...names }) => ({ ...row, ...names }));
}

/** Asked for since, and neither done nor refused; an older one is given up and hinders nobody. */
export function unfinishedDatasets(db: Db, since: number): number {
  return db.sqlite
    .prepare(`SELECT count(*) FROM dataset_export WHERE state IN ('waiting', 'running') AND asked_at >= ?`)
    .pluck()
    .get(since) as number;
}

/** Finished before `before` and with their file still there. */
export function oldDatasets(db: Db, before: number): DatasetExport[] {
  const where = and(
    eq(datasetExports.state, 'done'),
    isNull(datasetExports.goneAt),
    lt(datasetExports.endedAt, before),
  );
  return db.orm.select().from(datasetExports).where(where).limit(removedAtOnce).all();
}

export type JudgedKitchen = {
  readonly siteId: string;
  readonly name: string;
  readonly nameEn: string | null;
  /** Flags a person has decided on. */
  readonly judged: number;
};

/** Kitchens with flags that were decided, most first. */
export function judgedKitchens(db: Db): JudgedKitchen[] {
  return db.sqlite
    .prepare(
      `SELECT r.site_id AS siteId, r.name, r.name_en AS nameEn, count(*) AS judged FROM flag f JOIN restaurant r ON r.id = f.restaurant_id
        WHERE f.status <> 'open' GROUP BY r.id ORDER BY judged DESC, r.id LIMIT ${mostKitchens}`,
    )
    .all() as JudgedKitchen[];
}

export function datasetPath({ dataDir }: Pick<Config, 'dataDir'>, id: number): string {
  return join(dataDir, 'datasets', `judged-${id}.zip`);
}
