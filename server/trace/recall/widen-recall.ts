// Widens an open recall to where later events show the goods went; what was issued before stays as it was.
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { issueAside, wideScope } from '../scope/issue-aside.ts';
import { issueScope, rowsToIssue, type ScopeToIssue } from '../scope/issue-scope.ts';
import { lastIssued } from '../scope/recall-lines-store.ts';
import { widenedBy } from '../scope/recall-scope.ts';
import { recallScopeOf } from '../scope/recall-scope-store.ts';
import { openRecall } from './close-recall.ts';
import type { Recall } from './recall-store.ts';
import type { RecallDeps } from './start-recall.ts';

export type Widened = { readonly issue: number; readonly added: number; readonly notices: number };

/** A wide one is widened once for all that comes in so long. */
const gatherMs = 10_000;

/**
 * Adds holdings that later events brought into an open recall, as a new issue; undefined when there are none. What they got left
 * somebody else: those amounts are issued anew with them, so that the same goods never stand at two holders.
 */
export function widenRecall(deps: RecallDeps, recallId: number): Widened | undefined {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const recall = openRecall(db, recallId);
    const { rows, truncated } = recallScopeOf(db, recall.lotId);
    const { fresh, moved } = widenedBy(rows, lastIssued(db, recallId));
    if (fresh.length === 0) return undefined;
    return issueMore(deps, recall, rowsToIssue([...fresh, ...moved]), { fresh: fresh.length, truncated });
  });
}

/** The same for a recall that later events touched; a wide one is left to the job `widen-recall`, and `waits` says so. */
export function widenSoon(deps: RecallDeps, recallId: number): Widened | { readonly waits: true } | undefined {
  if (!isWideRecall(deps.db, recallId)) return widenRecall(deps, recallId);
  // Not before the span is over: what comes in while the job of a span runs belongs to the next.
  const runAt = (Math.floor(deps.clock() / gatherMs) + 1) * gatherMs;
  deps.queue.enqueue({
    name: 'widen-recall',
    payload: { recallId },
    key: `widen-recall/${recallId}/${runAt}`,
    runAt,
  });
  return { waits: true };
}

/** The job `widen-recall`; `payload` is `{recallId}`. A recall that has been closed meanwhile is left as it is. */
export async function widenTouched(deps: RecallDeps, payload: unknown): Promise<void> {
  const recallId = Number((payload as { recallId?: unknown } | null)?.recallId);
  const open = deps.db.sqlite.prepare("SELECT 1 FROM recall WHERE id = ? AND state = 'open'").get(recallId);
  if (open !== undefined) await widenAside(deps, recallId);
}

/** Like widenRecall; a wide one is worked out beside the server. Throws Problem `busy` too. */
export async function widenAside(deps: RecallDeps, recallId: number): Promise<Widened | undefined> {
  if (!isWideRecall(deps.db, recallId)) return widenRecall(deps, recallId);
  const { lotId } = openRecall(deps.db, recallId);
  const done = await issueAside(deps.db, { lotId, widens: recallId }, (scope) => {
    const recall = openRecall(deps.db, recallId);
    const { fresh, summary } = scope;
    return fresh === 0 ? undefined : issueMore(deps, recall, scope, { fresh, truncated: summary.truncated });
  });
  return done === undefined ? widenRecall(deps, recallId) : done.issued;
}

function isWideRecall({ sqlite }: Db, recallId: number): boolean {
  if (sqlite.memory) return false;
  const rows = sqlite.prepare('SELECT count(*) FROM (SELECT 1 FROM recall_scope WHERE recall_id = ? LIMIT ?)').pluck();
  return (rows.get(recallId, wideScope) as number) >= wideScope;
}

function issueMore(
  deps: RecallDeps,
  recall: Recall,
  scope: ScopeToIssue,
  { fresh, truncated }: { readonly fresh: number; readonly truncated: boolean },
): Widened {
  const { db } = deps;
  const { id: recallId } = recall;
  const issue = recall.issues + 1;
  db.sqlite.prepare('UPDATE recall SET issues = ?, truncated = ? WHERE id = ?').run(issue, truncated ? 1 : 0, recallId);
  const notices = issueScope(deps, recallId, issue, scope);
  appendEntry(db, {
    kind: 'recall',
    subject: recall.code,
    body: { recall: recall.publicId, issue, holdings: fresh, ...scope.digests },
    at: deps.clock(),
  });
  deps.queue.enqueue({ name: 'recall-kitchen', payload: { recallId }, key: `recall-kitchen/${recallId}/${issue}` });
  return { issue, added: fresh, notices };
}
