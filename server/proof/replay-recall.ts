// Holds the scope of a recall, as it was issued, against the digest in its ledger entry; where that fails, works it out again from the graph of that moment.
import type { StoredEntry } from '../ledger/entry.ts';
import type { KeptRows } from '../ledger/kept-rows.ts';
import type { Note } from '../ledger/verify.ts';
import type { Db } from '../store/db.ts';
import { issueDigest, scopeDigest } from '../trace/scope/issue-scope.ts';
import { lastIssued } from '../trace/scope/recall-lines-store.ts';
import { type ScopeRow, widenedBy } from '../trace/scope/recall-scope.ts';
import { recallScopeOf } from '../trace/scope/recall-scope-store.ts';

export type IssueBody = {
  readonly recall: string;
  readonly issue: number;
  /** Over what a bundle shows of each row. */
  readonly scope: string;
  /** Over the whole of each row; not in entries of before 0.2. */
  readonly issued?: string;
};

type Parts = { readonly live: Db; readonly scratch: Db; readonly rows: KeptRows };

const columns = `holding_id AS holdingId, lot_id AS lotId, site_key AS siteKey, scope, depth, reached_at AS reachedAt, received, on_hand AS onHand, share, unit`;

/** Leaves in the scratch database what the issue has to be, or takes it as it stands and says that it is not what was issued. */
export function checkIssue({ live, scratch, rows }: Parts, entry: StoredEntry, body: IssueBody, note: Note): void {
  const recallId = recallIdOf(live, rows, body.recall);
  if (recallId === undefined) {
    note(`entry ${entry.seq}`, `The recall ${body.recall} is gone.`);
    return;
  }
  const stands = live.sqlite
    .prepare(`SELECT ${columns} FROM recall_scope WHERE recall_id = ? AND issue = ?`)
    .all(recallId, body.issue) as ScopeRow[];
  if (isIssued(stands, body)) {
    keep(scratch, recallId, body.issue, stands);
    return;
  }
  const again = workedOut(scratch, recallId, entry.subject);
  if (isIssued(again, body)) {
    keep(scratch, recallId, body.issue, again);
    return;
  }
  note(`recall ${body.recall}`, `The scope of issue ${body.issue} is not the one that was issued.`);
  keep(scratch, recallId, body.issue, stands);
}

function isIssued(rows: readonly ScopeRow[], { scope, issued }: IssueBody): boolean {
  return issued === undefined ? scopeDigest(rows) === scope : issueDigest(rows) === issued;
}

function recallIdOf({ sqlite }: Db, rows: KeptRows, publicId: string): number | undefined {
  const found = sqlite.prepare('SELECT id FROM recall WHERE public_id = ?').pluck().get(publicId) as number | undefined;
  const [key] = rows.keysWhere('recall', 'public_id', publicId)[0] ?? [];
  return found ?? (typeof key === 'number' ? key : undefined);
}

function workedOut(scratch: Db, recallId: number, code: string): ScopeRow[] {
  const lotId = scratch.sqlite.prepare('SELECT id FROM lot WHERE code = ?').pluck().get(code) as number | undefined;
  if (lotId === undefined) return [];
  const { fresh, moved } = widenedBy(recallScopeOf(scratch, lotId).rows, lastIssued(scratch, recallId));
  return [...fresh, ...moved];
}

function keep({ sqlite }: Db, recallId: number, issue: number, rows: readonly ScopeRow[]): void {
  const insert = sqlite.prepare(
    `INSERT OR REPLACE INTO recall_scope (recall_id, issue, holding_id, lot_id, site_key, scope, depth, reached_at, received, on_hand, share, unit)
     VALUES (@recallId, @issue, @holdingId, @lotId, @siteKey, @scope, @depth, @reachedAt, @received, @onHand, @share, @unit)`,
  );
  for (const row of rows) insert.run({ recallId, issue, ...row });
}
