// Captures one event of a document: its row, its edges, and what it voids.
import { type Caller, seesAllSites } from '../../accounts/caller.ts';
import type { Fault } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import type { EventDraft } from '../event/event-draft.ts';
import type { SoundEvent } from './capture-document.ts';
import { linkEvent, mostLinesPerEvent } from './capture-edges.ts';
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
};

/** What the events of one document share. */
export type Batch = {
  readonly db: Db;
  readonly rows: CaptureRows;
  readonly documentId: number;
  readonly caller: Caller | null;
  /** Unix ms. */
  readonly now: number;
  /** Whether any error declaration is on record, of this document too. */
  readonly someDeclared: () => boolean;
};

// A partner's clock may be off; a day ahead is a mistake worth telling.
const farAheadMs = 86_400_000;

export function captureEvent(batch: Batch, read: SoundEvent, position: number): EventAnswer {
  const { draft, hash, place } = read;
  const faults = faultsOf(batch, read);
  const answer = { position, place, hash, faults, warnings: read.warnings };
  if (faults.length > 0) return { ...answer, status: 'refused' };
  const id = insertEvent(batch, draft, hash, position);
  if (id === undefined) return { ...answer, status: 'duplicate' };
  const warnings = draft.declaredAt === 0 ? link(batch, id, read) : declare(batch, id, read);
  return {
    ...answer,
    status: 'accepted',
    warnings: warnings.length === 0 ? read.warnings : [...read.warnings, ...warnings],
  };
}

/** The 32 bytes in `ni:///sha-256;<hex>?ver=CBV2.0`. */
export function hashBytes(hash: string): Buffer {
  return Buffer.from(hash.slice(hash.indexOf(';') + 1, hash.indexOf(';') + 65), 'hex');
}

function insertEvent(batch: Batch, draft: EventDraft, hash: string, position: number): number | undefined {
  const { rows } = batch;
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

function link(batch: Batch, id: number, read: SoundEvent): Fault[] {
  const { rows } = batch;
  const { at, links, readings, lotFacts } = read.draft;
  const kept = { id, at, links };
  linkEvent(rows, kept);
  keepTransactions(rows, id, read.draft);
  keepReadings(rows, kept, readings);
  if (lotFacts !== undefined) keepLotFacts(batch.db, rows, lotFacts);
  if (links.containerChange !== undefined) {
    relinkMovesOf(rows, rows.lotRef(links.containerChange.container).id, at, id);
  }
  // Two look-ups for each event would wait for a declaration that hardly ever comes first.
  const declaration = batch.someDeclared()
    ? (rows.statements.waitingDeclaration.get(likeness(read)) as number | undefined)
    : undefined;
  if (declaration !== undefined) voidEvent(rows, id, declaration);
  return warningsOf(batch, read);
}

/** EPCIS 2.0 §7.4.1.3: the declaration stands beside the event it voids; when it comes first, it waits. */
function declare(batch: Batch, id: number, read: SoundEvent): Fault[] {
  linkEvent(batch.rows, { id, at: read.draft.at, links: read.draft.links });
  keepTransactions(batch.rows, id, read.draft);
  const targets = targetsOf(batch, read);
  for (const target of targets) voidEvent(batch.rows, target.id, id);
  if (targets.length > 0) return [];
  return [
    {
      place: `${read.place}/errorDeclaration`,
      code: 'target_unknown',
      detail: 'The event it declares wrong is not here yet; it will be void when it comes.',
    },
  ];
}

function keepTransactions(rows: CaptureRows, eventId: number, { bizTransactions }: EventDraft): void {
  for (const { id, type } of bizTransactions) rows.statements.bizTransaction.run(id, eventId, type ?? '');
}

type Target = { readonly id: number; readonly accountId: number | null; readonly siteId: string | null };

function targetsOf(batch: Batch, read: SoundEvent): Target[] {
  return batch.rows.statements.declarationTargets.all(likeness(read)) as Target[];
}

function likeness({ draft, hash }: SoundEvent): { uri: string | null; at: number; hash: Buffer } {
  return { uri: draft.uri, at: draft.at, hash: hashBytes(hash) };
}

function faultsOf(batch: Batch, read: SoundEvent): Fault[] {
  const named = read.draft.links.mentions.length;
  if (named > mostLinesPerEvent) {
    const detail = `The event names ${named} things; at most ${mostLinesPerEvent} are taken in one event.`;
    return [{ place: read.place, code: 'too_many_lines', detail }];
  }
  if (read.draft.declaredAt === 0) return none;
  if (targetsOf(batch, read).every((target) => mayVoid(batch.caller, target))) return none;
  const detail = 'Only who captured an event, or whose site it is about, can declare it wrong.';
  return [{ place: `${read.place}/errorDeclaration`, code: 'not_yours', detail }];
}

const none: Fault[] = [];

function mayVoid(caller: Caller | null, target: Target): boolean {
  if (caller === null || seesAllSites(caller) || caller.id === target.accountId) return true;
  return target.siteId !== null && caller.sites.includes(target.siteId);
}

function warningsOf(batch: Batch, { draft, place }: SoundEvent): Fault[] {
  const warnings: Fault[] = [];
  const product = draft.links.mentions.find(({ epc }) => epc.kind === 'product');
  if (product !== undefined) {
    const detail = `${product.epc.given} names a product without a batch: it is kept, but no chain can lead through it.`;
    warnings.push({ place, code: 'no_lot', detail });
  }
  if (draft.at > batch.now + farAheadMs) {
    warnings.push({
      place: `${place}/eventTime`,
      code: 'time_ahead',
      detail: 'The event lies more than a day in the future.',
    });
  }
  return warnings;
}
