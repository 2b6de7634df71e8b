// The chain as the pages draw it: holdings, and the events that join them.
import type { AnswerState, LotState, PlaceName, Scope } from '../parts.tsx';

/** One lot at one place. */
export type ChainHolding = {
  readonly key: number;
  /** Steps from the lot asked for; negative upstream, 0 its own holdings. */
  readonly depth: number;
  readonly code: string;
  /** Batch, or the end of the code: what fits into a box. */
  readonly short: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly lotState: LotState;
  readonly place: PlaceName;
  readonly reachedAt: number | null;
  readonly received: number | null;
  readonly onHand: number | null;
  readonly share: number | null;
  readonly unit: string | null;
  /** `here`: the lot asked for; `none`: upstream, or outside a scope. */
  readonly scope: Scope | 'here' | 'none';
  readonly answer: AnswerState | null;
};

export type ChainEnd = { readonly holding: number; readonly quantity: number | null; readonly unit: string | null };

/** An event between holdings: everything in `from` may be in everything in `to`. */
export type ChainJoin = {
  readonly key: string;
  /** Several shipments between two places are one join: the first of them, and the last. */
  readonly at: number;
  readonly untilAt: number;
  readonly from: readonly ChainEnd[];
  readonly to: readonly ChainEnd[];
};

export type Chain = {
  readonly holdings: readonly ChainHolding[];
  readonly joins: readonly ChainJoin[];
};
