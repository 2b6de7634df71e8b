// Makes another set the one that looks, or goes back to the one before; the eye follows without losing a frame.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { setLimits } from './pack-set.ts';
import { activePackSet, type PackSet, packSetById, stepsOfPackSet } from './pack-store.ts';
import { packSets } from './pack-tables.ts';
import { addStep, movable } from './start-shadow.ts';

type PromoteDeps = Pick<Deps, 'db' | 'clock'>;

/** Throws Problem: no such set, it is active already, or a reason that says nothing. */
export function promotePackSet(deps: PromoteDeps, by: Caller | null, setId: number, reason: string): void {
  const why = reason.trim();
  if (why.length < setLimits.shortestReason || why.length > setLimits.longestReason) {
    throw new Problem('invalid_input', {
      faults: [{ place: '/reason', code: 'missing', detail: 'Say why, in 4 to 500 characters.' }],
    });
  }
  writeTransaction(deps.db, () => {
    const set = movable(deps.db, setId, 'active');
    if (set.state === 'active') throw new Problem('conflict', { detail: 'This set is active already.' });
    activate(deps, { set, by: by?.id ?? null, kind: 'promoted', reason: why });
  });
}

/** The set that the active one replaced; undefined when nobody ever promoted it. */
export function packSetBefore(db: Deps['db']): PackSet | undefined {
  const active = activePackSet(db);
  if (active === undefined) return undefined;
  const promoted = stepsOfPackSet(db, active.id).find(({ kind }) => kind === 'promoted');
  return promoted?.insteadOf == null ? undefined : packSetById(db, promoted.insteadOf);
}

/** Throws Problem('conflict') when there is nothing to go back to. */
export function rollBackPackSet(deps: PromoteDeps, by: Caller | null, reason: string): PackSet {
  return writeTransaction(deps.db, () => {
    const set = packSetBefore(deps.db);
    if (set === undefined) throw new Problem('conflict', { detail: 'The active set replaced none.' });
    const why = reason.trim().slice(0, setLimits.longestReason);
    activate(deps, { set, by: by?.id ?? null, kind: 'rolled_back', reason: why === '' ? null : why });
    return set;
  });
}

/** The active set could not be opened: `set` looks on, and the reason stays with the other. */
export function fallBackTo(deps: PromoteDeps, set: PackSet, reason: string): void {
  writeTransaction(deps.db, () => {
    const broken = activePackSet(deps.db);
    activate(deps, { set, by: null, kind: 'fell_back', reason });
    if (broken !== undefined && broken.id !== set.id)
      deps.db.orm.update(packSets).set({ fault: reason }).where(eq(packSets.id, broken.id)).run();
  });
}

type Activation = {
  readonly set: PackSet;
  readonly by: number | null;
  readonly kind: 'promoted' | 'rolled_back' | 'fell_back';
  readonly reason: string | null;
};

/** Inside a transaction: the active one retires, this one looks. */
export function activate(deps: PromoteDeps, { set, by, kind, reason }: Activation): void {
  const before = activePackSet(deps.db);
  if (before !== undefined)
    deps.db.orm.update(packSets).set({ state: 'retired' }).where(eq(packSets.id, before.id)).run();
  deps.db.orm.update(packSets).set({ state: 'active', fault: null }).where(eq(packSets.id, set.id)).run();
  addStep(deps, { setId: set.id, by, kind, reason, insteadOf: before?.id });
}
