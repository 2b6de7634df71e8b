// An administrator lets the packs learn from a kitchen's verdicts, or ends it again.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { heldOutKitchens } from './held-out-store.ts';
import { learningLimits } from './learning.ts';
import { learnableKitchens, learningById, unfinishedLearning } from './learning-store.ts';
import { packLearnings } from './learning-tables.ts';

type AskDeps = Pick<Deps, 'db' | 'clock' | 'queue'>;

/** Returns its id; a job does the work. Throws Problem: one runs already, no such kitchen, too few verdicts. */
export function askLearning(deps: AskDeps, by: Caller, siteId: string): number {
  const { db, clock } = deps;
  const at = clock();
  return writeTransaction(db, () => {
    if (unfinishedLearning(db) !== undefined)
      throw new Problem('conflict', { detail: 'The packs are learning already; wait until that is done, or end it.' });
    const kitchen = learnableKitchens(db).find((each) => each.siteId === siteId);
    if (heldOutKitchens(db).has(siteId))
      throw new Problem('conflict', {
        detail:
          'This kitchen is held out: packs are measured on it, and nothing is learnt from it. Choose another one.',
      });
    const { leastLearnt, leastLater, leastOfEach } = learningLimits;
    if (kitchen === undefined || kitchen.confirmed + kitchen.cleared < leastLearnt + leastLater)
      throw new Problem('conflict', { detail: 'This kitchen has too few verdicts to learn from.' });
    if (Math.min(kitchen.confirmed, kitchen.cleared) < leastOfEach)
      throw new Problem('conflict', {
        detail: 'People gave nearly the same answer every time; the packs learn only from both.',
      });
    const row = { siteId, askedBy: by.id, askedAt: at, state: 'waiting' as const };
    const { id } = db.orm.insert(packLearnings).values(row).returning({ id: packLearnings.id }).get();
    appendEntry(db, { kind: 'pack-learning', subject: `pack-learning/${id}`, body: { asked: siteId, by: by.id }, at });
    enqueueLearning(deps, id);
    return id;
  });
}

/** What it has done so far is dropped; the packs in use are what they were. Throws Problem. */
export function cancelLearning({ db, clock }: AskDeps, by: Caller, id: number): void {
  const at = clock();
  writeTransaction(db, () => {
    const run = learningById(db, id);
    if (run === undefined) throw new Problem('not_found');
    if (run.state !== 'waiting' && run.state !== 'running')
      throw new Problem('conflict', { detail: 'This has ended already.' });
    db.orm.update(packLearnings).set({ state: 'cancelled', endedAt: at }).where(eq(packLearnings.id, id)).run();
    appendEntry(db, {
      kind: 'pack-learning',
      subject: `pack-learning/${id}`,
      body: { cancelled: true, by: by.id },
      at,
    });
  });
}

/** What a restart of the server interrupted begins again. main.ts calls this from a timer. */
export function scheduleLearning(deps: Pick<Deps, 'db' | 'queue'>): boolean {
  const run = unfinishedLearning(deps.db);
  return run !== undefined && enqueueLearning(deps, run.id);
}

function enqueueLearning({ queue }: Pick<Deps, 'queue'>, id: number): boolean {
  return queue.enqueue({ name: 'learn-from-verdicts', payload: { id }, key: `pack-learning-${id}`, maxAttempts: 1 });
}
