// Leases the next flag to a reviewer, so that no two look at one at the same time, and lays one more ready for them.
import { and, eq, ne } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { leaseMs } from '../flag/decision.ts';
import { flagsById, type PlacedFlag } from '../flag/flag-store.ts';
import { flags } from '../flag/flag-tables.ts';
import type { QueueView } from '../flag/queue.ts';
import { nextFlagIds } from '../flag/queue-store.ts';

export type TakenFlag = {
  readonly flag: PlacedFlag;
  /**
   * The next ones, for loading ahead. The first of them lies ready for this reviewer, so that a key can show it before the
   * server has answered; whoever finds nothing else may still take it.
   */
  readonly next: readonly PlacedFlag[];
};

const loadedAhead = 3;

/** Undefined when nothing waits. A lease that has run out is as good as none; asking again renews one's own. */
export function takeFlag(deps: Pick<Deps, 'db' | 'clock'>, caller: Caller, view: QueueView): TakenFlag | undefined {
  const { db, clock } = deps;
  const now = clock();
  return writeTransaction(db, () => {
    const [first, ...next] = flagsById(db, nextFlagIds(db, caller, view, now, loadedAhead + 1));
    if (first === undefined) return undefined;
    const held = first.leasedTo === caller.id && (first.leaseUntil ?? 0) > now;
    const lease = { leasedTo: caller.id, leaseUntil: now + leaseMs, leasedAt: (held ? first.leasedAt : null) ?? now };
    leaseOnly(db, caller, first, lease);
    const [ready] = next;
    if (ready !== undefined)
      db.orm
        .update(flags)
        .set({ ...lease, leasedAt: null })
        .where(eq(flags.id, ready.id))
        .run();
    return { flag: { ...first, ...lease }, next };
  });
}

type Lease = { readonly leasedTo: number; readonly leaseUntil: number; readonly leasedAt: number };

/** Whoever looks elsewhere gives back what they held: one person looks at one flag. */
function leaseOnly(db: Db, caller: Caller, flag: PlacedFlag, lease: Lease): void {
  db.orm.update(flags).set(lease).where(eq(flags.id, flag.id)).run();
  const others = and(eq(flags.leasedTo, caller.id), ne(flags.id, flag.id));
  db.orm.update(flags).set({ leasedTo: null, leaseUntil: null, leasedAt: null }).where(others).run();
}
