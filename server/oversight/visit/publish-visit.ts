// Makes the result of a visit public.
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { visitById } from './visit-store.ts';

/** Throws Problem `not_found`, `conflict` for an open one, `duplicate` the second time. */
export function publishVisit({ db, clock }: Pick<Deps, 'db' | 'clock'>, caller: Caller, id: number): void {
  writeTransaction(db, () => {
    const visit = visitById(db, id);
    if (visit === undefined || !seesSite(caller, visit.siteId)) throw new Problem('not_found');
    if (visit.state !== 'closed') throw new Problem('conflict', { detail: 'Close the visit first.' });
    if (visit.publishedAt !== null) throw new Problem('duplicate', { detail: 'Its result is public already.' });
    const at = clock();
    db.sqlite.prepare('UPDATE visit SET published_at = ? WHERE id = ?').run(at, id);
    appendEntry(db, { kind: 'visit', subject: `visit/${id}`, body: { step: 'published', by: caller.id }, at });
  });
}
