// Somebody opens a notice: the first time is its read receipt, and stands in the ledger.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';

/** Throws Problem `not_found` for a notice that was not sent to the caller. */
export function readNotice({ db, clock }: Pick<Deps, 'db' | 'clock'>, noticeId: number, caller: Caller): void {
  writeTransaction(db, () => {
    const row = db.sqlite
      .prepare(
        `SELECT n.public_id AS publicId, r.read_at AS readAt FROM notice_reader r JOIN notice n ON n.id = r.notice_id
         WHERE r.notice_id = ? AND r.account_id = ?`,
      )
      .get(noticeId, caller.id) as { publicId: string; readAt: number | null } | undefined;
    if (row === undefined) throw new Problem('not_found');
    if (row.readAt !== null) return;
    const at = clock();
    db.sqlite
      .prepare('UPDATE notice_reader SET read_at = ? WHERE notice_id = ? AND account_id = ?')
      .run(at, noticeId, caller.id);
    const body = { step: 'read', by: `account/${caller.id}` };
    appendEntry(db, { kind: 'notice', subject: `notice/${row.publicId}`, body, at });
  });
}
