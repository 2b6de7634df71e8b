// The shapes of a walk through the graph, and the one number that names an event's strand.

export type Direction = 'backward' | 'forward';

export type WalkBounds = {
  readonly maxHoldings: number;
  /** Events between the start and the furthest holding. */
  readonly maxDepth: number;
  /** Only events at or after, at or before; unix ms. */
  readonly fromAt?: number;
  readonly untilAt?: number;
};

/** One row of edge_in or edge_out. `step` is event and strand in one number (see stepOf). */
export type WalkEdge = {
  readonly holdingId: number;
  readonly step: number;
  readonly at: number;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly role: number;
};

export type Reached = {
  /** Fewest events from the start. */
  readonly depth: number;
  /** Forward: the earliest time the goods can have been here; backward: the latest. ∓Infinity at the start. */
  at: number;
};

export type Walk = {
  readonly holdings: Map<number, Reached>;
  /** The steps walked through: event and strand. */
  readonly steps: Set<number>;
  /** Live edges of the walk; at a cut some lead to a step or holding that is not in it. */
  readonly edgesIn: WalkEdge[];
  readonly edgesOut: WalkEdge[];
  /** Near edges of reached holdings that no time-respecting path takes: departures before the goods came, and the like. */
  readonly idle: WalkEdge[];
  /** What stopped the walk before its end. */
  readonly cutBy: 'holdings' | 'depth' | undefined;
};

// A strand is at most 65,535 (one event names at most 20,000 things), so a step is exact up to 2^37 events.
export const strandSpan = 65_536;

export function stepOf(eventId: number, strand: number): number {
  return eventId * strandSpan + strand;
}

export function eventOfStep(step: number): number {
  return Math.floor(step / strandSpan);
}

/** Whether everything that went into the step may be in everything that came out. */
export function isMixing(step: number): boolean {
  return step % strandSpan === 0;
}
