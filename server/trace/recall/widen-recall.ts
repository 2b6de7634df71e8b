// Widens an open recall to where later events show the goods went; what was issued before stays as it was.
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { openRecall } from './close-recall.ts';
import { recallScopeOf } from './recall-scope-store.ts';
import { issueDigest, issueScope, type RecallDeps, scopeDigest } from './start-recall.ts';

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
      body: {
        recall: recall.publicId,
        issue,
        holdings: fresh.length,
        scope: scopeDigest(fresh),
        issued: issueDigest(fresh),
      },
      at: deps.clock(),
    });
    deps.queue.enqueue({ name: 'recall-kitchen', payload: { recallId }, key: `recall-kitchen/${recallId}/${issue}` });
    return { issue, added: fresh.length, notices };
  });
}
