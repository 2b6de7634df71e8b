// What the quality page is told.
import type { Viewer } from '../../parts/page.tsx';
import type { Texts } from '../../text/texts.ts';

export type RateView = { readonly share: number; readonly low: number; readonly high: number };

export type MissLine = {
  readonly name: string;
  readonly audited: number;
  readonly found: number;
  readonly foundMissed: number;
  readonly caught: number;
  readonly missed: { readonly total: number; readonly low: number; readonly high: number };
  readonly rate: RateView | undefined;
};

export type GroupLines = { readonly name: string; readonly nameEn: string | null; readonly lines: readonly MissLine[] };

export type AgreementLine = {
  readonly name: string;
  /** Left out for everybody together. */
  readonly people: readonly string[] | undefined;
  readonly pairs: number;
  readonly kappa: number | undefined;
  readonly low: number;
  readonly high: number;
};

export type Compared = {
  readonly now: RateView | undefined;
  readonly before: RateView | undefined;
  /** Whether the two are further apart than chance explains. */
  readonly clear: boolean;
};

export type DriftLine = {
  readonly name: string;
  readonly flagged: Compared;
  readonly right: Compared;
  readonly missed: Compared;
};

export type QualityView = {
  readonly words: Texts;
  readonly here: string;
  readonly viewer: Viewer | null;
  readonly days: number;
  readonly auditShare: number;
  readonly drawn: number;
  readonly judged: number;
  readonly judgedTwice: number;
  readonly misses: readonly MissLine[];
  readonly groups: readonly GroupLines[];
  readonly districts: readonly GroupLines[];
  readonly agreements: readonly AgreementLine[];
  readonly pace: {
    readonly decisions: number;
    readonly medianMs: number | undefined;
    readonly p90Ms: number | undefined;
    readonly secondsPerThousand: number | undefined;
    readonly frames: { readonly sampled: number };
  };
  readonly drift: readonly DriftLine[];
};
