// Keeps a captured document as it came, with the ledger entry that vouches for it and for every row that was made of it.
import type { Caller } from '../../accounts/caller.ts';
import { appendEntry } from '../../ledger/append.ts';
import { digestOfRow } from '../../ledger/proved-table.ts';
import type { Db } from '../../store/db.ts';
import { authorSaid } from './author-said.ts';
import { eventsDigest, type ReadDocument } from './capture-document.ts';
import type { EventAnswer } from './capture-event.ts';
import type { CaptureRows } from './capture-rows.ts';
import { graphRules } from './graph-rules.ts';

export type Captured = {
  readonly documentId: number;
  readonly captureId: string;
  readonly doc: ReadDocument;
  readonly caller: Caller | null;
  readonly onError: 'rollback' | 'proceed';
  readonly accepted: number;
  readonly refused: number;
  readonly duplicate: number;
  readonly warned: number;
  readonly events: readonly EventAnswer[];
  /** Unix ms; the events of the document have the same. */
  readonly at: number;
};

const mostFaultsKept = 200;

/** Inside the transaction that captured the events. */
export function keepDocument(db: Db, rows: CaptureRows, captured: Captured): void {
  const { captureId, doc, caller, accepted, events, at } = captured;
  const row = rowOf(captured);
  rows.statements.insertDocument.run({ ...row, bytes: doc.kept.bytes, encoding: doc.kept.encoding });
  const claims = events.flatMap(({ position, isClaim }) => (isClaim ? [position] : []));
  appendEntry(db, {
    kind: 'capture',
    subject: `capture/${captureId}`,
    body: {
      document: doc.kept.sha256,
      events: accepted,
      eventsDigest: digestOf(captured),
      ...authorSaid(caller),
      claims: claims.length === 0 ? undefined : claims,
      row: digestOfRow(row),
      graph: graphRules,
    },
    at,
  });
}

/** The document's row, but for its bytes: those have a digest of their own. */
function rowOf({
  documentId,
  captureId,
  doc,
  caller,
  onError,
  accepted,
  refused,
  duplicate,
  warned,
  events,
  at,
}: Captured) {
  const { account, organisation, role } = authorSaid(caller);
  return {
    id: documentId,
    capture_id: captureId,
    sha256: doc.kept.sha256,
    media_type: doc.kept.mediaType,
    byte_count: doc.kept.byteCount,
    account_id: account,
    organisation_id: organisation ?? null,
    author_role: role ?? null,
    received_at: at,
    on_error: onError,
    accepted,
    refused,
    duplicate,
    warned,
    faults: JSON.stringify(events.flatMap((event) => event.faults).slice(0, mostFaultsKept)),
  };
}

function digestOf({ doc, accepted, events }: Captured): string {
  if (accepted === doc.events.length) return doc.eventsDigest;
  const stored = doc.events.filter((_, position) => events[position]?.status === 'accepted');
  return eventsDigest(stored.flatMap((read) => ('draft' in read ? read : [])));
}
