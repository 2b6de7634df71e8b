// Brings the next runs of scheduled queries home when the clock was ahead: none waits longer than its schedule says.
import { and, eq, gt, isNotNull } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { nextRun, type Schedule } from './schedule.ts';
import { subscriptions } from './subscription-tables.ts';

/** To be called at the start and whenever the clock went back; how many runs it brought forward. */
export function followClock({ db, clock }: Pick<Deps, 'db' | 'clock'>): number {
  const now = clock();
  return writeTransaction(db, () => {
    const waiting = db.orm
      .select({ id: subscriptions.id, schedule: subscriptions.schedule, nextRunAt: subscriptions.nextRunAt })
      .from(subscriptions)
      .where(
        and(eq(subscriptions.state, 'active'), isNotNull(subscriptions.schedule), gt(subscriptions.nextRunAt, now)),
      )
      .all();
    let brought = 0;
    for (const { id, schedule, nextRunAt } of waiting) {
      const next = nextRun(JSON.parse(schedule ?? '') as Schedule, now);
      if (next === undefined || next >= (nextRunAt ?? 0)) continue;
      db.orm.update(subscriptions).set({ nextRunAt: next }).where(eq(subscriptions.id, id)).run();
      brought += 1;
    }
    return brought;
  });
}
