// Makes two codes one lot: events of the one are linked to the other, and open recalls follow; nothing told is changed.
import type { Caller } from '../../accounts/caller.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { captureRows } from '../capture/capture-rows.ts';
import { relinkLots } from '../capture/relink-lots.ts';
import { refreshExcursions } from '../diner/cold-chain-store.ts';
import { mergedInto } from '../lot/lot-merge-store.ts';
import { type Lot, lotById } from '../lot/lot-store.ts';
import type { RecallDeps } from '../recall/start-recall.ts';
import { widenSoon } from '../recall/widen-recall.ts';
import { earlierExpiry, mergeFault } from './lot-merge.ts';
import { mergedLotOf, recallsOfPair } from './merge-pair-store.ts';

export type NewMerge = { readonly fromId: number; readonly intoId: number; readonly reason: string };

/** What the lot had before, and what it was given. */
export type Given = { readonly expiresAt: number | null; readonly certificates: readonly number[] };

/**
 * Throws Problem `not_found` for an unknown lot, `invalid_input` (`/code`) where they cannot be one.
 * Answers how many recalls were widened; wide ones are worked out beside the server, and follow (`widening`).
 */
export function mergeLots(
  deps: RecallDeps,
  { fromId, intoId, reason }: NewMerge,
  caller: Caller | null,
): { readonly mergeId: number; readonly widened: number; readonly widening: number } {
  const { db, clock } = deps;
  try {
    return writeTransaction(db, () => {
      const [from, into] = [lotFor(db, fromId), lotFor(db, intoId)];
      const pair = { from: mergedLotOf(db, from), into: mergedLotOf(db, into) };
      const fault = mergeFault(pair);
      if (fault !== undefined) throw new Problem('invalid_input', { faults: [{ ...fault, place: '/code' }] });
      const at = clock();
      const given = giveTo(db, from, into, earlierExpiry(pair));
      const { lastInsertRowid } = db.sqlite
        .prepare('INSERT INTO lot_merge (from_id, into_id, reason, account_id, at, given) VALUES (?, ?, ?, ?, ?, ?)')
        .run(fromId, intoId, reason, caller?.id ?? null, at, JSON.stringify(given));
      linkAnew(db, fromId, intoId);
      appendEntry(db, {
        kind: 'lot-merge',
        subject: into.code,
        body: {
          merge: Number(lastInsertRowid),
          lots: [fromId, intoId],
          from: from.code,
          reason,
          account: caller?.id ?? null,
        },
        at,
      });
      const told = recallsOfPair(db, [fromId, intoId]).flatMap((id) => widenSoon(deps, id) ?? []);
      const widening = told.filter((each) => 'waits' in each).length;
      return { mergeId: Number(lastInsertRowid), widened: told.length - widening, widening };
    });
  } catch (error) {
    captureRows(db).forget();
    throw error;
  }
}

function lotFor(db: Db, lotId: number): Lot {
  const lot = mergedInto(db, lotId) === undefined ? lotById(db, lotId) : undefined;
  if (lot === undefined) throw new Problem('not_found', { detail: 'No such lot, or it was merged already.' });
  return lot;
}

function giveTo(db: Db, from: Lot, into: Lot, expiresAt: number | null): Given {
  const certificates = db.sqlite
    .prepare(
      `INSERT INTO lot_certificate (lot_id, certificate_id) SELECT @into, certificate_id FROM lot_certificate WHERE lot_id = @from
       ON CONFLICT DO NOTHING RETURNING certificate_id`,
    )
    .pluck()
    .all({ from: from.id, into: into.id }) as number[];
  db.sqlite.prepare('UPDATE lot SET expires_at = ? WHERE id = ?').run(expiresAt, into.id);
  return { expiresAt: into.expiresAt, certificates };
}

/** After a code came to stand for another lot, or ceased to: edges, readings and breaches as they now are. */
export function linkAnew(db: Db, fromId: number, intoId: number): void {
  relinkLots(captureRows(db), [fromId, intoId]);
  for (const lotId of [fromId, intoId]) {
    const lot = lotById(db, lotId);
    if (lot !== undefined && (lot.coldMinC !== null || lot.coldMaxC !== null))
      refreshExcursions(db, lotId, { minC: lot.coldMinC, maxC: lot.coldMaxC });
  }
}
