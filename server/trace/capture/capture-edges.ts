// Turns what an event does into rows of the graph, when it is captured and again when a late one changes its meaning.

import {
  type ContainerChange,
  type EventLinks,
  edgeRoles,
  isTraced,
  type Line,
  type Mixture,
  type Passage,
} from '../event/chain-links.ts';
import { noPlaceKeys } from '../event/no-place.ts';
import type { CaptureRows, EdgeRow, EdgeSide, LotRef } from './capture-rows.ts';

/** An event that has its row. `at`: when it happened, unix ms. */
export type KeptEvent = { readonly id: number; readonly at: number; readonly links: EventLinks };

type TracedLine = { readonly lot: LotRef; readonly quantity: number | null; readonly unit: string | null };

// A pallet of cases of packs of pieces; deeper is a mistake or an attack.
const deepestNesting = 12;
// One event naming more lots than this is refused before it gets here (see capture-events.ts).
export const mostLinesPerEvent = 20_000;

/** Writes the edges, mentions and container changes of a new event. */
export function linkEvent(rows: CaptureRows, kept: KeptEvent): void {
  writeEdges(rows, kept, edgesOf(rows, kept));
  writeMentions(rows, kept);
  if (kept.links.containerChange !== undefined) writeContainerChange(rows, kept, kept.links.containerChange);
}

/** Names what a claim is about, all of it: it has no edges that would lead there. */
export function nameSubjects(rows: CaptureRows, { id, at, links }: KeptEvent): void {
  for (const { epc, role } of links.mentions) rows.statements.mention.run(rows.lotRef(epc).id, at, id, role);
}

/** The edges an event has by what its containers are now known to have held. */
export function edgesOf(rows: CaptureRows, { at, links }: Omit<KeptEvent, 'id'>): EdgeRow[] {
  const edges: EdgeRow[] = [];
  if (links.passage !== undefined) passageEdges(rows, at, links.passage, edges);
  if (links.mixture !== undefined) mixtureEdges(rows, at, links.mixture, edges);
  return edges;
}

/** The ids of the traced lots an event is about, by itself or inside its containers. */
export function expandSubjects(rows: CaptureRows, { at, links }: KeptEvent): number[] {
  const lines = links.mentions.map(({ epc }) => ({ epc, quantity: undefined, unit: undefined }));
  return [...new Set(expand(rows, lines, at).map(({ lot }) => lot.id))];
}

function passageEdges(rows: CaptureRows, at: number, passage: Passage, edges: EdgeRow[]): void {
  const from = passage.from === undefined ? undefined : rows.siteKey(passage.from);
  const to = passage.to === undefined ? undefined : rows.siteKey(passage.to);
  const counts = passage.role !== edgeRoles.moved && passage.role !== edgeRoles.seen;
  let strand = 0;
  for (const { lot, quantity: said, unit } of merged(expand(rows, passage.lines, at))) {
    strand += 1;
    const quantity = counts ? said : null;
    const add = (side: EdgeSide, key: number, role: number, amount: number | null) =>
      edges.push({ side, strand, turn: 0, holdingId: rows.holdingId(lot.id, key), quantity: amount, unit, role });
    if (from !== undefined) add('in', from, passage.role, quantity);
    if (to !== undefined) add('out', to, passage.role, quantity);
    for (const site of passage.via) add('in', rows.siteKey(site), edgeRoles.moved, null);
    if (passage.role === edgeRoles.received && from === noPlaceKeys.transit) rows.openTransit(lot);
    if (passage.role === edgeRoles.shipped && to !== noPlaceKeys.transit && rows.isUnsourced(lot)) {
      add('out', noPlaceKeys.transit, edgeRoles.moved, null);
    }
  }
}

