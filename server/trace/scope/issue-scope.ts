// Freezes the scope of a recall as one of its issues: its rows, its digests for the ledger, and a notice for every holder not told before.
import type { Deps } from '../../deps.ts';
import { sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import type { ScopeRow } from './recall-scope.ts';

/** What is to be frozen, wherever its rows lie. */
export type ScopeToIssue = {
  readonly siteKeys: Iterable<number>;
  /** Of all rows: `scopeDigest` and `issueDigest`. */
  readonly digests: ScopeDigests;
  /** Writes the rows as issue number `issue`, inside the caller's transaction. */
  readonly keep: (db: Db, recallId: number, issue: number) => void;
};

export type ScopeDigests = { readonly scope: string; readonly issued: string };

export function digestsOf(rows: readonly ScopeRow[]): ScopeDigests {
  return { scope: scopeDigest(rows), issued: issueDigest(rows) };
}

export function rowsToIssue(rows: readonly ScopeRow[]): ScopeToIssue {
  return {
    siteKeys: new Set(rows.map((row) => row.siteKey)),
    digests: digestsOf(rows),
    keep: (db, recallId, issue) => keepRows(db, { recallId, issue }, rows),
  };
}

/** How many holders were told. */
export function issueScope(deps: Pick<Deps, 'db' | 'clock'>, recallId: number, issue: number, scope: ScopeToIssue) {
  scope.keep(deps.db, recallId, issue);
  return tellHolders(deps, recallId, issue, scope.siteKeys);
}

/** One line per row in a fixed order, hashed: what the ledger holds of a scope. */
export function scopeDigest(rows: readonly ScopeRow[]): string {
  const lines = rows.map((row) => [row.holdingId, row.scope, row.received, row.onHand, row.share, row.unit].join(' '));
  return sha256Hex(lines.sort().join('\n'));
}

/** The same over all that is kept of each row, so that no column of the table can be changed unseen. */
export function issueDigest(rows: readonly ScopeRow[]): string {
  const lines = inOrder(rows).map(
    ({ holdingId, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit }) =>
      JSON.stringify([holdingId, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit]),
  );
  return sha256Hex(lines.join('\n'));
}

/** In the order of the table, which then grows at its end. */
export function inOrder(rows: readonly ScopeRow[]): ScopeRow[] {
  return [...rows].sort((a, b) => a.holdingId - b.holdingId);
}

const rowsAtOnce = 64;
const columns = [
  ...['recall_id', 'holding_id', 'issue', 'lot_id', 'site_key', 'scope'],
  ...['depth', 'reached_at', 'received', 'on_hand', 'share', 'unit'],
];

function keepRows(
  db: Db,
  { recallId, issue: number }: { readonly recallId: number; readonly issue: number },
  rows: readonly ScopeRow[],
): void {
  const many = insertOf(db, rowsAtOnce);
  let values: (number | string | null)[] = [];
  for (const row of inOrder(rows)) {
    const { holdingId, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit } = row;
    values.push(recallId, holdingId, number, lotId, siteKey, scope, depth, reachedAt, received, onHand, share, unit);
    if (values.length < rowsAtOnce * columns.length) continue;
    many.run(values);
    values = [];
  }
  if (values.length > 0) insertOf(db, values.length / columns.length).run(values);
}

function insertOf(db: Db, rows: number) {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const all = Array.from({ length: rows }, () => row).join(', ');
  return db.sqlite.prepare(`INSERT INTO recall_scope (${columns.join(', ')}) VALUES ${all}`);
}

function tellHolders(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  recallId: number,
  issue: number,
  siteKeys: Iterable<number>,
): number {
  const now = clock();
  const insert = db.sqlite.prepare(
    `INSERT INTO recall_notice (recall_id, site_key, state, issue, sent_at) VALUES (?, ?, 'sent', ?, ?)
     ON CONFLICT (recall_id, site_key) DO NOTHING`,
  );
  let told = 0;
  for (const siteKey of siteKeys) {
    if (siteKey <= noPlaceKeys.process) continue;
    if (insert.run(recallId, siteKey, issue, now).changes === 1) told += 1;
  }
  return told;
}
