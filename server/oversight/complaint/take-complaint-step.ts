// An inspector does something about a complaint: looks, answers, closes, links it to a place, lets the place see it.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { moveMediation } from '../mediation/change-mediation.ts';
import { mayTake, type StepKind, stateAfter } from './complaint.ts';
import { type Complaint, complaintById, placesOfLot } from './complaint-store.ts';

export type NewStep = { readonly kind: StepKind; readonly words: string; readonly siteId: string };

/** Throws Problem `not_found`, `conflict` when its state does not allow it, `invalid_input` at its field. */
export function takeComplaintStep(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  id: number,
  step: NewStep,
  caller: Caller,
): void {
  writeTransaction(db, () => {
    const complaint = complaintById(db, id);
    if (complaint === undefined) throw new Problem('not_found');
    if (!mayTake(complaint.state, step.kind))
      throw new Problem('conflict', { detail: 'The complaint is past this step.' });
    refuseWithout(db, complaint, step);
    const at = clock();
    const siteId = step.kind === 'linked' ? step.siteId : complaint.siteId;
    const publishedAt =
      step.kind === 'published'
        ? at
        : step.kind === 'unpublished' || step.kind === 'linked'
          ? null
          : complaint.publishedAt;
    db.sqlite
      .prepare('UPDATE complaint SET state = ?, site_id = ?, published_at = ? WHERE id = ?')
      .run(stateAfter(complaint.state, step.kind), siteId, publishedAt, id);
    if (siteId !== complaint.siteId) moveMediation(db, { complaintId: id, account: caller.id, at });
    const words = step.words === '' ? null : step.words;
    db.sqlite
      .prepare('INSERT INTO complaint_step (complaint_id, kind, words, account_id, at) VALUES (?, ?, ?, ?, ?)')
      .run(id, step.kind, words, caller.id, at);
    appendEntry(db, {
      kind: 'complaint-step',
      subject: `complaint/${complaint.publicId}`,
      body: { step: step.kind, site: siteId, words: words === null ? null : sha256Hex(words), account: caller.id },
      at,
    });
  });
}

function refuseWithout(db: Db, complaint: Complaint, { kind, words, siteId }: NewStep): void {
  const fault = (place: string, code: string, detail: string) => {
    throw new Problem('invalid_input', { faults: [{ place, code, detail }] });
  };
  if ((kind === 'answered' || kind === 'closed') && words === '')
    fault('/words', 'missing', 'Say something to the diner.');
  if (kind === 'published' && complaint.siteId === null) fault('/site', 'missing', 'Link it to a place first.');
  if (kind === 'linked' && !placesOfLot(db, complaint.lotId).some((place) => place.id === siteId))
    fault('/site', 'unknown_site', 'The lot was never there.');
}
