// Which two codes may be one lot, and what a person has to know before they are made one.
import type { Fault } from '../../http/problem.ts';

export type MergedLot = {
  readonly id: number;
  readonly kind: string;
  readonly gtin: string | null;
  readonly productId: number | null;
  readonly name: string | null;
  readonly expiresAt: number | null;
  readonly status: 'ok' | 'held' | 'recalled';
  /** Another code was merged into it. */
  readonly hasNames: 'has_names' | 'alone';
  readonly recalls: number;
};

export type LotPair = { readonly from: MergedLot; readonly into: MergedLot };

/** Why `from` cannot be merged into `into`; undefined where it can. */
export function mergeFault({ from, into }: LotPair): Omit<Fault, 'place'> | undefined {
  if (from.id === into.id) return { code: 'merge_same', detail: 'Both codes are of one lot already.' };
  if (from.kind !== 'lot' || into.kind !== 'lot')
    return { code: 'merge_no_lot', detail: 'Only lots are merged: pieces belong to a lot, boxes hold some.' };
  if (areOtherProducts(from, into))
    return { code: 'merge_other_product', detail: 'The two are different products, and so never one lot.' };
  if (from.hasNames === 'has_names')
    return { code: 'merge_has_names', detail: 'Another code was merged into this lot: merge the other way round.' };
  if (weightOf(from) > weightOf(into)) {
    const detail = 'This lot is held or recalled and the other is not: open this one, and merge the other into it.';
    return { code: 'merge_other_way', detail };
  }
  return undefined;
}

/** Two GTINs, or two names where one has none, are two products; what nobody named may be either. */
function areOtherProducts(a: MergedLot, b: MergedLot): boolean {
  if (a.gtin !== null && b.gtin !== null) return a.gtin !== b.gtin;
  if (a.productId === null || b.productId === null || a.productId === b.productId) return false;
  return plain(a.name) !== plain(b.name);
}

function plain(name: string | null): string {
  return (name ?? '').normalize('NFKC').replace(/\s+/g, '').toLowerCase();
}

function weightOf({ status, recalls }: MergedLot): number {
  if (status === 'recalled' || recalls > 0) return 2;
  return status === 'held' ? 1 : 0;
}

export const mergeDoubts = ['both_recalled', 'expiry_differs', 'is_recalled'] as const;
export type MergeDoubt = (typeof mergeDoubts)[number];

/** What speaks against it, or follows from it. */
export function mergeDoubtsOf({ from, into }: LotPair): MergeDoubt[] {
  const recalled = [from, into].filter((lot) => weightOf(lot) === 2).length;
  return [
    ...(recalled === 2 ? (['both_recalled'] as const) : []),
    ...(recalled === 1 ? (['is_recalled'] as const) : []),
    ...(from.expiresAt !== null && into.expiresAt !== null && from.expiresAt !== into.expiresAt
      ? (['expiry_differs'] as const)
      : []),
  ];
}

/** The earlier of two days of use: goods of the one are goods of the other. */
export function earlierExpiry({ from, into }: LotPair): number | null {
  if (from.expiresAt === null || into.expiresAt === null) return into.expiresAt ?? from.expiresAt;
  return Math.min(from.expiresAt, into.expiresAt);
}
