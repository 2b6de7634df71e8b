// Somebody says why there was a spike: it is quiet from then on, and the reason is in the ledger.
import { eq } from 'drizzle-orm';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { alertById } from './alert-store.ts';
import { sentinelAlerts } from './sentinel-tables.ts';

/** Throws Problem `not_found` for another district's, `conflict` when it is explained already, `invalid_input` without a reason. */
export function explainAlert(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { id, reason }: { readonly id: number; readonly reason: string },
  caller: Caller,
): void {
  writeTransaction(db, () => {
    const alert = alertById(db, caller, id);
    if (alert === undefined) throw new Problem('not_found');
    if (alert.state === 'explained') throw new Problem('conflict', { detail: 'Somebody has explained it already.' });
    if (reason === '')
      throw new Problem('invalid_input', { faults: [{ place: '/reason', code: 'missing', detail: 'Say why.' }] });
    const at = clock();
    const set = { state: 'explained' as const, reason, accountId: caller.id, explainedAt: at };
    db.orm.update(sentinelAlerts).set(set).where(eq(sentinelAlerts.id, id)).run();
    appendEntry(db, { kind: 'sentinel-alert', subject: `alert/${id}`, body: { explained: reason, by: caller.id }, at });
  });
}
