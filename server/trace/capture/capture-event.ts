// Captures one event of a document: its row, its edges, and what it voids.
import type { Caller } from '../../accounts/caller.ts';
import type { Fault } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { quietly } from '../../ledger/journal.ts';
import type { Db } from '../../store/db.ts';
import { authorPlaces } from '../event/author-places.ts';
import type { EventDraft } from '../event/event-draft.ts';
import { hashBytes } from '../event/event-hash-bytes.ts';
import { authorSaid } from './author-said.ts';
import { mayVoid, missingWord, waitedRightly } from './authority.ts';
import type { AuthorityStore, Decided } from './authority-store.ts';
import type { SoundEvent } from './capture-document.ts';
import { linkEvent, nameSubjects } from './capture-edges.ts';
import { claimWarning, confirmedWarning, faultsOf, waitingWarning, warningsOf } from './capture-fault.ts';
import { keepLotFacts } from './capture-master-data.ts';
import { keepReadings } from './capture-readings.ts';
import { relinkMovesOf, voidEvent } from './capture-relink.ts';
import type { CaptureRows } from './capture-rows.ts';

export type EventAnswer = {
  readonly position: number;
  /** Where it stands in the document. */
  readonly place: string;
  /** `not_stored`: sound, but another event of the document was refused. */
  readonly status: 'accepted' | 'duplicate' | 'refused' | 'not_stored';
  readonly hash: string | undefined;
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
  /** Taken, and without effect until the place it speaks of confirms it. */
  readonly isClaim: boolean;
};

/** What the events of one document share. */
export type Batch = {
  readonly db: Db;
  readonly rows: CaptureRows;
  readonly authority: AuthorityStore;
  readonly documentId: number;
  readonly caller: Caller | null;
  /** Unix ms. */
  readonly now: number;
  /** Under which the document is kept. */
  readonly captureId: string;
  /** What was decided when this was captured the first time; left out: it is decided now. */
  readonly history?: History;
  /** Hash URIs of events that come as claims, whoever brings them. */
  readonly claims?: ReadonlySet<string>;
  /** Whether any error declaration is on record, of this document too. */
  readonly someDeclared: () => boolean;
};

/** The positions of claims, and the hashes of events that were said again by who speaks for their place. */
export type History = { readonly claims: ReadonlySet<number>; readonly confirmed: ReadonlySet<string> };

export function captureEvent(batch: Batch, read: SoundEvent, position: number): EventAnswer {
  const { draft, hash, place } = read;
  const faults = faultsOf(batch, read);
  const answer = { position, place, hash, faults, warnings: read.warnings, isClaim: false };
  if (faults.length > 0) return { ...answer, status: 'refused' };
  const id = insertEvent(batch, draft, hash, position);
  if (id === undefined) return repeated(batch, read, answer);
  const { warnings, isClaim } =
    draft.declaredAt === 0 ? keep(batch, id, read, position) : { warnings: declare(batch, id, read), isClaim: false };
  return {
    ...answer,
    status: 'accepted',
    warnings: warnings.length === 0 ? read.warnings : [...read.warnings, ...warnings],
    isClaim,
  };
}

function insertEvent(batch: Batch, draft: EventDraft, hash: string, position: number): number | undefined {
  const { rows } = batch;
  // A repeat in other words would else leave a context behind that no captured event stands in.
  const known = rows.knownContextId(draft.context);
  const isRepeat = () => rows.statements.sameEvent.get(draft.at, hashBytes(hash), draft.declaredAt) !== undefined;
  if (known === undefined && isRepeat()) return undefined;
  const { changes, lastInsertRowid } = rows.statements.insertEvent.run(
    hashBytes(hash),
    draft.declaredAt,
    draft.uri,
    draft.kind,
    draft.action,
    draft.bizStep,
    draft.disposition,
    draft.at,
    draft.zoneMinutes,
    batch.now,
    draft.readPoint === null ? null : rows.siteKey(draft.readPoint),
    draft.bizLocation === null ? null : rows.siteKey(draft.bizLocation),
    batch.documentId,
    rows.contextId(draft.context),
    position,
    draft.json,
  );
  return changes === 0 ? undefined : Number(lastInsertRowid);
}

