// Closes a recall with a note; who has not answered and what is unaccounted for is named in the ledger.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { openMattersOf } from './open-matters-store.ts';
import { type Recall, recallById } from './recall-store.ts';

export type Closing = {
  readonly note: string;
  /** What to do while a holder is silent or goods are unaccounted for. */
  readonly whenOpen: 'refuse' | 'accept';
};

type CloseDeps = Pick<Deps, 'db' | 'clock' | 'queue'>;

/** Throws Problem `not_found`, `conflict`, or `invalid_input` at `/accept` while matters are open and nobody accepts it. */
export function closeRecall(deps: CloseDeps, recallId: number, { note, whenOpen }: Closing, caller: Caller): Recall {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const recall = openRecall(db, recallId);
    const at = deps.clock();
    const { silent, unaccounted } = openMattersOf(db, recall);
    if (whenOpen === 'refuse' && silent.length + unaccounted.length > 0) {
      const detail = `${silent.length} holders have not answered, ${unaccounted.length} amounts are unaccounted for.`;
      throw new Problem('invalid_input', { faults: [{ place: '/accept', code: 'still_open', detail }] });
    }
    db.sqlite
      .prepare("UPDATE recall SET state = 'closed', closed_at = ?, closing_note = ? WHERE id = ?")
      .run(at, note, recallId);
    appendEntry(db, {
      kind: 'recall-closed',
      subject: recall.code,
      body: { recall: recall.publicId, note, silent, unaccounted, account: caller.id },
      at,
    });
    deps.queue.enqueue({ name: 'recall-report', payload: { recallId }, key: `recall-report/${recallId}` });
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
