// An inspector or administrator plans a visit to a place by a day.
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { type AskedFor, askVisit } from './ask-visit.ts';

const usualWeight = 10;

/** Throws Problem `invalid_input` for a place nobody knows or that lies in another district. */
export function addPlannedVisit(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { siteId, days }: { readonly siteId: string; readonly days: number },
): AskedFor {
  return writeTransaction(db, () => {
    const known = db.sqlite
      .prepare('SELECT 1 FROM restaurant WHERE site_id = @siteId UNION SELECT 1 FROM site WHERE id = @siteId')
      .get({ siteId });
    if (known === undefined || !seesSite(caller, siteId))
      throw new Problem('invalid_input', {
        faults: [{ place: '/site', code: 'unknown_site', detail: 'No such place: choose one of the list.' }],
      });
    const at = clock();
    const inspectors = caller.role === 'inspector' ? [caller.id] : [];
    const asked = askVisit(db, {
      siteId,
      kind: 'plan',
      ref: `account/${caller.id}`,
      weight: usualWeight,
      inspectors,
      at,
      dueAt: at + days * 86_400_000,
    });
    const body = { step: 'planned', site: siteId, merged: asked.merged, by: caller.id };
    appendEntry(db, { kind: 'visit', subject: `visit/${asked.visitId}`, body, at });
    return asked;
  });
}
