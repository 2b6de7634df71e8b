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
  /** The first sending its shipper told of, and the first arrival its receiver told of; null: nobody did, or it is no movement. */
  readonly leftAt: number | null;
  readonly gotAt: number | null;
  readonly from: readonly ChainEnd[];
  readonly to: readonly ChainEnd[];
};

export type Chain = {
  readonly holdings: readonly ChainHolding[];
  readonly joins: readonly ChainJoin[];
};

export const stepKinds = ['made', 'received', 'used', 'shipped', 'sold', 'ended', 'seen'] as const;
export type StepKind = (typeof stepKinds)[number];

/** What happened to a lot at one place, as the place itself told it. */
export type ChainStep = {
  /** Key of the holding. */
  readonly holding: number;
  readonly kind: StepKind;
  /** Bare business step; null: not said. */
  readonly step: string | null;
  readonly at: number;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly eventId: number;
};
