// Captures a read EPCIS document: events, edges and a ledger entry in one transaction, or nothing and the reasons why.
import { randomUUID } from 'node:crypto';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { quietly } from '../../ledger/journal.ts';
import { writeTransaction } from '../../store/db.ts';
import { authorityStore } from './authority-store.ts';
import type { FaultyEvent, ReadDocument } from './capture-document.ts';
import { captureEvent, type EventAnswer } from './capture-event.ts';
import { captureMetrics } from './capture-metrics.ts';
import { type CaptureRows, captureRows } from './capture-rows.ts';
import { keepDocument } from './keep-document.ts';

export type CaptureDeps = Pick<Deps, 'db' | 'blobs' | 'clock' | 'queue'> & Partial<Pick<Deps, 'metrics'>>;

/** GS1-Capture-Error-Behaviour: one refused event refuses all, or the others are taken. */
export type CaptureOptions = {
  readonly onError: 'rollback' | 'proceed';
  /** Hash URIs of events that are claims where they come from: they have no effect here either. */
  readonly claims?: ReadonlySet<string>;
};

export type CaptureAnswer = {
  readonly status: 'accepted' | 'partially_accepted' | 'refused';
  /** Under which the document is kept; undefined when nothing new was stored. */
  readonly captureId: string | undefined;
  readonly accepted: number;
  readonly refused: number;
  readonly duplicate: number;
  readonly warned: number;
  /** In document order. */
  readonly events: readonly EventAnswer[];
};

const checkEveryMs = 2_000;

/** Captures `doc` for `caller` (null: the program itself) in one transaction. Never throws for what a document says. */
export function captureDocument(
  deps: CaptureDeps,
  doc: ReadDocument,
  caller: Caller | null,
  options: CaptureOptions,
): CaptureAnswer {
  try {
    return writeTransaction(deps.db, () => captureInTransaction(deps, doc, caller, options));
  } catch (error) {
    captureRows(deps.db).forget();
    if (error instanceof RolledBack) return error.answer;
    throw error;
  }
}

/** The same inside a transaction of the caller's; throws RolledBack when its savepoint has to be undone. */
export function captureInTransaction(
  deps: CaptureDeps,
  doc: ReadDocument,
  caller: Caller | null,
  options: CaptureOptions,
): CaptureAnswer {
  if (options.onError === 'rollback' && doc.events.some((read) => 'faults' in read)) {
    const answer = answerOf(undefined, doc.events.map(heldBack));
    count(deps, answer, options);
    return answer;
  }
  const rows = captureRows(deps.db);
  const documentId = rows.statements.nextDocument.get() as number;
  const now = deps.clock();
  const batch = {
    db: deps.db,
    rows,
    authority: authorityStore(deps.db),
    documentId,
    caller,
    now,
    captureId: newCaptureId(now),
    someDeclared: declaredAsker(rows, doc),
    ...(options.claims === undefined ? {} : { claims: options.claims }),
  };
  // What the events add is built again from the document; what else is noted would stand in the ledger twice.
  const answers = quietly(deps.db, () =>
    doc.events.map((read, position) =>
      'faults' in read ? refused(read, position) : captureEvent(batch, read, position),
    ),
  );
  const { captureId } = batch;
  const answer = answerOf(captureId, answers);
  count(deps, answer, options);
  if (options.onError === 'rollback' && answer.refused > 0) {
    throw new RolledBack({
      ...answer,
      captureId: undefined,
      accepted: 0,
      status: 'refused',
      events: answers.map(undone),
    });
  }
  if (answer.accepted === 0) return { ...answer, captureId: undefined };
  const { onError } = options;
  keepDocument(deps.db, rows, { ...answer, documentId, captureId, doc, caller, onError, at: now });
  askForChecks(deps, now);
  return answer;
}

/** Where one refused event undoes the others, none of them was accepted. */
function count({ metrics }: CaptureDeps, answer: CaptureAnswer, { onError }: CaptureOptions): void {
  if (metrics === undefined) return;
  const { events } = captureMetrics(metrics);
  const undone = onError === 'rollback' && answer.refused > 0;
  events.inc({ outcome: 'accepted' }, undone ? 0 : answer.accepted);
  events.inc({ outcome: 'refused' }, answer.refused);
  events.inc({ outcome: 'duplicate' }, answer.duplicate);
}

/** As unguessable as its 74 random bits, but begun by the time (RFC 9562 §5.7): neighbours in time are neighbours in the indexes. */
function newCaptureId(now: number): string {
  const time = now.toString(16).padStart(12, '0').slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** Whether any error declaration is on record, of `doc` too. */
export function declaredAsker(rows: CaptureRows, doc: Pick<ReadDocument, 'events'>): () => boolean {
  const here = doc.events.some((read) => 'draft' in read && read.draft.declaredAt > 0);
  const some = here || rows.statements.anyDeclaration.get() !== undefined;
  return () => some;
}

/** Carries the answer out of a transaction that was undone because of it. */
export class RolledBack extends Error {
  readonly answer: CaptureAnswer;
  constructor(answer: CaptureAnswer) {
    super('An event was refused, and the document with it.');
    this.name = 'RolledBack';
    this.answer = answer;
  }
}

function answerOf(captureId: string | undefined, events: readonly EventAnswer[]): CaptureAnswer {
  const count = (status: EventAnswer['status']) => events.filter((event) => event.status === status).length;
  const [accepted, refusedCount, duplicate] = [count('accepted'), count('refused'), count('duplicate')];
  const taken = accepted + duplicate;
  return {
    status: refusedCount === 0 && taken === events.length ? 'accepted' : taken === 0 ? 'refused' : 'partially_accepted',
    captureId,
    accepted,
    refused: refusedCount,
    duplicate,
    warned: events.filter((event) => event.warnings.length > 0).length,
    events,
  };
}

function refused(read: FaultyEvent, position: number): EventAnswer {
  return {
    position,
    place: read.place,
    status: 'refused',
    hash: undefined,
    faults: read.faults,
    warnings: [],
    isClaim: false,
  };
}

function heldBack(read: ReadDocument['events'][number], position: number): EventAnswer {
  if ('faults' in read) return refused(read, position);
  return {
    position,
    place: read.place,
    status: 'not_stored',
    hash: read.hash,
    faults: [],
    warnings: read.warnings,
    isClaim: false,
  };
}

function undone(answer: EventAnswer): EventAnswer {
  return answer.status === 'accepted' ? { ...answer, status: 'not_stored', isClaim: false } : answer;
}

/** Balances, cold chain and open recalls are looked at once per span, after it is over. */
function askForChecks(deps: CaptureDeps, now: number): void {
  const span = Math.floor(now / checkEveryMs);
  deps.queue.enqueue({
    name: 'check-chain',
    payload: {},
    key: `check-chain/${span}`,
    runAt: (span + 1) * checkEveryMs,
  });
}
