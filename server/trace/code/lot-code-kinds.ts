// What a code can name, why one names nothing, and the canonical name of a lot under a GTIN.
import type { Gtin, Sscc } from './gs1.ts';
import type { Element } from './gs1-element-string.ts';
import { keyUri } from './gs1-key.ts';
import { type OwnLot, ownLotKey, tidy } from './lot-code-own.ts';

/** What the code names. `key` is the canonical code: equal for every spelling of one thing. */
export type LotCode =
  | {
      readonly ok: true;
      readonly kind: 'gtin';
      readonly key: string;
      readonly gtin: Gtin;
      readonly lot: string;
      /** One piece of the lot, where the code went that far. */
      readonly serial: string | undefined;
      /** All that stood in the code: expiry (17), net weight (310n), count (30, 37) and others. */
      readonly elements: readonly Element[];
    }
  | ({
      readonly ok: true;
      readonly kind: 'own';
      readonly key: string;
      /** Where a batch outside GS1's characters stood beside a GTIN: what else stood there. */
      readonly elements: readonly Element[];
    } & OwnLot)
  | {
      readonly ok: true;
      readonly kind: 'container';
      readonly key: string;
      readonly sscc: Sscc;
      readonly elements: readonly Element[];
    }
  | {
      readonly ok: true;
      readonly kind: 'instance';
      readonly key: string;
      readonly gtin: Gtin;
      readonly serial: string;
      readonly elements: readonly Element[];
    };

export type LotCodeFault =
  | 'empty'
  | 'too_long'
  | 'control_characters'
  /** A product without batch: `gtin` is set; ask for the batch. */
  | 'no_lot'
  /** A batch without product: ask for the product or the origin. */
  | 'no_product'
  /** A place or a party. */
  | 'not_a_lot'
  | OtherThing
  | 'check_digit'
  | 'bad_value'
  /** Two elements say different things about the same: `found` is the second. */
  | 'contradicts'
  /** Two elements that never stand together. */
  | 'excluded'
  /** An element that says nothing without another: `found` names both. */
  | 'incomplete'
  /** The device sent no separators, and more than one reading is likely: a person has to choose. */
  | 'separator_lost'
  | 'several_in_one'
  | 'bad_link'
  | 'bad_urn';

/** Sound keys of GS1 that are no goods and no place: what stands beside goods all day, and is scanned by mistake. */
export const otherThings = {
  '253': 'document',
  '255': 'coupon',
  '401': 'consignment',
  '402': 'shipment',
  '8003': 'crate',
  '8004': 'asset',
  '8010': 'part',
  '8017': 'person',
  '8018': 'person',
} as const;
type OtherThing = (typeof otherThings)[keyof typeof otherThings];

export type LotCodeRefusal = {
  readonly ok: false;
  readonly fault: LotCodeFault;
  /** The piece of the input that the fault is about. */
  readonly found: string;
  readonly gtin: Gtin | undefined;
};

export function refused(fault: LotCodeFault, found: string): LotCodeRefusal {
  return { ok: false, fault, found, gtin: undefined };
}

/** Batches under a GTIN are 1 to 20 characters of CSET 82 (GS1 General Specifications §3.4.1). */
export function fitsGs1Lot(lot: string): boolean {
  return /^[!"%-?A-Z_a-z]{1,20}$/u.test(lot);
}

/**
 * The code of a lot under a GTIN. A batch that GS1 has no characters or room for gets a code of our own with the GTIN as its
 * origin. Throws a RangeError above 128 characters.
 */
export function lotCodeFromGtinAndBatch(gtin: Gtin, lot: string): string {
  const plain = tidy(lot);
  if (!fitsGs1Lot(plain)) return ownLotKey({ ownKind: 'batch', origin: gtin, batch: plain });
  return keyUri({ key: { ai: '01', value: gtin }, qualifier: { ai: '10', value: plain } });
}
