// Merges two lots once more, or parts them, in the scratch database: what is captured afterwards depends on it.
import type { StoredEntry } from '../ledger/entry.ts';
import type { Db } from '../store/db.ts';
import { captureRows } from '../trace/capture/capture-rows.ts';
import { relinkLots } from '../trace/capture/relink-lots.ts';

export type MergeBody = { readonly merge: number; readonly lots: readonly [from: number, into: number] };

export function mergeAgain(scratch: Db, { kind, at }: StoredEntry, { merge, lots: [from, into] }: MergeBody): void {
  if (kind === 'lot-merge')
    scratch.sqlite
      .prepare(`INSERT INTO lot_merge (id, from_id, into_id, reason, at, given) VALUES (?, ?, ?, '', ?, '')`)
      .run(merge, from, into, at);
  else scratch.sqlite.prepare(`UPDATE lot_merge SET undone_at = ?, undone_reason = '' WHERE id = ?`).run(at, merge);
  relinkLots(captureRows(scratch), [from, into]);
}
