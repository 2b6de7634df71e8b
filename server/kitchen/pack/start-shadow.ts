// Puts a candidate beside the active set, takes it away again, or sets it aside for good.
import { eq, sql } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import type { Db } from '../../store/db.ts';
import { writeTransaction } from '../../store/db.ts';
import { nextStates, type SetState, type SetStepKind } from './pack-set.ts';
import { type PackSet, packSetById, shadowPackSet } from './pack-store.ts';
import { packSetSteps, packSets } from './pack-tables.ts';

type StepDeps = Pick<Deps, 'db' | 'clock'>;

/** `share` of live frames, 0…1; at 0 it looks at judged pictures alone. Another set in shadow steps back. Throws Problem. */
export function startShadow(deps: StepDeps, by: Caller | null, setId: number, share: number): void {
  if (!(share >= 0 && share <= 1)) {
    throw new Problem('invalid_input', {
      faults: [{ place: '/share', code: 'range', detail: 'A share lies between 0 and 1.' }],
    });
  }
  writeTransaction(deps.db, () => {
    const set = movable(deps.db, setId, 'shadow');
    const before = shadowPackSet(deps.db);
    if (before !== undefined && before.id !== setId) leaveShadow(deps, by?.id ?? null, before, null);
    const at = deps.clock();
    deps.db.orm
      .update(packSets)
      .set({
        state: 'shadow',
        shadowShare: share,
        shadowSince: set.state === 'shadow' ? set.shadowSince : at,
        fault: null,
      })
      .where(eq(packSets.id, setId))
      .run();
    addStep(deps, { setId, by: by?.id ?? null, kind: 'shadow_started', reason: `${share}` });
  });
}

/** What it saw is kept. `reason` is given where the program ends it. Throws Problem. */
export function endShadow(deps: StepDeps, by: Caller | null, setId: number, reason: string | null = null): void {
  writeTransaction(deps.db, () => {
    const set = packSetById(deps.db, setId);
    if (set === undefined) throw new Problem('not_found');
    if (set.state !== 'shadow') throw new Problem('conflict', { detail: 'This set is not in shadow.' });
    leaveShadow(deps, by?.id ?? null, set, reason);
  });
}

/** It is offered no more; what it saw stays. Throws Problem. */
export function retirePackSet(deps: StepDeps, by: Caller | null, setId: number): void {
  writeTransaction(deps.db, () => {
    const set = movable(deps.db, setId, 'retired');
    if (set.state === 'active') throw new Problem('conflict', { detail: 'The active set can only be replaced.' });
    deps.db.orm.update(packSets).set({ state: 'retired' }).where(eq(packSets.id, setId)).run();
    addStep(deps, { setId, by: by?.id ?? null, kind: 'retired', reason: null });
  });
}

/** Frames it left out since the last time. */
export function countLeftOut(db: Db, setId: number, leftOut: number, failed: number): void {
  db.orm
    .update(packSets)
    .set({ leftOut: sql`${packSets.leftOut} + ${leftOut}`, failed: sql`${packSets.failed} + ${failed}` })
    .where(eq(packSets.id, setId))
    .run();
}

function leaveShadow(deps: StepDeps, by: number | null, set: PackSet, reason: string | null): void {
  deps.db.orm.update(packSets).set({ state: 'candidate', fault: reason }).where(eq(packSets.id, set.id)).run();
  addStep(deps, { setId: set.id, by, kind: 'shadow_ended', reason });
}

/** The set, if it may go there from where it is. */
export function movable(db: Db, setId: number, to: SetState): PackSet {
  const set = packSetById(db, setId);
  if (set === undefined) throw new Problem('not_found');
  if (set.state !== to && !nextStates[set.state].includes(to))
    throw new Problem('conflict', { detail: `A set that is ${set.state} does not become ${to}.` });
  return set;
}

export type NewStep = {
  readonly setId: number;
  readonly by: number | null;
  readonly kind: SetStepKind;
  readonly reason: string | null;
  readonly insteadOf?: number | undefined;
};

/** The step and its ledger entry, inside the caller's transaction. */
export function addStep({ db, clock }: StepDeps, { setId, by, kind, reason, insteadOf }: NewStep): void {
  const at = clock();
  db.orm
    .insert(packSetSteps)
    .values({ setId, at, by, kind, reason, insteadOf: insteadOf ?? null })
    .run();
  appendEntry(db, { kind: 'pack-set', subject: `pack-set/${setId}`, body: { kind, by, reason, insteadOf }, at });
}
