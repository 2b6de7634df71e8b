// Widens, reminds about and closes a recall; the scope that was issued before stays as it was.
import type { Caller } from '../accounts/caller.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { appendEntry } from '../ledger/append.ts';
import { type Db, writeTransaction } from '../store/db.ts';
import { recallScopeOf } from './recall-scope-store.ts';
import { type Recall, recallById, recallNotices } from './recall-store.ts';
import { issueScope, type RecallDeps, scopeDigest } from './start-recall.ts';

export type Widened = { readonly issue: number; readonly added: number; readonly notices: number };

/** Adds holdings that later events brought into an open recall, as a new issue; undefined when there are none. */
export function widenRecall(deps: RecallDeps, recallId: number): Widened | undefined {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const recall = openRecall(db, recallId);
    const known = new Set(
      db.sqlite.prepare('SELECT holding_id FROM recall_scope WHERE recall_id = ?').pluck().all(recallId),
    );
    const scope = recallScopeOf(db, recall.lotId);
    const fresh = scope.rows.filter((row) => !known.has(row.holdingId));
    if (fresh.length === 0) return undefined;
    const issue = recall.issues + 1;
    db.sqlite
      .prepare('UPDATE recall SET issues = ?, truncated = ? WHERE id = ?')
      .run(issue, scope.truncated ? 1 : 0, recallId);
    const notices = issueScope(deps, recallId, issue, fresh);
    appendEntry(db, {
      kind: 'recall',
      subject: recall.code,
      body: { recall: recall.publicId, issue, holdings: fresh.length, scope: scopeDigest(fresh) },
      at: deps.clock(),
    });
    deps.queue.enqueue({ name: 'recall-kitchen', payload: { recallId }, key: `recall-kitchen/${recallId}/${issue}` });
    return { issue, added: fresh.length, notices };
  });
}

const remindEveryMs = 12 * 3_600_000;
const mostReminders = 10;

/** The `remind-recall` job: asks again who has not answered an open recall by its deadline; how many were asked. */
export function remindRecalls(deps: Pick<Deps, 'db' | 'clock' | 'queue'>): number {
  return writeTransaction(deps.db, () => {
    const now = deps.clock();
    const late = deps.db.sqlite
      .prepare(
        `UPDATE recall_notice SET reminders = reminders + 1, reminded_at = @now WHERE id IN (
           SELECT n.id FROM recall r CROSS JOIN recall_notice n ON n.recall_id = r.id
           WHERE r.state = 'open' AND r.due_at <= @now AND n.state <> 'answered' AND n.reminders < ${mostReminders}
             AND coalesce(n.reminded_at, 0) <= @now - ${remindEveryMs} LIMIT 1000)
         RETURNING id, reminders`,
      )
      .all({ now }) as { id: number; reminders: number }[];
    for (const { id, reminders } of late) {
      deps.queue.enqueue({
        name: 'notify',
        payload: { kind: 'recall-reminder', noticeId: id },
        key: `notify/recall/${id}/${reminders}`,
      });
    }
    return late.length;
  });
}

/** Closes a recall with a note; who has not answered is named in the ledger. Throws Problem `not_found` or `conflict`. */
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

function openRecall(db: Db, recallId: number): Recall {
  const recall = recallById(db, recallId);
  if (recall === undefined) throw new Problem('not_found', { detail: 'No such recall.' });
  if (recall.state !== 'open') throw new Problem('conflict', { detail: 'The recall is closed.' });
  return recall;
}
