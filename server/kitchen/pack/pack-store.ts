// Questions about sets of packs: all of them, the one that looks, the one in shadow, what happened to each.
import { asc, desc, eq, inArray, sql } from 'drizzle-orm';
import { accounts } from '../../accounts/tables.ts';
import type { Db } from '../../store/db.ts';
import { setLimits } from './pack-set.ts';
import { packSetMembers, packSetSteps, packSets, packVersions } from './pack-tables.ts';

export type PackVersion = typeof packVersions.$inferSelect;
export type PackSetRow = typeof packSets.$inferSelect;
export type PackSet = PackSetRow & { readonly packs: readonly PackVersion[] };

export type PackSetStep = typeof packSetSteps.$inferSelect & { readonly byName: string | null };

const longestHistory = 100;

/** Every set, the newest first. */
export function allPackSets(db: Db): PackSet[] {
  const rows = db.orm.select().from(packSets).orderBy(desc(packSets.id)).limit(setLimits.mostSets).all();
  return withPacks(db, rows);
}

export function packSetById(db: Db, id: number): PackSet | undefined {
  return withPacks(db, db.orm.select().from(packSets).where(eq(packSets.id, id)).all())[0];
}

export function packSetByDigest(db: Db, digest: string): PackSet | undefined {
  return withPacks(db, db.orm.select().from(packSets).where(eq(packSets.digest, digest)).all())[0];
}

/** The set that looks at frames; undefined before the first start. */
export function activePackSet(db: Db): PackSet | undefined {
  return withPacks(db, db.orm.select().from(packSets).where(eq(packSets.state, 'active')).all())[0];
}

/** The set that looks beside it. */
export function shadowPackSet(db: Db): PackSet | undefined {
  return withPacks(db, db.orm.select().from(packSets).where(eq(packSets.state, 'shadow')).all())[0];
}

/** The set that came with the program last. */
export function shippedPackSet(db: Db): PackSet | undefined {
  const rows = db.orm
    .select()
    .from(packSets)
    .where(eq(packSets.source, 'shipped'))
    .orderBy(desc(packSets.id))
    .limit(1)
    .all();
  return withPacks(db, rows)[0];
}

function withPacks(db: Db, rows: readonly PackSetRow[]): PackSet[] {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const members = db.orm
    .select({ setId: packSetMembers.setId, version: packVersions })
    .from(packSetMembers)
    .innerJoin(packVersions, eq(packVersions.id, packSetMembers.versionId))
    .where(inArray(packSetMembers.setId, ids))
    .orderBy(asc(packVersions.name))
    .all();
  return rows.map((row) => ({
    ...row,
    packs: members.filter(({ setId }) => setId === row.id).map(({ version }) => version),
  }));
}

/** The newest first, of one set or of all. */
export function stepsOfPackSet(db: Db, setId?: number): PackSetStep[] {
  const rows = db.orm
    .select({ step: packSetSteps, byName: accounts.name })
    .from(packSetSteps)
    .leftJoin(accounts, eq(accounts.id, packSetSteps.by))
    .where(setId === undefined ? undefined : eq(packSetSteps.setId, setId))
    .orderBy(desc(packSetSteps.id))
    .limit(longestHistory)
    .all();
  return rows.map(({ step, byName }) => ({ ...step, byName }));
}

/** The step by which a set became active the last time. */
export function activatedBy(db: Db, setId: number): PackSetStep | undefined {
  return stepsOfPackSet(db, setId).find(({ kind }) => activating.has(kind));
}

const activating: ReadonlySet<string> = new Set(['promoted', 'rolled_back', 'fell_back']);

export function countPackSets(db: Db): number {
  return db.orm.select({ n: sql<number>`count(*)` }).from(packSets).get()?.n ?? 0;
}
