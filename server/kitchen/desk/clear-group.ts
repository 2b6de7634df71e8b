// Clears flags like the one at hand together, and records that nobody looked at them one by one.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { flagById } from '../flag/flag-store.ts';
import { alikeFlagIds } from '../flag/queue-store.ts';
import { judgeFlag } from './judge-flag.ts';

/** Returns how many were cleared beside the flag itself, which was looked at. All or nothing. */
export function clearGroup(
  deps: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  flagId: number,
  group: { readonly visibleMs: number | undefined; readonly shown?: readonly number[] | undefined },
): number {
  const { db, clock } = deps;
  return writeTransaction(db, () => {
    const flag = flagById(db, flagId);
    if (flag === undefined) throw new Problem('not_found');
    const { visibleMs, shown } = group;
    // Only those that were on the page: one that came since has been before nobody.
    const alike = alikeFlagIds(db, caller, flag, clock()).filter((id) => shown === undefined || shown.includes(id));
    judgeFlag(deps, caller, { flagId, decision: 'cleared', visibleMs });
    for (const id of alike) judgeFlag(deps, caller, { flagId: id, decision: 'cleared', seen: false });
    return alike.length;
  });
}
