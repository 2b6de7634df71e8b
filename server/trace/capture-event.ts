// Captures one event of a document: its row, its edges, and what it voids.
import type { Hash } from 'node:crypto';
import { type Caller, seesAllSites } from '../accounts/caller.ts';
import type { Fault } from '../http/problem.ts';
import type { Db } from '../store/db.ts';
import type { SoundEvent } from './capture-document.ts';
import { linkEvent, mostLinesPerEvent } from './capture-edges.ts';
import { masterDataOf } from './capture-master-data.ts';
import { readingsOf } from './capture-readings.ts';
import { relinkMovesOf, voidEvent } from './capture-relink.ts';
import type { CaptureRows } from './capture-rows.ts';
import { type EventLinks, linksOf } from './chain-links.ts';
import type { EpcisEvent, Place } from './event.ts';

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
  /** Takes in what is stored, for the ledger. */
  readonly digest: Hash;
};

// A partner's clock may be off; a day ahead is a mistake worth telling.
const farAheadMs = 86_400_000;

export function captureEvent(batch: Batch, read: SoundEvent, position: number): EventAnswer {
  const { event, hash, place } = read;
  const links = linksOf(event);
  const faults = faultsOf(batch, read, links);
  const answer = { position, place, hash, faults, warnings: read.warnings };
  if (faults.length > 0) return { ...answer, status: 'refused' };
  const id = insertEvent(batch, event, hash, position);
  if (id === undefined) return { ...answer, status: 'duplicate' };
  const warnings = event.errorDeclaration === undefined ? link(batch, id, read, links) : declare(batch, id, read);
  return { ...answer, status: 'accepted', warnings: [...read.warnings, ...warnings] };
}

/** The 32 bytes in `ni:///sha-256;<hex>?ver=CBV2.0`. */
export function hashBytes(hash: string): Buffer {
  return Buffer.from(hash.slice(hash.indexOf(';') + 1, hash.indexOf(';') + 65), 'hex');
}

function insertEvent(batch: Batch, event: EpcisEvent, hash: string, position: number): number | undefined {
  const json = JSON.stringify(event.json);
  const declaredAt = declarationTime(event);
  const { changes, lastInsertRowid } = batch.rows.statements.insertEvent.run(
    hashBytes(hash),
    declaredAt,
    event.eventID ?? null,
    event.kind,
    event.action ?? null,
    event.bizStep ?? null,
    event.disposition ?? null,
    event.eventTimeMs,
    event.eventTimeZoneOffsetMinutes,
    batch.now,
    keyOf(batch.rows, event.readPoint),
    keyOf(batch.rows, event.bizLocation),
    batch.documentId,
    batch.rows.contextId(event.context),
    position,
    json,
  );
  if (changes === 0) return undefined;
  batch.digest.update(`${hash} ${declaredAt} ${json}\n`);
  return Number(lastInsertRowid);
}

function keyOf(rows: CaptureRows, place: Place | undefined): number | null {
  return place === undefined ? null : rows.siteKey(place.siteId);
}

/** 0 for an event; an error declaration has the same hash as what it voids, and is told from it by its time. */
function declarationTime(event: EpcisEvent): number {
  return event.errorDeclaration === undefined ? 0 : Math.max(1, event.errorDeclaration.declarationTimeMs);
}

function link(batch: Batch, id: number, read: SoundEvent, links: EventLinks): Fault[] {
  const { rows } = batch;
  const { event } = read;
  const kept = { id, event };
  linkEvent(rows, kept, links);
  if (event.sensorElements.length > 0) readingsOf(rows, kept);
  masterDataOf(batch.db, rows, event);
  if (links.containerChange !== undefined) {
    relinkMovesOf(rows, rows.lotRef(links.containerChange.container).id, event.eventTimeMs, id);
  }
  // Two look-ups for each event would wait for a declaration that hardly ever comes first.
  const declaration = batch.someDeclared()
    ? (rows.statements.waitingDeclaration.get(likeness(read)) as number | undefined)
    : undefined;
  if (declaration !== undefined) voidEvent(rows, id, declaration);
  return warningsOf(batch, read, links);
}

/** EPCIS 2.0 §7.4.1.3: the declaration stands beside the event it voids; when it comes first, it waits. */
function declare(batch: Batch, id: number, read: SoundEvent): Fault[] {
  linkEvent(batch.rows, { id, event: read.event }, linksOf(read.event));
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

type Target = { readonly id: number; readonly accountId: number | null; readonly siteId: string | null };

function targetsOf(batch: Batch, read: SoundEvent): Target[] {
  return batch.rows.statements.declarationTargets.all(likeness(read)) as Target[];
}

function likeness({ event, hash }: SoundEvent): { uri: string | null; at: number; hash: Buffer } {
  return { uri: event.eventID ?? null, at: event.eventTimeMs, hash: hashBytes(hash) };
}

function faultsOf(batch: Batch, read: SoundEvent, links: EventLinks): Fault[] {
  if (links.mentions.length > mostLinesPerEvent) {
    const detail = `The event names ${links.mentions.length} things; at most ${mostLinesPerEvent} are taken in one event.`;
    return [{ place: read.place, code: 'too_many_lines', detail }];
  }
  if (read.event.errorDeclaration === undefined) return [];
  if (targetsOf(batch, read).every((target) => mayVoid(batch.caller, target))) return [];
  const detail = 'Only who captured an event, or whose site it is about, can declare it wrong.';
  return [{ place: `${read.place}/errorDeclaration`, code: 'not_yours', detail }];
}

function mayVoid(caller: Caller | null, target: Target): boolean {
  if (caller === null || seesAllSites(caller) || caller.id === target.accountId) return true;
  return target.siteId !== null && caller.sites.includes(target.siteId);
}

function warningsOf(batch: Batch, { event, place }: SoundEvent, links: EventLinks): Fault[] {
  const warnings: Fault[] = [];
  const product = links.mentions.find(({ epc }) => epc.kind === 'product');
  if (product !== undefined) {
    const detail = `${product.epc.given} names a product without a batch: it is kept, but no chain can lead through it.`;
    warnings.push({ place, code: 'no_lot', detail });
  }
  if (event.eventTimeMs > batch.now + farAheadMs) {
    warnings.push({
      place: `${place}/eventTime`,
      code: 'time_ahead',
      detail: 'The event lies more than a day in the future.',
    });
  }
  return warnings;
}
