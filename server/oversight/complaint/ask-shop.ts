// An office asks the shop of a complaint to answer first.
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { openMediation } from '../mediation/open-mediation.ts';
import type { Complaint } from './complaint-store.ts';

/** Throws Problem `conflict` for one that is closed, names no place, or is being settled already. */
export function askShop({ db, clock }: Pick<Deps, 'db' | 'clock'>, complaint: Complaint, account: number | null): void {
  if (complaint.siteId === null) throw new Problem('conflict', { detail: 'Link it to a place first.' });
  if (complaint.state === 'closed' || complaint.stage !== null)
    throw new Problem('conflict', { detail: 'It is closed, or being settled already.' });
  writeTransaction(db, () => openMediation(db, { complaintId: complaint.id, account, at: clock() }));
}
