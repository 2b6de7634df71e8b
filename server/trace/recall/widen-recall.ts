// Widens an open recall to where later events show the goods went; what was issued before stays as it was.
import { appendEntry } from '../../ledger/append.ts';
import { writeTransaction } from '../../store/db.ts';
import { openRecall } from './close-recall.ts';
import { lastIssued } from './recall-lines-store.ts';
import { widenedBy } from './recall-scope.ts';
import { recallScopeOf } from './recall-scope-store.ts';
import { issueDigest, issueScope, type RecallDeps, scopeDigest } from './start-recall.ts';

export type Widened = { readonly issue: number; readonly added: number; readonly notices: number };

/**
 * Adds holdings that later events brought into an open recall, as a new issue; undefined when there are none. What they got left
 * somebody else: those amounts are issued anew with them, so that the same goods never stand at two holders.
 */
export function widenRecall(deps: RecallDeps, recallId: number): Widened | undefined {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const recall = openRecall(db, recallId);
    const scope = recallScopeOf(db, recall.lotId);
    const { fresh, moved } = widenedBy(scope.rows, lastIssued(db, recallId));
    if (fresh.length === 0) return undefined;
    const rows = [...fresh, ...moved];
    const issue = recall.issues + 1;
    db.sqlite
      .prepare('UPDATE recall SET issues = ?, truncated = ? WHERE id = ?')
      .run(issue, scope.truncated ? 1 : 0, recallId);
    const notices = issueScope(deps, recallId, issue, rows);
    appendEntry(db, {
      kind: 'recall',
      subject: recall.code,
      body: {
        recall: recall.publicId,
        issue,
        holdings: fresh.length,
        scope: scopeDigest(rows),
        issued: issueDigest(rows),
      },
      at: deps.clock(),
    });
    deps.queue.enqueue({ name: 'recall-kitchen', payload: { recallId }, key: `recall-kitchen/${recallId}/${issue}` });
    return { issue, added: fresh.length, notices };
  });
}
