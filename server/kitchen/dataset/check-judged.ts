// Compares ledger entries of flags, verdicts and orders with the rows and pictures that are kept: what `verify` does for this half.
import { isMoved } from '../../bucket/moved-picture-store.ts';
import type { EvidenceCheck } from '../../ledger/verify.ts';
import { type BlobStore, sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';

/** Checks by entry kind. A picture that retention removed is not a fault; one that changed or vanished otherwise is. */
export function judgedAsWritten(db: Db, blobs: BlobStore): Readonly<Record<string, EvidenceCheck>> {
  const flagOf = db.sqlite.prepare('SELECT violation, picture_hash AS picture, at, score FROM flag WHERE id = ?');
  const verdictOf = db.sqlite.prepare('SELECT decision, by, flag_id AS flag FROM verdict WHERE id = ?');
  const goneAt = db.sqlite.prepare('SELECT max(gone_at) FROM picture WHERE hash = ?').pluck();
  const pictureFaults = (hash: unknown): string[] => {
    if (typeof hash !== 'string') return [];
    const bytes = blobs.get(hash);
    if (bytes !== undefined) return sha256Hex(bytes) === hash ? [] : [`The picture ${hash} is not what was stored.`];
    // Whether the store has it is asked of the store, by the full check.
    return goneAt.get(hash) === null && !isMoved(db, hash) ? [`The picture ${hash} is gone.`] : [];
  };
  return {
    flag: (entry) => {
      const said = JSON.parse(entry.body) as { violation: string; picture: string; frameAt: number; score: number };
      const row = flagOf.get(idOf(entry.subject)) as
        | { violation: string; picture: string; at: number; score: number }
        | undefined;
      if (row === undefined) return [`${entry.subject} is gone.`];
      const same =
        row.violation === said.violation &&
        row.picture === said.picture &&
        row.at === said.frameAt &&
        row.score === said.score;
      return [...(same ? [] : [`${entry.subject} is not what was raised.`]), ...pictureFaults(said.picture)];
    },
    verdict: (entry) => {
      const said = JSON.parse(entry.body) as { verdict?: number; decision?: string; by: number };
      if (said.verdict === undefined) return [];
      const row = verdictOf.get(said.verdict) as { decision: string; by: number; flag: number } | undefined;
      const same =
        row !== undefined && row.decision === said.decision && row.by === said.by && row.flag === idOf(entry.subject);
      return same ? [] : [`Verdict ${said.verdict} on ${entry.subject} is not what was given.`];
    },
    order: (entry) => pictureFaults((JSON.parse(entry.body) as { photo?: unknown }).photo),
  };
}

function idOf(subject: string): number {
  return Number(subject.split('/')[1]);
}
