// The closing report of a recall as data: what the page shows and the paper prints.
import type { Chain } from '../chain/chain.ts';
import type { AnswerState, PlaceName, Scope } from '../parts.tsx';

/** What can become of goods; `found` is no end, only a count. */
export const dispositions = ['quarantined', 'returned', 'destroyed', 'off_shelf', 'served'] as const;
export type Disposition = (typeof dispositions)[number];

/** The books of one lot at one holder, against what the holder answered, in `unit` (null: pieces). */
export type ReportAccount = {
  readonly unit: string | null;
  /** On hand by the books when the recall was issued; null: the events do not say. */
  readonly expected: number | null;
  readonly found: number;
  readonly parts: Readonly<Record<Disposition, number>>;
  /** What no answer speaks for; null when nothing was expected to be known. */
  readonly unaccounted: number | null;
  /** Answered beyond what the books knew. */
  readonly beyond: number;
  /** Answers in units that nothing converts. */
  readonly uncounted: number;
};

export type ReportHolding = {
  readonly place: PlaceName;
  readonly batch: string;
  readonly scope: Scope;
  readonly issue: number;
  readonly received: number | null;
  readonly share: number | null;
  readonly account: ReportAccount;
};

export type ReportHolder = {
  readonly place: PlaceName;
  readonly issue: number;
  readonly sentAt: number;
  readonly seenAt: number | null;
  readonly firstAnswerAt: number | null;
  readonly reminders: number;
};

export type ReportEvent = {
  readonly at: number;
  readonly kind: 'issued' | 'widened' | 'answered' | 'takenBack' | 'reminded' | 'closed';
  readonly place: PlaceName | null;
  /** Holdings issued, holders reminded, holders silent at the end. */
  readonly count: number;
  readonly answers: readonly {
    readonly action: AnswerState;
    readonly batch: string;
    readonly quantity: number | null;
    readonly unit: string | null;
    readonly note: string | null;
    readonly photo: 'photo' | 'none';
  }[];
};

/** A kitchen that held goods in scope: its frames of those hours, put before reviewers. */
export type ReportKitchen = {
  readonly name: string;
  readonly nameEn: string | null;
  readonly since: number;
  readonly frames: number;
  readonly judged: number;
  readonly confirmed: number;
};

export type ReportProof = {
  readonly entries: readonly {
    readonly seq: number;
    readonly at: number;
    readonly kind: string;
    /** Hash of the leaf, hex. */
    readonly leaf: string;
  }[];
  /** The checkpoint that covers them: size, root in base64, when it was signed. */
  readonly size: number;
  readonly root: string;
  readonly signedAt: number;
  /** SHA-256 of the public key (DER), hex. */
  readonly key: string;
};

export type RecallReport = {
  readonly number: string;
  readonly code: string;
  readonly batch: string;
  readonly productName: string | null;
  readonly productNameEn: string | null;
  readonly reason: string;
  readonly reasonEn: string | null;
  readonly advice: string | null;
  readonly adviceEn: string | null;
  readonly state: 'open' | 'closed';
  readonly startedAt: number;
  readonly dueAt: number;
  readonly closedAt: number | null;
  readonly closingNote: string | null;
  /** What the report tells of: the moment of closing, or now. */
  readonly asOf: number;
  readonly issues: number;
  readonly cut: 'cut' | 'whole';
  readonly holdings: readonly ReportHolding[];
  readonly holders: readonly ReportHolder[];
  readonly timeline: readonly ReportEvent[];
  readonly kitchens: readonly ReportKitchen[];
  readonly chain: Chain;
  readonly proof: ReportProof;
};
