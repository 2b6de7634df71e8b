// A complaint turns out to be about another place: what the first shop offered or signed binds nobody there, and a mediator goes on.
import { eq } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { dueAfter, standingAfter } from './mediation.ts';
import { mediationOf } from './mediation-store.ts';
import { mediations } from './mediation-tables.ts';
import { writeStep } from './take-mediation-step.ts';

/** Inside the caller's transaction. Nothing where nobody tries to settle it, or that is over. */
export function moveMediation(
  db: Db,
  { complaintId, account, at }: { readonly complaintId: number; readonly account: number; readonly at: number },
): void {
  const before = mediationOf(db, complaintId);
  if (before === undefined || before.stage === 'agreed' || before.stage === 'case') return;
  const { stage, offerBy } = standingAfter(before, 'moved', 'mediator');
  const set = { stage, offerBy, shopSigned: 0, complainantSigned: 0, dueAt: dueAfter(stage, at) };
  db.orm.update(mediations).set(set).where(eq(mediations.complaintId, complaintId)).run();
  const step = { complaintId, party: 'mediator', act: 'moved', words: null, amountFen: null } as const;
  writeStep(db, { ...step, accountId: account, at });
}
