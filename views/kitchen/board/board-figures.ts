// What the boards of reviewers, supervisors and owners are told: figures, not yet drawn.
import type { Named } from '../named.ts';

export type Measured = { readonly share: number; readonly low: number; readonly high: number };

export type PaceFigure = {
  readonly label: string;
  readonly decisions: number;
  readonly medianMs: number | undefined;
  readonly p90Ms: number | undefined;
};

export type AgreementFigure = {
  readonly name: string;
  readonly pairs: number;
  readonly kappa: number | undefined;
  readonly low: number;
  readonly high: number;
};

export type LoopFigure = {
  readonly label: string;
  readonly issued: number;
  readonly closed: number;
  readonly overdue: number;
  readonly closure: Measured | undefined;
};

export type UptimeFigure = {
  readonly restaurant: Named;
  readonly place: Named;
  readonly days: readonly { readonly upMs: number; readonly knownMs: number }[];
  readonly share: number | undefined;
};

export type ReviewerFigures = {
  readonly publishedSeconds: number;
  readonly own: readonly PaceFigure[];
  readonly house: readonly PaceFigure[];
  readonly agreement: readonly AgreementFigure[];
};

export type SupervisorFigures = {
  readonly publishedSeconds: number;
  readonly house: readonly PaceFigure[];
  readonly people: readonly (Omit<PaceFigure, 'label'> & { readonly name: string })[];
  readonly raised: readonly number[];
  readonly agreement: readonly AgreementFigure[];
  readonly misses: readonly { readonly name: string; readonly rate: Measured | undefined }[];
  readonly loop: readonly LoopFigure[];
  readonly overdue: readonly (Named & { readonly count: number })[];
  readonly scores: readonly (Named & { readonly count: number })[];
  readonly uptime: readonly UptimeFigure[];
  /** How many there are, of which `uptime` holds the first. */
  readonly cameras: number;
  readonly days: readonly string[];
};

export type OwnerFigures = {
  readonly score: readonly { readonly label: string; readonly score: number | undefined }[];
  readonly kinds: readonly { readonly name: string; readonly count: number }[];
  readonly loop: readonly LoopFigure[];
  readonly uptime: readonly UptimeFigure[];
  readonly days: readonly string[];
};
