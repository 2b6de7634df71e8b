// Which kept evidence each kind of ledger entry vouches for, gathered from the rooms for `verify`.
import type { EvidenceCheck } from './ledger/verify.ts';
import type { Db } from './store/db.ts';

/** Checks by entry kind, over the data of `dataDir`. */
export function evidenceChecks(_db: Db, _dataDir: string): Readonly<Record<string, EvidenceCheck>> {
  return {};
}