/** What is there already stays; the same word from whoever speaks for the place confirms another's claim. */
function repeated(batch: Batch, read: SoundEvent, answer: Omit<EventAnswer, 'status'>): EventAnswer {
  const duplicate = { ...answer, status: 'duplicate' } as const;
  const { caller, history, claims } = batch;
  const counts = history?.confirmed.has(read.hash) ?? missingWord(caller, read.draft) === undefined;
  if (read.draft.declaredAt !== 0 || !counts || claims?.has(read.hash)) return duplicate;
  const claim = batch.authority.openClaim(read);
  if (claim === undefined) return duplicate;
  settleClaim(batch, { id: claim, decision: 'confirmed' }, read);
  return { ...duplicate, warnings: [...read.warnings, confirmedWarning(read)] };
}

function keep(batch: Batch, id: number, read: SoundEvent, position: number): Pick<EventAnswer, 'warnings' | 'isClaim'> {
  const foreign = foreignPlace(batch, read, position);
  if (foreign === undefined) linkWhole(batch, id, read);
  else keepClaim(batch, id, read, foreign);
  // A look-up for each event would wait for a declaration that hardly ever comes first.
  if (batch.someDeclared()) voidAsDeclared(batch, id, read);
  const warnings = warningsOf(batch, read);
  return foreign === undefined
    ? { warnings, isClaim: false }
    : { warnings: [claimWarning(read, foreign), ...warnings], isClaim: true };
}

function foreignPlace(batch: Batch, { draft, hash }: SoundEvent, position: number): string | undefined {
  const { caller, history, claims } = batch;
  if (history?.claims.has(position) || claims?.has(hash)) return authorPlaces(draft)[0];
  return history === undefined ? missingWord(caller, draft) : undefined;
}

/** Named, so that it is found, and nothing more: no edge, no reading, nothing about the lot. */
function keepClaim({ rows, authority }: Batch, id: number, { draft }: SoundEvent, siteId: string): void {
  nameSubjects(rows, { id, at: draft.at, links: draft.links });
  keepTransactions(rows, id, draft);
  authority.insertClaim(id, rows.siteKey(siteId));
}

/** Everything an event does to the graph, and what it says of its lots. */
function linkWhole(batch: Pick<Batch, 'db' | 'rows' | 'caller'>, id: number, { draft }: SoundEvent): void {
  const { rows } = batch;
  const { at, links, readings, lotFacts } = draft;
  const kept = { id, at, links };
  linkEvent(rows, kept);
  keepTransactions(rows, id, draft);
  keepReadings(rows, kept, readings);
  if (lotFacts !== undefined) keepLotFacts(batch, lotFacts);
  if (links.containerChange !== undefined) {
    relinkMovesOf(rows, rows.lotRef(links.containerChange.container).id, at, id);
  }
}

/** A declaration that came first voids the event of its own author, never another's. */
function voidAsDeclared({ rows, authority, caller }: Batch, id: number, read: SoundEvent): void {
  const rightful = authority.waitingFor(read).find((declaration) => waitedRightly(declaration, caller));
  if (rightful !== undefined) voidEvent(rows, id, rightful.id);
}

type Settling = { readonly id: number; readonly decision: Decided['decision'] };

/** Decides a claim inside the caller's transaction: from then on it counts, unless it was denied. */
export function settleClaim(
  batch: Pick<Batch, 'db' | 'rows' | 'authority' | 'caller' | 'now'> & Partial<Pick<Batch, 'captureId'>>,
  { id, decision }: Settling,
  read: SoundEvent,
): void {
  const { db, authority, caller, now } = batch;
  const by = caller?.id ?? null;
  const organisation = caller?.organisationId ?? null;
  authority.decide({ id, decision, by, organisation, at: now });
  if (decision !== 'denied') quietly(db, () => linkWhole(batch, id, read));
  const body = { event: read.hash, decision, ...authorSaid(caller), capture: batch.captureId };
  appendEntry(db, { kind: 'claim', subject: `event/${id}`, body, at: now });
}

/** EPCIS 2.0 §7.4.1.3: the declaration stands beside the event it voids; when it comes first, it waits. */
function declare(batch: Batch, id: number, read: SoundEvent): Fault[] {
  linkEvent(batch.rows, { id, at: read.draft.at, links: read.draft.links });
  keepTransactions(batch.rows, id, read.draft);
  const targets = batch.authority.targetsOf(read).filter((target) => mayVoid(batch.caller, target));
  for (const target of targets) voidEvent(batch.rows, target.id, id);
  return targets.length > 0 ? [] : [waitingWarning(read)];
}

function keepTransactions(rows: CaptureRows, eventId: number, { bizTransactions }: EventDraft): void {
  for (const { id, type } of bizTransactions) rows.statements.bizTransaction.run(id, eventId, type ?? '');
}
