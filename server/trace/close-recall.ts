// Closes a recall with a note; who has not answered is named in the ledger.
import type { Caller } from '../accounts/caller.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { appendEntry } from '../ledger/append.ts';
import { type Db, writeTransaction } from '../store/db.ts';
import { type Recall, recallById, recallNotices } from './recall-store.ts';

/** Throws Problem `not_found` or `conflict`. */
export function closeRecall(deps: Pick<Deps, 'db' | 'clock'>, recallId: number, note: string, caller: Caller): Recall {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const recall = openRecall(db, recallId);
    const at = deps.clock();
    db.sqlite
      .prepare("UPDATE recall SET state = 'closed', closed_at = ?, closing_note = ? WHERE id = ?")
      .run(at, note, recallId);
    const silent = recallNotices(db, recallId)
      .filter((notice) => notice.state !== 'answered')
      .map((notice) => notice.siteId);
    appendEntry(db, {
      kind: 'recall-closed',
      subject: recall.code,
      body: { recall: recall.publicId, note, silent, account: caller.id },
      at,
    });
    return { ...recall, state: 'closed', closedAt: at, closingNote: note };
  });
}

/** The recall while it is open. Throws Problem `not_found` or `conflict`. */
export function openRecall(db: Db, recallId: number): Recall {
  const recall = recallById(db, recallId);
  if (recall === undefined) throw new Problem('not_found', { detail: 'No such recall.' });
  if (recall.state !== 'open') throw new Problem('conflict', { detail: 'The recall is closed.' });
  return recall;
}
