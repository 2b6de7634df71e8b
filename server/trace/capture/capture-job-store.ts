// What became of captured documents: one by its capture id, or the newest of an account.
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Fault } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import { idsOfHash } from '../event/event-hash-store.ts';

export type CaptureJob = {
  readonly id: number;
  readonly captureId: string;
  readonly receivedAt: number;
  readonly onError: 'rollback' | 'proceed';
  readonly accepted: number;
  readonly refused: number;
  readonly duplicate: number;
  readonly warned: number;
  readonly faults: readonly Fault[];
};

type Row = Omit<CaptureJob, 'faults'> & { readonly faults: string };

const columns = `id, capture_id AS captureId, received_at AS receivedAt, on_error AS onError, accepted, refused, duplicate, warned, faults`;

/** Undefined for an unknown id and for another account's: both look the same from outside. */
export function captureJob(db: Db, caller: Caller, captureId: string): CaptureJob | undefined {
  const row = db.sqlite
    .prepare(`SELECT ${columns} FROM event_document WHERE capture_id = ? AND (? OR account_id = ?)`)
    .get(captureId, seesAll(caller), caller.id) as Row | undefined;
  return row === undefined ? undefined : jobOf(row);
}

/** Newest first; `before`: the id of the last job of the page before. */
export function captureJobs(db: Db, caller: Caller, limit: number, before = Number.MAX_SAFE_INTEGER): CaptureJob[] {
  const rows = db.sqlite
    .prepare(`SELECT ${columns} FROM event_document WHERE id < ? AND (? OR account_id = ?) ORDER BY id DESC LIMIT ?`)
    .all(before, seesAll(caller), caller.id, limit) as Row[];
  return rows.map(jobOf);
}

/** The capture that first brought an event, when it was this account's: where a repeat is pointed to. */
export function captureOfEvent(db: Db, caller: Caller, hash: Buffer): string | undefined {
  return db.sqlite
    .prepare(
      `SELECT d.capture_id FROM event e JOIN event_document d ON d.id = e.document_id
       WHERE e.id IN (${idsOfHash('?')}) AND (? OR d.account_id = ?)`,
    )
    .pluck()
    .get(hash, seesAll(caller), caller.id) as string | undefined;
}

function seesAll(caller: Caller): 0 | 1 {
  return seesAllSites(caller) ? 1 : 0;
}

function jobOf(row: Row): CaptureJob {
  return { ...row, faults: JSON.parse(row.faults) as Fault[] };
}
