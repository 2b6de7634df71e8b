// Asks the shop first: it sees what was written, never who wrote it, and has three days to answer.
import type { Db } from '../../store/db.ts';
import { type Party, within } from './mediation.ts';
import { mediations } from './mediation-tables.ts';
import { writeStep } from './take-mediation-step.ts';

/** Inside the caller's transaction, and only once for a complaint. `account`: null where the rules asked by themselves. */
export function openMediation(
  db: Db,
  { complaintId, account, at }: { readonly complaintId: number; readonly account: number | null; readonly at: number },
): void {
  const signatures = { offerBy: null, shopSigned: 0, complainantSigned: 0, joined: 0 };
  const row = { complaintId, stage: 'shop' as const, dueAt: at + within.shop, ...signatures, openedAt: at };
  const { changes } = db.orm.insert(mediations).values(row).onConflictDoNothing().run();
  if (changes === 0) return;
  db.sqlite.prepare('UPDATE complaint SET published_at = coalesce(published_at, ?) WHERE id = ?').run(at, complaintId);
  const party: Party = account === null ? 'clock' : 'mediator';
  writeStep(db, { complaintId, party, act: 'asked', words: null, amountFen: null, accountId: account, at });
}
