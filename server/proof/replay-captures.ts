// Captures the kept documents once more, in the order of the ledger, into a scratch database: the graph as it has to be.
import type { Caller } from '../accounts/caller.ts';
import type { StoredEntry } from '../ledger/entry.ts';
import type { BlobStore } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { type AuthorSaid, callerAsSaid } from '../trace/capture/author-said.ts';
import { authorityStore } from '../trace/capture/authority-store.ts';
import {
  bytesAsTheyCame,
  eventsDigest,
  type ReadDocument,
  rereadEvent,
  type SoundEvent,
} from '../trace/capture/capture-document.ts';
import { captureEvent } from '../trace/capture/capture-event.ts';
import { declaredAsker } from '../trace/capture/capture-events.ts';
import { captureRows } from '../trace/capture/capture-rows.ts';
import type { DocumentReader } from '../trace/capture/read-aside.ts';
import { hashUri } from '../trace/chain/chain-store.ts';
import { draftOf } from '../trace/event/event-draft.ts';
import { copyGraph, endOfDocument } from './copy-graph.ts';

export type CaptureBody = AuthorSaid & {
  readonly document: string;
  readonly events: number;
  readonly eventsDigest: string;
  /** Positions of events that were claims. */
  readonly claims?: readonly number[];
  /** Digest of the document's row; not in entries of before 0.2. */
  readonly row?: string;
  /** By which rules its rows were made; not in entries of before 0.2. */
  readonly graph?: number;
};

export type KeptDocumentRow = {
  readonly id: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly byteCount: number;
  readonly bytes: Buffer | null;
  readonly encoding: string | null;
  readonly onError: 'rollback' | 'proceed';
  readonly refused: number;
  readonly duplicate: number;
  readonly warned: number;
  readonly faults: string;
};

/** A capture whose document is being read, so that reading goes on while another is stored. */
export type CaptureAhead = {
  readonly entry: StoredEntry;
  readonly body: CaptureBody;
  readonly row: KeptDocumentRow | undefined;
  readonly read: Promise<ReadDocument | undefined>;
};

export type CaptureReplay = {
  ahead(entry: StoredEntry): CaptureAhead;
  /** Why the capture could not be done again as it was; undefined when it could. */
  /** `confirmed`: hashes of claims that this document, saying them too, has confirmed. */
  store(ahead: CaptureAhead, confirmed: ReadonlySet<string>): Promise<string | undefined>;
};

