// What nobody answered in time goes to a mediator: a shop's silence holds nobody up.
import type { Deps } from '../../deps.ts';
import { lapsedMediations } from './mediation-store.ts';
import { takeMediationStep } from './take-mediation-step.ts';

/** The job `follow-mediations`; returns how many lapsed. */
export function followMediations(deps: Pick<Deps, 'db' | 'clock'>): number {
  const lapsed = lapsedMediations(deps.db, deps.clock());
  for (const { complaintId, awaited } of lapsed) {
    const step = { complaintId, party: 'clock', act: 'lapsed', words: '', amountFen: null, accountId: null } as const;
    takeMediationStep(deps, { ...step, words: awaited });
  }
  return lapsed.length;
}
