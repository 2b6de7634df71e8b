// Takes a merge back: each code is a lot of its own again, with the events that named it, also those that came since.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { captureRows } from '../capture/capture-rows.ts';
import { mergeById } from '../lot/lot-merge-store.ts';
import { lotById } from '../lot/lot-store.ts';
import { type Given, linkAnew } from './merge-lots.ts';

export type Undoing = { readonly mergeId: number; readonly intoId: number; readonly reason: string };

/** Throws Problem `not_found` for no merge of this lot, `conflict` where it was undone already. */
export function undoMerge(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  { mergeId, intoId, reason }: Undoing,
  caller: Caller | null,
): void {
  try {
    writeTransaction(db, () => {
      const merge = mergeById(db, mergeId);
      const into = lotById(db, intoId);
      if (merge === undefined || into === undefined || merge.intoId !== intoId) throw new Problem('not_found');
      if (merge.undoneAt !== null) throw new Problem('conflict', { detail: 'This merge was undone already.' });
      const at = clock();
      db.sqlite
        .prepare('UPDATE lot_merge SET undone_at = ?, undone_reason = ?, undone_by = ? WHERE id = ?')
        .run(at, reason, caller?.id ?? null, mergeId);
      takeFrom(db, mergeId, intoId);
      linkAnew(db, merge.fromId, intoId);
      appendEntry(db, {
        kind: 'lot-merge-undone',
        subject: into.code,
        body: { merge: mergeId, lots: [merge.fromId, intoId], from: merge.code, reason, account: caller?.id ?? null },
        at,
      });
    });
  } catch (error) {
    captureRows(db).forget();
    throw error;
  }
}

function takeFrom(db: Db, mergeId: number, intoId: number): void {
  const given = db.sqlite.prepare('SELECT given FROM lot_merge WHERE id = ?').pluck().get(mergeId) as string;
  const { expiresAt, certificates } = JSON.parse(given) as Given;
  db.sqlite.prepare('UPDATE lot SET expires_at = ? WHERE id = ?').run(expiresAt, intoId);
  db.sqlite
    .prepare('DELETE FROM lot_certificate WHERE lot_id = ? AND certificate_id IN (SELECT value FROM json_each(?))')
    .run(intoId, JSON.stringify(certificates));
}
