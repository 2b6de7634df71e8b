// What the list of findings is given to show.
import type { FieldFault } from '../../parts/form.tsx';
import type { Listed } from '../../parts/listing.tsx';
import type { LotState, PageView } from '../parts.tsx';
import type { FindingSaid } from './finding-text.ts';

export type FindingRow = FindingSaid & {
  readonly at: number;
  readonly lot: {
    readonly href: string;
    readonly code: string;
    readonly batch: string;
    readonly productName: string | null;
    readonly productNameEn: string | null;
    readonly state: LotState;
  } | null;
};

export type RuleLine = {
  /** Null: every product. */
  readonly name: string | null;
  readonly nameEn: string | null;
  readonly code: string | null;
  readonly lossShare: number | null;
  readonly transitHours: number | null;
  readonly nearDays: number | null;
};

export type FindingsView = PageView & {
  readonly whose: 'all' | 'mine';
  readonly findings: Listed<FindingRow>;
  readonly cut: 'cut' | 'whole';
  readonly kind: string;
  readonly counts: readonly { readonly kind: string; readonly count: number }[];
  /** Null: the reader does not set rules. */
  readonly rules: readonly RuleLine[] | null;
  readonly faults: readonly FieldFault[];
  readonly values: Readonly<Record<string, string>>;
  readonly saved: 'saved' | null;
};
