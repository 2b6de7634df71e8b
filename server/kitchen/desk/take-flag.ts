// Leases the next flag to a reviewer, so that no two look at one at the same time.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { leaseMs } from '../flag/decision.ts';
import { flagsById, nextFlagIds, type PlacedFlag, type ReviewQueue } from '../flag/flag-store.ts';
import { flags } from '../flag/flag-tables.ts';

export type TakenFlag = {
  readonly flag: PlacedFlag;
  /** The next ones, for loading ahead; not leased. */
  readonly next: readonly PlacedFlag[];
};

const loadedAhead = 3;

/** Undefined when nothing waits. A lease that has run out is as good as none; asking again renews one's own. */
export function takeFlag(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, queue: ReviewQueue): TakenFlag | undefined {
  const { db, clock } = deps;
  const now = clock();
  return writeTransaction(db, () => {
    const [first, ...next] = flagsById(db, nextFlagIds(db, caller, queue, now, loadedAhead + 1));
    if (first === undefined) return undefined;
    const held = first.leasedTo === caller.id && (first.leaseUntil ?? 0) > now;
    const lease = { leasedTo: caller.id, leaseUntil: now + leaseMs, leasedAt: held ? first.leasedAt : now };
    db.orm.update(flags).set(lease).where(eq(flags.id, first.id)).run();
    return { flag: { ...first, ...lease }, next };
  });
}
