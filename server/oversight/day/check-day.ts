// Compares the ledger's entries about signed reports with what is kept: what `verify` does for this room.
import type { EvidenceCheck } from '../../ledger/verify.ts';
import { sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';

/** Checks by entry kind: a signed report still has the bytes that were signed. */
export function dayReportsAsSigned(db: Db): Readonly<Record<string, EvidenceCheck>> {
  const kept = db.sqlite.prepare('SELECT body FROM day_report WHERE site_id = ? AND kind = ? AND from_day = ?').pluck();
  return {
    'day-report': (entry) => {
      const said = JSON.parse(entry.body) as { period: string; from: string; hash: string };
      const body = kept.get(entry.subject.slice('day/'.length), said.period, said.from) as string | undefined;
      if (body === undefined) return ['The signed report is gone.'];
      return sha256Hex(body) === said.hash ? [] : ['The report is not what was signed.'];
    },
  };
}