/** Empty for a body that is no JSON: that it was changed has been said. */
export function bodyOf({ body }: StoredEntry): object {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

/** An event with its number in the document's list. */
type PlacedEvent = { readonly position: number; readonly read: SoundEvent };

type Parts = {
  readonly live: Db;
  readonly scratch: Db;
  readonly blobs: BlobStore;
  readonly read: DocumentReader;
  readonly sitesOfDistrict: (id: number) => readonly string[];
};

export function openCaptureReplay({ live, scratch, blobs, read, sitesOfDistrict }: Parts): CaptureReplay {
  const documentOf = live.sqlite.prepare(
    `SELECT id, sha256, media_type AS mediaType, byte_count AS byteCount, bytes, encoding, on_error AS onError, refused, duplicate, warned, faults
     FROM event_document WHERE capture_id = ?`,
  );
  const eventsOf = live.sqlite.prepare(
    `SELECT e.hash, e.position, e.json, c.json AS context FROM event e JOIN event_context c ON c.id = e.context_id
     WHERE e.document_id = ? ORDER BY e.position, e.id`,
  );
  const positionsOf = live.sqlite.prepare('SELECT position FROM event WHERE document_id = ? ORDER BY position').pluck();

  /** The events as they are kept: the ledger's digest is over their text, so where that holds they are as good as the document. */
  function storedEvents(documentId: number): PlacedEvent[] {
    const rows = eventsOf.all(documentId) as { hash: Buffer; json: string; context: string; position: number }[];
    return rows.flatMap(({ hash, json, context, position }): PlacedEvent[] => {
      try {
        const draft = { ...draftOf(rereadEvent(json, context)), json, context };
        return [{ position, read: { place: '', draft, hash: hashUri(hash), warnings: [] } }];
      } catch {
        return [];
      }
    });
  }

  async function readAgain(row: KeptDocumentRow | undefined): Promise<ReadDocument | undefined> {
    try {
      const kept = row?.bytes ?? (row === undefined ? undefined : blobs.get(row.sha256));
      if (row === undefined || kept === undefined) return undefined;
      return await read(bytesAsTheyCame(kept, row.encoding), row.mediaType);
    } catch {
      // That it cannot be read is said when it is its turn.
      return undefined;
    }
  }

  return {
    ahead(entry) {
      const body = bodyOf(entry) as CaptureBody;
      const row = documentOf.get(entry.subject.slice('capture/'.length)) as KeptDocumentRow | undefined;
      return { entry, body, row, read: readAgain(row) };
    },
    async store({ entry, body, row, read: reading }, confirmed) {
      const document = await reading;
      if (row === undefined) return 'Its document is gone, and what came of it cannot be built again.';
      const taken = document && takenPositions(document, body, positionsOf.all(row.id) as number[]);
      const again = { entry, body, row, confirmed, caller: callerAsSaid(body, sitesOfDistrict) };
      if (document !== undefined && taken !== undefined)
        return storeAgain(scratch, { ...again, events: soundEvents(document), taken });
      const events = storedEvents(row.id);
      if (eventsDigest(events.map(({ read }) => read)) === body.eventsDigest)
        return storeAgain(scratch, { ...again, events, taken: new Set(events.map(({ position }) => position)) });
      copyGraph(live, scratch, endOfDocument(live, row.id));
      return 'Neither its document nor its events are what was captured: what came of them was not built again.';
    },
  };
}

/** Which events of the document were new then: those that the digest of the ledger was made over. */
function takenPositions(
  document: ReadDocument,
  { events, eventsDigest: wanted }: CaptureBody,
  stored: readonly number[],
): ReadonlySet<number> | undefined {
  if (events === document.events.length && document.eventsDigest === wanted)
    return new Set(document.events.map((_, position) => position));
  const sound = stored.flatMap((position) => {
    const read = document.events[position];
    return read === undefined || 'faults' in read ? [] : [read];
  });
  return eventsDigest(sound) === wanted ? new Set(stored) : undefined;
}

function soundEvents(document: ReadDocument): PlacedEvent[] {
  return document.events.flatMap((read, position) => ('faults' in read ? [] : [{ position, read }]));
}

type Again = {
  readonly entry: StoredEntry;
  readonly body: CaptureBody;
  readonly row: KeptDocumentRow;
  readonly caller: Caller | null;
  readonly events: readonly PlacedEvent[];
  readonly taken: ReadonlySet<number>;
  readonly confirmed: ReadonlySet<string>;
};

function storeAgain(scratch: Db, { entry, body, row, caller, events, taken, confirmed }: Again): string | undefined {
  const rows = captureRows(scratch);
  const documentId = rows.statements.nextDocument.get() as number;
  const captureId = entry.subject.slice('capture/'.length);
  const batch = {
    db: scratch,
    rows,
    authority: authorityStore(scratch),
    documentId,
    captureId,
    caller,
    now: entry.at,
    // What was a claim then, and what was taken, is history: the ledger says so.
    history: { claims: new Set(body.claims), confirmed },
    someDeclared: declaredAsker(rows, { events: events.map((event) => event.read) }),
  };
  let accepted = 0;
  for (const { position, read } of events) {
    if (!taken.has(position) && !confirmed.has(read.hash)) continue;
    if (captureEvent(batch, read, position).status === 'accepted') accepted += 1;
  }
  rows.statements.insertDocument.run({
    ...{ id: documentId, capture_id: captureId, bytes: null, encoding: null, accepted, received_at: entry.at },
    ...{ account_id: body.account, organisation_id: body.organisation ?? null, author_role: body.role ?? null },
    ...{ sha256: row.sha256, media_type: row.mediaType, byte_count: row.byteCount, on_error: row.onError },
    ...{ refused: row.refused, duplicate: row.duplicate, warned: row.warned, faults: row.faults },
  });
  return accepted === body.events ? undefined : `${accepted} of its ${body.events} events could be captured again.`;
}
