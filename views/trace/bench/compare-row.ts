// What a page of compared lots is given, and the few words its parts share.
import { formatNumber } from '../../parts/time.ts';
import { localName, type Texts } from '../../text/texts.ts';
import type { DrawingState } from '../chain/bench-address.ts';
import type { Chain } from '../chain/chain.ts';
import type { LotState, PageView, PlaceName } from '../parts.tsx';
import type { LotChoice } from './bench-choices.tsx';

export type ComparedLot = {
  readonly code: string;
  readonly short: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly state: LotState;
};

export type SourceRow = ComparedLot & {
  readonly id: number;
  readonly sites: readonly PlaceName[];
  /** Positions of the compared lots that reach it. */
  readonly reachedBy: readonly number[];
  readonly depth: number;
  readonly spread: { readonly lots: number; readonly more: 'more' | 'all' };
  /** One of its holdings in the drawing; null where it is not drawn. */
  readonly holding: number | null;
};

export type PlaceRow = {
  readonly place: PlaceName;
  readonly reachedBy: readonly number[];
  readonly fromAt: number | null;
  readonly untilAt: number | null;
};

export type CompareView = PageView & {
  readonly lots: readonly ComparedLot[];
  readonly most: number;
  readonly drawing: DrawingState;
  readonly result: {
    readonly sources: readonly SourceRow[];
    readonly places: readonly PlaceRow[];
    readonly chain: Chain;
    readonly reachedBy: ReadonlyMap<number, readonly number[]>;
    readonly cut: 'cut' | 'whole';
  } | null;
  /** What was typed and is no one lot. */
  readonly typed: string;
  readonly fault: string | null;
  readonly choices: readonly LotChoice[];
  readonly mayAct: 'act' | 'look';
};

export function comparedName(words: Texts, lot: Pick<ComparedLot, 'productName' | 'productNameEn'>): string {
  return lot.productName === null
    ? words.trace.unnamedProduct
    : localName(words.lang, { name: lot.productName, nameEn: lot.productNameEn });
}

/** `1.5`: transformations on average, whole where they are. */
export function stepsSaid(depth: number): string {
  return formatNumber(depth, Number.isInteger(depth) ? 0 : 1);
}
