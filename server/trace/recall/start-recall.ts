// Starts a recall: the scope frozen as issued, a notice for every holder, a ledger entry, all or nothing.

import { randomUUID } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import { lotById } from '../lot/lot-store.ts';
import { waitingPlanOfLot } from './recall-plan-store.ts';
import { type ScopeRow, type ScopeTotals, scopeTotals } from './recall-scope.ts';
import { recallScopeOf } from './recall-scope-store.ts';

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

export type StartedRecall = {
  readonly recallId: number;
  readonly publicId: string;
  readonly holdings: number;
  readonly notices: number;
  readonly totals: ScopeTotals;
  readonly truncated: boolean;
};

/** Throws Problem `not_found` for an unknown lot, `conflict` when the lot is already being recalled. */
export function startRecall(deps: RecallDeps, recall: NewRecall, caller: Pick<Caller, 'id'> | null): StartedRecall {
  return writeTransaction(deps.db, () => {
    const { db } = deps;
    const lot = lotById(db, recall.lotId);
    if (lot === undefined) throw new Problem('not_found', { detail: 'No such lot.' });
    refuseTwice(db, lot.id);
    const now = deps.clock();
    const scope = recallScopeOf(db, lot.id);
    const publicId = recall.publicId ?? randomUUID();
    const recallId = insertRecall(db, recall, {
      publicId,
      now,
      truncated: scope.truncated ? 1 : 0,
      accountId: caller?.id ?? null,
    });
    const notices = issueScope(deps, recallId, 1, scope.rows);
    db.sqlite.prepare("UPDATE lot SET status = 'recalled' WHERE id = ?").run(lot.id);
    appendEntry(db, {
      kind: 'recall',
      subject: lot.code,
      body: {
        recall: publicId,
        issue: 1,
        reason: recall.reason,
        grade: recall.grade,
        holdings: scope.rows.length,
        scope: scopeDigest(scope.rows),
        issued: issueDigest(scope.rows),
        account: caller?.id ?? null,
      },
      at: now,
    });
    // Kitchens that held the lot have their frames of those hours looked at; oversight knows how.
    deps.queue.enqueue({ name: 'recall-kitchen', payload: { recallId }, key: `recall-kitchen/${recallId}/1` });
    return {
      recallId,
      publicId,
      holdings: scope.rows.length,
      notices,
      totals: scopeTotals(scope.rows),
      truncated: scope.truncated,
    };
  });
}

function refuseTwice(db: Db, lotId: number): void {
  const open = db.sqlite.prepare("SELECT id FROM recall WHERE lot_id = ? AND state = 'open'").pluck().get(lotId);
  if (open !== undefined)
    throw new Problem('conflict', { detail: `The lot is already being recalled (recall ${open}).` });
  if (waitingPlanOfLot(db, lotId) !== undefined)
    throw new Problem('conflict', { detail: 'A recall of the lot is about to go out; send it now, or take it back.' });
}

/** Freezes `rows` as issue number `issue` and tells every site among them that was not told before; how many were told. */
export function issueScope(deps: RecallDeps, recallId: number, issue: number, rows: readonly ScopeRow[]): number {
  // In the order of the table, which then grows at its end.
  const ordered = [...rows].sort((a, b) => a.holdingId - b.holdingId);
  const many = insertOf(deps.db, rowsAtOnce);
  let values: (number | string | null)[] = [];
  for (const row of ordered) {
    const { holdingId, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit } = row;
    values.push(recallId, holdingId, issue, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit);
    if (values.length < rowsAtOnce * columns.length) continue;
    many.run(values);
    values = [];
  }
  if (values.length > 0) insertOf(deps.db, values.length / columns.length).run(values);
  return tellHolders(deps, recallId, issue, rows);
}

const rowsAtOnce = 64;
const columns = [
  ...['recall_id', 'holding_id', 'issue', 'lot_id', 'site_key', 'scope'],
  ...['depth', 'reached_at', 'received', 'on_hand', 'share', 'unit'],
];

function insertOf(db: Db, rows: number) {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const all = Array.from({ length: rows }, () => row).join(', ');
  return db.sqlite.prepare(`INSERT INTO recall_scope (${columns.join(', ')}) VALUES ${all}`);
}

/** One line per row in a fixed order, hashed: what the ledger holds of a scope. */
export function scopeDigest(rows: readonly ScopeRow[]): string {
  const lines = rows.map((row) => [row.holdingId, row.scope, row.received, row.onHand, row.share, row.unit].join(' '));
  return sha256Hex(lines.sort().join('\n'));
}

/** The same over all that is kept of each row, so that no column of the table can be changed unseen. */
export function issueDigest(rows: readonly ScopeRow[]): string {
  const ordered = [...rows].sort((a, b) => a.holdingId - b.holdingId);
  const lines = ordered.map(({ holdingId, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit }) =>
    JSON.stringify([holdingId, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit]),
  );
  return sha256Hex(lines.join('\n'));
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

function tellHolders(deps: RecallDeps, recallId: number, issue: number, rows: readonly ScopeRow[]): number {
  const now = deps.clock();
  const insert = deps.db.sqlite.prepare(
    `INSERT INTO recall_notice (recall_id, site_key, state, issue, sent_at) VALUES (?, ?, 'sent', ?, ?)
     ON CONFLICT (recall_id, site_key) DO NOTHING`,
  );
  let told = 0;
  for (const siteKey of new Set(rows.map((row) => row.siteKey))) {
    if (siteKey <= noPlaceKeys.process) continue;
    if (insert.run(recallId, siteKey, issue, now).changes === 1) told += 1;
  }
  return told;
}
