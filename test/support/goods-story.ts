// What happens to goods in a small random world, and what hands tell of it: the truth that books are held against.
import type { Fraction } from './fraction.ts';

/** `told`: the number and unit that stand in the event; undefined: it names no amount. */
export type Said = {
  readonly amount: Fraction;
  /** Amounts of one kind may be added. */
  readonly kind: 'mass' | 'volume' | 'pieces' | 'box';
  readonly told: { readonly quantity: number; readonly unit: string | undefined } | undefined;
};

/** A place by its number; null: nobody was named. */
export type At = number | null;

export type Line = { readonly lot: number; readonly said: Said };

export type Delivery = {
  readonly kind: 'delivery';
  readonly lot: number;
  readonly from: number;
  readonly to: number;
  /** undefined: the shipper tells nothing. `to`: whom it names. */
  readonly shipped: { readonly at: number; readonly said: Said; readonly to: At } | undefined;
  /** What the receiver signs for, in parts; none: it tells nothing. `from`: whom it names. */
  readonly received: readonly { readonly at: number; readonly said: Said; readonly from: At }[];
  /** Whether the receiver names whom the shipper had named. */
  readonly via: number | undefined;
  /** A paper about the same shipment or receipt, told at this time. */
  readonly paper: { readonly of: 'shipment' | 'receipt'; readonly at: number } | undefined;
  /** The shipper says afterwards that it did not leave. */
  readonly takenBackAt: number | undefined;
};

export type Happening =
  | {
      readonly kind: 'made' | 'gone' | 'counted' | 'seen';
      readonly at: number;
      readonly site: number;
      readonly lot: number;
      readonly said: Said;
    }
  | {
      readonly kind: 'mixed';
      readonly at: number;
      readonly site: number;
      readonly ins: readonly Line[];
      readonly outs: readonly Line[];
    }
  | Delivery
  /** Told, and declared wrong: it never happened, whatever of `mistakes` it was. */
  | {
      readonly kind: 'mistake';
      readonly of: (typeof mistakes)[number];
      readonly at: number;
      readonly from: number;
      readonly to: number;
      readonly lot: number;
    };

export const mistakes = ['shipped', 'received', 'receivedOfNobody', 'made', 'mixed', 'counted', 'gone'] as const;

/** Places that are firms' own numbers: goods never lie there. */
export const sites = 4;
export const firmOf = (site: number) => sites + site;
export const lots = 5;
export const nameOf = (lot: number, site: At) => `${lot}@${site ?? 'road'}`;
