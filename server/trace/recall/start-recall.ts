// Starts a recall: the scope frozen as issued, a notice for every holder, a ledger entry, all or nothing.

import { randomUUID } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { type Lot, lotById } from '../lot/lot-store.ts';
import { issueAside, isWide } from '../scope/issue-aside.ts';
import { issueScope, rowsToIssue, type ScopeToIssue } from '../scope/issue-scope.ts';
import type { ScopeTotals } from '../scope/recall-scope.ts';
import { recallScopeOf } from '../scope/recall-scope-store.ts';
import { type ScopeSummary, summaryOf } from '../scope/scope-summary.ts';
import { waitingPlanOfLot } from './recall-plan-store.ts';

export type RecallDeps = Pick<Deps, 'db' | 'clock' | 'queue'>;

export type NewRecall = {
  readonly lotId: number;
  /** The one it was published under; a new one when left out. */
  readonly publicId?: string;
  readonly reason: string;
  readonly reasonEn?: string;
  /** What diners are told to do. */
  readonly advice?: string;
  readonly adviceEn?: string;
  /** 1 to 3, the gravest first. */
  readonly grade?: number;
  /** Within which holders answer, ms; 24 hours when left out. */
  readonly answerWithinMs?: number;
};

type Author = Pick<Caller, 'id'> | null;

export type StartedRecall = {
  readonly recallId: number;
  readonly publicId: string;
  readonly holdings: number;
  readonly notices: number;
  readonly totals: ScopeTotals;
  readonly truncated: boolean;
};

/** Throws Problem `not_found` for an unknown lot, `conflict` when the lot is already being recalled. */
export function startRecall(deps: RecallDeps, recall: NewRecall, caller: Author): StartedRecall {
  return writeTransaction(deps.db, () => {
    const lot = recalledLot(deps.db, recall.lotId);
    const scope = recallScopeOf(deps.db, lot.id);
    return begin(deps, { recall, lot, caller }, rowsToIssue(scope.rows), summaryOf(scope, { first: 0 }));
  });
}

/**
 * The same; a wide scope is worked out beside the server. `first` is done in the same transaction, before anything else.
 * Throws Problem `busy` too.
 */
export async function startRecallAside(
  deps: RecallDeps,
  recall: NewRecall,
  caller: Author,
  first: () => void = () => undefined,
): Promise<StartedRecall> {
  const atOnce = () =>
    writeTransaction(deps.db, () => {
      first();
      return startRecall(deps, recall, caller);
    });
  if (!isWide(deps.db, recall.lotId)) return atOnce();
  const done = await issueAside(deps.db, { lotId: recall.lotId }, (scope) => {
    first();
    return begin(deps, { recall, lot: recalledLot(deps.db, recall.lotId), caller }, scope, scope.summary);
  });
  return done?.issued ?? atOnce();
}

function recalledLot(db: Db, lotId: number): Lot {
  const lot = lotById(db, lotId);
  if (lot === undefined) throw new Problem('not_found', { detail: 'No such lot.' });
  refuseTwice(db, lot.id);
  return lot;
}

type Beginning = { readonly recall: NewRecall; readonly lot: Lot; readonly caller: Author };

function begin(
  deps: RecallDeps,
  { recall, lot, caller }: Beginning,
  scope: ScopeToIssue,
  { holdings, totals, truncated }: ScopeSummary,
): StartedRecall {
  const { db } = deps;
  const now = deps.clock();
  const publicId = recall.publicId ?? randomUUID();
  const recallId = insertRecall(db, recall, {
    publicId,
    now,
    truncated: truncated ? 1 : 0,
    accountId: caller?.id ?? null,
  });
  const notices = issueScope(deps, recallId, 1, scope);
  db.sqlite.prepare("UPDATE lot SET status = 'recalled' WHERE id = ?").run(lot.id);
  appendEntry(db, {
    kind: 'recall',
    subject: lot.code,
    body: {
      recall: publicId,
      issue: 1,
      reason: recall.reason,
      grade: recall.grade,
      holdings,
      ...scope.digests,
      account: caller?.id ?? null,
    },
    at: now,
  });
  // Kitchens that held the lot have their frames of those hours looked at; oversight knows how.
  deps.queue.enqueue({ name: 'recall-kitchen', payload: { recallId }, key: `recall-kitchen/${recallId}/1` });
  return { recallId, publicId, holdings, notices, totals, truncated };
}

function refuseTwice(db: Db, lotId: number): void {
  const open = db.sqlite.prepare("SELECT id FROM recall WHERE lot_id = ? AND state = 'open'").pluck().get(lotId);
  if (open !== undefined)
    throw new Problem('conflict', { detail: `The lot is already being recalled (recall ${open}).` });
  if (waitingPlanOfLot(db, lotId) !== undefined)
    throw new Problem('conflict', { detail: 'A recall of the lot is about to go out; send it now, or take it back.' });
}

type Issued = {
  readonly publicId: string;
  readonly now: number;
  readonly truncated: 0 | 1;
  readonly accountId: number | null;
};

function insertRecall(db: Db, recall: NewRecall, { publicId, now, truncated, accountId }: Issued): number {
  const { lastInsertRowid } = db.sqlite
    .prepare(
      `INSERT INTO recall (public_id, lot_id, reason, reason_en, advice, advice_en, grade, state, account_id, started_at, due_at, issues, truncated)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, 1, ?)`,
    )
    .run(
      publicId,
      recall.lotId,
      recall.reason,
      recall.reasonEn ?? null,
      recall.advice ?? null,
      recall.adviceEn ?? null,
      recall.grade ?? null,
      accountId,
      now,
      now + (recall.answerWithinMs ?? dayMs),
      truncated,
    );
  return Number(lastInsertRowid);
}
