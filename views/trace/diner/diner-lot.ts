// Everything a diner's page may show about a lot, and nothing else: what is not named here stays inside.
import type { Cold } from '../chain/cold-curve.ts';

/** What the top of the page says, worst first. */
export const dinerStates = [
  'recalled',
  'touched',
  'held',
  'expired',
  'recallClosed',
  'near',
  'okTested',
  'ok',
] as const;
export type DinerState = (typeof dinerStates)[number];

export type DinerRecall = {
  readonly number: string;
  readonly issuedAt: number;
  readonly closedAt: number | null;
  readonly reason: string;
  readonly reasonEn: string | null;
  readonly advice: string | null;
  readonly adviceEn: string | null;
};

/** One place on the way, with what was done there. Names of businesses, never of people; no quantities. */
export type DinerStation = {
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly kind: string | null;
  readonly address: string | null;
  readonly addressEn: string | null;
  readonly at: number;
  /** Business steps in order, bare CBV names. */
  readonly steps: readonly string[];
  /** How many different upstream lots went in here; 0 or 1 needs no words. */
  readonly ingredients: number;
  readonly breaches: readonly {
    readonly fromAt: number;
    readonly untilAt: number;
    readonly worstC: number;
    readonly tooWarm: 'warm' | 'cold';
  }[];
  readonly here: 'here' | 'passed';
};

export type DinerCertificate = {
  readonly kind: 'quarantine' | 'quality' | 'laboratory' | 'customs' | 'other';
  readonly number: string;
  readonly issuer: string | null;
  readonly issuedAt: number | null;
  readonly expiresAt: number | null;
  /** Where the issuer shows it; only http(s). */
  readonly uri: string | null;
  /** The batch it was issued for, when this lot was made from that one. */
  readonly fromBatch: string | null;
};

export type DinerTest = {
  readonly subject: string;
  readonly result: 'passed' | 'failed';
  readonly laboratory: string | null;
  readonly testedAt: number;
};

/** What the kitchen half tells the public about the kitchen that served it. */
export type DinerKitchen = {
  readonly name: string;
  readonly nameEn: string | null;
  /** 0–100; null when there is not enough to say. */
  readonly score: number | null;
  readonly checks: number;
  readonly confirmed: number;
  readonly corrected: number;
  readonly picture: { readonly href: string; readonly at: number } | null;
  readonly recordHref: string | null;
  /** The day from which it is closed. */
  readonly closedOn: string | null;
};

export type DinerLot = {
  readonly state: DinerState;
  readonly recall: DinerRecall | null;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly variety: string | null;
  /** The batch as printed on the pack. */
  readonly batch: string;
  readonly serial: string | null;
  readonly origin: string | null;
  readonly producedAt: number | null;
  readonly expiresAt: number | null;
  readonly stations: readonly DinerStation[];
  readonly stationsCut: 'cut' | 'whole';
  /** To how many places it went on, which are not named. */
  readonly onward: number;
  readonly certificates: readonly DinerCertificate[];
  readonly tests: readonly DinerTest[];
  readonly cold: Cold | null;
  readonly kitchens: readonly DinerKitchen[];
  /** How many events of the chain the page was made from. */
  readonly records: number;
  readonly checkedAt: number;
  /** Where a problem with this lot can be told; null while nobody takes reports. */
  readonly reportHref: string | null;
};
