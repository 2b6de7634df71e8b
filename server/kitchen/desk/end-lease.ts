// Gives back what a reviewer's tab held when the tab closes, so that nobody waits for a lease to run out.
import { and, eq, isNull, or } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { flags } from '../flag/flag-tables.ts';

/** `leaseUntil` names the very lease: a word that comes late ends none that was taken since. What lay ready goes with it. */
export function endLease(
  { db }: Pick<Deps, 'db'>,
  caller: Caller,
  lease: { readonly flagId: number; readonly leaseUntil: number },
): void {
  const these = or(eq(flags.id, lease.flagId), isNull(flags.leasedAt));
  const own = and(these, eq(flags.leasedTo, caller.id), eq(flags.leaseUntil, lease.leaseUntil));
  writeTransaction(db, () =>
    db.orm.update(flags).set({ leasedTo: null, leaseUntil: null, leasedAt: null }).where(own).run(),
  );
}
