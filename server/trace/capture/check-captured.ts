// Compares a capture's ledger entry with the document and the events that are kept: what `verify` does for this half.
import type { StoredEntry } from '../../ledger/entry.ts';
import type { EvidenceCheck } from '../../ledger/verify.ts';
import { type BlobStore, sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';
import { bytesAsTheyCame, eventsDigest } from './capture-document.ts';

type DocumentRow = { id: number; sha256: string; bytes: Buffer | null; encoding: string | null };
type EventRow = { hash: string; declaredAt: number; json: string };

/** Faults of one `capture` entry: document missing or changed, events missing, added or changed. */
export function capturedAsWritten(db: Db, blobs: BlobStore): EvidenceCheck {
  const documentOf = db.sqlite.prepare('SELECT id, sha256, bytes, encoding FROM event_document WHERE capture_id = ?');
  const eventsOf = db.sqlite.prepare(
    'SELECT lower(hex(hash)) AS hash, declared_at AS declaredAt, json FROM event WHERE document_id = ? ORDER BY position, id',
  );
  return (entry) => {
    const document = documentOf.get(entry.subject.slice('capture/'.length)) as DocumentRow | undefined;
    if (document === undefined) return ['The captured document is gone.'];
    const said = JSON.parse(entry.body) as { document: string; eventsDigest: string };
    return [
      ...documentFaults(document, said.document, blobs),
      ...eventFaults(eventsOf.all(document.id) as EventRow[], said.eventsDigest, entry),
    ];
  };
}

function documentFaults({ bytes, encoding, sha256 }: DocumentRow, said: string, blobs: BlobStore): string[] {
  const kept = bytes ?? blobs.get(sha256);
  if (kept === undefined) return ['The bytes of the captured document are gone.'];
  return sha256OfCame(kept, encoding) === said ? [] : ['The captured document is not what came.'];
}

/** Undefined where the packed bytes cannot be unpacked. */
function sha256OfCame(bytes: Buffer, encoding: string | null): string | undefined {
  try {
    return sha256Hex(bytesAsTheyCame(bytes, encoding));
  } catch {
    return undefined;
  }
}

function eventFaults(events: readonly EventRow[], said: string, entry: StoredEntry): string[] {
  const stored = events.map(({ hash, ...draft }) => ({ hash: `ni:///sha-256;${hash}?ver=CBV2.0`, draft }));
  return eventsDigest(stored) === said ? [] : [`The events of ${entry.subject} are not those that were captured.`];
}
