// Decides claims once more as the ledger says they were decided: from then on they count in the graph, or not.
import type { StoredEntry } from '../ledger/entry.ts';
import type { Db } from '../store/db.ts';
import { type AuthorSaid, callerAsSaid } from '../trace/capture/author-said.ts';
import { authorityStore, type Decided } from '../trace/capture/authority-store.ts';
import { rereadEvent } from '../trace/capture/capture-document.ts';
import { settleClaim } from '../trace/capture/capture-event.ts';
import { captureRows } from '../trace/capture/capture-rows.ts';
import { draftOf } from '../trace/event/event-draft.ts';

export type ClaimBody = AuthorSaid & {
  /** The hash of the event. */
  readonly event: string;
  readonly decision: Decided['decision'];
  /** The capture that confirmed it by saying the same; left out: somebody decided it. */
  readonly capture?: string;
};

/** Why it could not be decided again; undefined when it could. */
export function settleAgain(
  scratch: Db,
  entry: StoredEntry,
  body: ClaimBody,
  sitesOfDistrict: (id: number) => readonly string[],
): string | undefined {
  const id = Number(entry.subject.slice('event/'.length));
  const claim = scratch.sqlite
    .prepare(
      `SELECT e.json, c.json AS context FROM event_claim k JOIN event e ON e.id = k.event_id
       JOIN event_context c ON c.id = e.context_id WHERE k.event_id = ? AND k.decision IS NULL`,
    )
    .get(id) as { json: string; context: string } | undefined;
  if (claim === undefined) return `There was no open claim ${id} to decide.`;
  const draft = draftOf(rereadEvent(claim.json, claim.context));
  const read = { place: '', draft, hash: body.event, warnings: [] };
  const caller = callerAsSaid(body, sitesOfDistrict);
  const batch = { db: scratch, rows: captureRows(scratch), authority: authorityStore(scratch), caller, now: entry.at };
  settleClaim(batch, { id, decision: body.decision }, read);
  return undefined;
}
