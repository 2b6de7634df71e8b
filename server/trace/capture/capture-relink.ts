// Links an event anew when a later capture changed what its containers held; edges that fell away are voided, not erased.

import { linksOf } from '../event/chain-links.ts';
import type { EpcisEvent } from '../event/event.ts';
import { sensorReadings } from '../event/event-sensor.ts';
import { rereadEvent } from './capture-document.ts';
import { edgesOf, type KeptEvent } from './capture-edges.ts';
import { reassignReadings } from './capture-readings.ts';
import type { CaptureRows, EdgeRow, EdgeSide } from './capture-rows.ts';

type StoredEdge = EdgeRow & { readonly voided: boolean };
type StoredRow = Omit<EdgeRow, 'side'> & { readonly voidedBy: number | null };

// A container inside a container inside …: as deep as capture-edges.ts unpacks.
const deepestNesting = 12;

/** Links anew every live event from `at` on that moved `containerId` or anything it was ever put into. */
export function relinkMovesOf(rows: CaptureRows, containerId: number, at: number, causeId: number): void {
  for (const holder of withHolders(rows, containerId)) {
    const events = rows.statements.movesOf.all({ lot: holder, at, cause: causeId }) as [number, string, string][];
    for (const [id, json, context] of events) {
      relink(rows, id, rereadEvent(json, context), causeId);
    }
  }
}

/**
 * Links anew every live event about a lot or a box it was ever put into, after its code came to stand for another one or ceased
 * to. What fell away is voided by the event itself: nothing was told anew.
 */
export function relinkEventsOf(rows: CaptureRows, lotId: number): void {
  for (const lot of withHolders(rows, lotId)) {
    const all = { lot, at: Number.MIN_SAFE_INTEGER, cause: 0 };
    for (const [id, json, context] of rows.statements.movesOf.all(all) as [number, string, string][]) {
      relink(rows, id, rereadEvent(json, context), id);
    }
  }
}

function withHolders(rows: CaptureRows, containerId: number): Set<number> {
  const found = new Set([containerId]);
  let level = [containerId];
  for (let depth = 0; level.length > 0 && depth < deepestNesting; depth++) {
    const above = level.flatMap((child) => rows.statements.holdersOf.all(child) as number[]);
    level = above.filter((holder) => !found.has(holder));
    for (const holder of level) found.add(holder);
  }
  return found;
}

function relink(rows: CaptureRows, id: number, event: EpcisEvent, causeId: number): void {
  const kept = { id, at: event.eventTimeMs, links: linksOf(event) };
  relinkEdges(rows, kept, causeId);
  reassignReadings(rows, kept, sensorReadings(event));
}

function relinkEdges(rows: CaptureRows, kept: KeptEvent, causeId: number): void {
  const stored = storedEdges(rows, kept.id);
  const wanted = withStoredStrands(edgesOf(rows, kept), stored);
  const live = new Map(stored.filter((edge) => !edge.voided).map((edge) => [keyOf(edge), edge]));
  for (const edge of wanted) {
    if (live.delete(keyOf(edge))) continue;
    const insert = edge.side === 'in' ? rows.statements.edge_in : rows.statements.edge_out;
    const { strand, holdingId, quantity, unit, role } = edge;
    const turn = nextTurn(stored, edge);
    insert.run(kept.id, strand, holdingId, turn, kept.at, quantity, unit, role);
    stored.push({ ...edge, turn, voided: false });
  }
  if (live.size > 0) rows.doubtSources();
  for (const { side, strand, holdingId, turn } of live.values()) {
    const voidOne = side === 'in' ? rows.statements.voidEdgeIn : rows.statements.voidEdgeOut;
    voidOne.run(causeId, kept.id, strand, holdingId, turn);
  }
}

function storedEdges(rows: CaptureRows, eventId: number): StoredEdge[] {
  const read = (side: EdgeSide, statement: CaptureRows['statements']['edgesIn']): StoredEdge[] =>
    (statement.all(eventId) as StoredRow[]).map((row) => ({ ...row, side, voided: row.voidedBy !== null }));
  return [...read('in', rows.statements.edgesIn), ...read('out', rows.statements.edgesOut)];
}

/** A lot line that was linked before keeps its strand; a new one gets the next free. */
function withStoredStrands(wanted: readonly EdgeRow[], stored: readonly StoredEdge[]): EdgeRow[] {
  const strandOf = new Map(stored.map((edge) => [lineOf(edge), edge.strand]));
  let free = Math.max(0, ...stored.map((edge) => edge.strand));
  const renamed = new Map<number, number>([[0, 0]]);
  for (const edge of wanted) {
    const before = strandOf.get(lineOf(edge));
    if (!renamed.has(edge.strand) && before !== undefined) renamed.set(edge.strand, before);
  }
  return wanted.map((edge) => {
    const strand = renamed.get(edge.strand) ?? ++free;
    renamed.set(edge.strand, strand);
    return { ...edge, strand };
  });
}

function lineOf({ side, holdingId, unit }: EdgeRow): string {
  return `${side} ${holdingId} ${unit ?? ''}`;
}

function keyOf({ side, strand, holdingId, quantity, unit, role }: EdgeRow): string {
  return `${side} ${strand} ${holdingId} ${quantity ?? ''} ${unit ?? ''} ${role}`;
}

function nextTurn(stored: readonly StoredEdge[], { side, strand, holdingId }: EdgeRow): number {
  const turns = stored.filter((edge) => edge.side === side && edge.strand === strand && edge.holdingId === holdingId);
  return Math.max(-1, ...turns.map((edge) => edge.turn)) + 1;
}

/** Takes an event out of the graph because the error declaration `causeId` says it was wrong. */
export function voidEvent(rows: CaptureRows, targetId: number, causeId: number): void {
  const { voidEvent: mark, voidEdgesIn, voidEdgesOut, changesOf } = rows.statements;
  mark.run(causeId, targetId);
  voidEdgesIn.run(causeId, targetId);
  voidEdgesOut.run(causeId, targetId);
  rows.doubtSources();
  for (const [containerId, at] of changesOf.all(targetId) as [number, number][]) {
    relinkMovesOf(rows, containerId, at, causeId);
  }
}
