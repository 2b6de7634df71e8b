// Which kept evidence each kind of ledger entry vouches for, gathered from the rooms for `verify`.
import { join } from 'node:path';
import { judgedAsWritten } from './kitchen/dataset/check-judged.ts';
import { packsAsAdded } from './kitchen/pack/check-packs.ts';
import type { EvidenceCheck } from './ledger/verify.ts';
import { complaintsAsWritten } from './oversight/complaint/check-complaint.ts';
import { dayReportsAsSigned } from './oversight/day/check-day.ts';
import { openBlobs } from './store/blobs.ts';
import type { Db } from './store/db.ts';
import { capturedAsWritten } from './trace/capture/check-captured.ts';
import { recallReportAsWritten } from './trace/report/check-recall-report.ts';

/** Checks by entry kind, over the data of `dataDir`. */
export function evidenceChecks(db: Db, dataDir: string): Readonly<Record<string, EvidenceCheck>> {
  const blobs = openBlobs(join(dataDir, 'blobs'));
  return {
    capture: capturedAsWritten(db, blobs),
    'recall-report': recallReportAsWritten(blobs),
    ...judgedAsWritten(db, blobs),
    ...complaintsAsWritten(db, blobs),
    ...dayReportsAsSigned(db),
    ...packsAsAdded(blobs),
  };
}
