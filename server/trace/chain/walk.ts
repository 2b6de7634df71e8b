// The shapes of a walk through the graph, and the one number that names an event's strand.
import type { EdgeColumns } from './chain-columns.ts';

export type Direction = 'backward' | 'forward';

export type WalkBounds = {
  readonly maxHoldings: number;
  /** Events between the start and the furthest holding. */
  readonly maxDepth: number;
  /** Only events at or after, at or before; unix ms. */
  readonly fromAt?: number;
  readonly untilAt?: number;
  /** Forward: holdings whose receivers say that the goods were there before they were sent; since when, unix ms. */
  readonly early?: ReadonlyMap<number, number>;
  /** Told after each wave how many holdings are reached. */
  readonly onReached?: (holdings: number) => void;
};

export type Walk = {
  /** Holding id → its place in `depth` and `reachedAt`, in the order of reaching. */
  readonly holdings: ReadonlyMap<number, number>;
  /** Fewest events from the start. */
  readonly depth: readonly number[];
  /** Forward: the earliest time the goods can have been here; backward: the latest; unix ms. ∓Infinity at the start. */
  readonly reachedAt: readonly number[];
  /** The steps walked through. */
  readonly steps: ReadonlySet<number>;
  /** Live edges between reached holdings and steps: of edge_in forward, of edge_out backward. All of each holding's. */
  readonly near: EdgeColumns;
  /** Whether a time-respecting path takes near edge i; the others left before the goods came (or came after they left). */
  readonly taken: readonly boolean[];
  /** Live edges on the other side of the walked steps. */
  readonly far: EdgeColumns;
  /** The place of the holding of far edge i; −1 where the walk was cut before it. */
  readonly farPlace: readonly number[];
  /** What stopped the walk before its end. */
  readonly cutBy: 'holdings' | 'depth' | undefined;
};
