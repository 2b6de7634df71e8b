// Compares a closing report's ledger entry with the papers that are kept: what `verify` does for reports.
import type { EvidenceCheck } from '../../ledger/verify.ts';
import { type BlobStore, sha256Hex } from '../../store/blobs.ts';

/** Faults of one `recall-report` entry: a paper gone or changed. */
export function recallReportAsWritten(blobs: BlobStore): EvidenceCheck {
  return (entry) => {
    const { papers } = JSON.parse(entry.body) as { papers: Record<string, string> };
    return Object.entries(papers).flatMap(([lang, hash]) => {
      const bytes = blobs.get(hash);
      if (bytes === undefined) return [`The closing report (${lang}) is gone.`];
      return sha256Hex(bytes) === hash ? [] : [`The closing report (${lang}) is not what was written.`];
    });
  };
}