function mixtureEdges(rows: CaptureRows, at: number, mixture: Mixture, edges: EdgeRow[]): void {
  const key = rows.siteKey(mixture.at);
  const add = (side: EdgeSide, role: number, lines: readonly TracedLine[]) => {
    const turns = new Map<number, number>();
    for (const { lot, quantity, unit } of merged(lines)) {
      const holdingId = rows.holdingId(lot.id, key);
      const turn = turns.get(holdingId) ?? 0;
      turns.set(holdingId, turn + 1);
      edges.push({ side, strand: 0, turn, holdingId, quantity, unit, role });
    }
  };
  add('in', edgeRoles.used, expand(rows, mixture.inputs, at));
  add('out', edgeRoles.made, expand(rows, mixture.outputs, at));
  if (mixture.processId === undefined) return;
  // Events of one transformation pass through one running process: in at each input's time, out at each output's.
  const process = rows.processRef(mixture.processId);
  const holdingId = rows.holdingId(process.id, noPlaceKeys.process);
  const through = { strand: 0, turn: 0, holdingId, quantity: null, unit: null, role: edgeRoles.moved };
  if (mixture.outputs.length > 0) edges.push({ side: 'in', ...through });
  if (mixture.inputs.length > 0) edges.push({ side: 'out', ...through });
}

/** Lots as they are, containers as what they held at `at`. What is named itself is not taken from a container again. */
function expand(rows: CaptureRows, lines: readonly Line[], at: number): TracedLine[] {
  const traced: TracedLine[] = [];
  const containers: number[] = [];
  for (const { epc, quantity, unit } of lines) {
    if (epc.kind === 'container') containers.push(rows.lotRef(epc).id);
    else if (isTraced(epc)) {
      const lot = rows.lotRef(epc);
      traced.push({ lot, quantity: quantity ?? null, unit: unit ?? null });
      if (lot.isContainer) containers.push(lot.id);
    }
  }
  if (containers.length > 0) unpack(rows, containers, at, traced);
  return traced;
}

function unpack(rows: CaptureRows, containers: readonly number[], at: number, traced: TracedLine[]): void {
  const named = new Set(traced.map(({ lot }) => lot.id));
  const opened = new Set<number>();
  let level = containers;
  for (let depth = 0; level.length > 0 && depth < deepestNesting; depth++) {
    const next: number[] = [];
    for (const container of level) {
      if (opened.has(container)) continue;
      opened.add(container);
      for (const [childId, { quantity, unit }] of rows.contentsAt(container, at)) {
        const child = rows.lotById(childId);
        if (child.kind !== 'container' && child.kind !== 'product' && !named.has(childId)) {
          traced.push({ lot: child.ref, quantity, unit });
        }
        if (child.ref.isContainer) next.push(childId);
      }
    }
    level = next;
  }
}

/** One line per lot and unit. */
function merged(lines: readonly TracedLine[]): readonly TracedLine[] {
  if (lines.length < 2) return lines;
  const byLot = new Map<string, TracedLine>();
  for (const line of lines) {
    const key = `${line.lot.id} ${line.unit ?? ''}`;
    const before = byLot.get(key);
    const sum = before === undefined ? line.quantity : plus(before.quantity, line.quantity);
    byLot.set(key, { ...line, quantity: sum });
  }
  return [...byLot.values()];
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function writeEdges(rows: CaptureRows, kept: KeptEvent, edges: readonly EdgeRow[]): void {
  for (const { side, strand, holdingId, turn, quantity, unit, role } of edges) {
    const insert = side === 'in' ? rows.statements.edge_in : rows.statements.edge_out;
    insert.run(kept.id, strand, holdingId, turn, kept.at, quantity, unit, role);
  }
}

function writeMentions(rows: CaptureRows, { id, at, links }: KeptEvent): void {
  const edged = links.passage !== undefined || links.mixture !== undefined;
  for (const { epc, role } of links.mentions) {
    // Its edges already lead from such a lot to the event.
    if (edged && role !== 'parent' && role !== 'child' && isTraced(epc)) continue;
    rows.statements.mention.run(rows.lotRef(epc).id, at, id, role);
  }
}

function writeContainerChange(rows: CaptureRows, kept: KeptEvent, { container, change, lines }: ContainerChange): void {
  const holder = rows.lotRef(container);
  if (!holder.isContainer) {
    rows.statements.markContainer.run(holder.id);
    holder.isContainer = true;
  }
  const write = (childId: number, quantity: number | null, unit: string | null) =>
    rows.statements.change.run(holder.id, kept.at, kept.id, childId, change, quantity, unit);
  // EPCIS 2.0 §7.4.3: a DELETE without children takes everything out.
  if (change === 'DELETE' && lines.length === 0) write(0, null, null);
  // As it was told: which lot a code stands for may change again.
  for (const { epc, quantity, unit } of lines) write(rows.toldLotId(epc), quantity ?? null, unit ?? null);
}
