// The miss rate: of all violations of a kind present in sampled frames, the share that reached no reviewer. See docs/miss-rate.md.
import { correctedTotal, type Estimate, type Rate, shareOfTotals, weightedTotal } from './weighted.ts';

/** One audited frame about one kind. */
export type AuditFinding = {
  readonly violation: string;
  /** One over the chance with which the frame was drawn. */
  readonly weight: number;
  /** Whether people who were asked about every kind found it there. */
  readonly present: boolean;
  /** Whether a flag put this happening of it before a reviewer, or a reviewer named it. */
  readonly reached: boolean;
  /** Whether this very frame is a flag's own that was confirmed as this kind, and so is counted already. */
  readonly counted: boolean;
};

/** Flags of the model whose own frame a person confirmed as this kind: counted one by one. */
export type CaughtCount = { readonly violation: string; readonly caught: number };

export type MissRate = {
  readonly violation: string;
  readonly rate: Rate | undefined;
  /** Frames in which it was and reached nobody, as estimated. */
  readonly missed: Estimate;
  /** Frames in which it was and reached a reviewer, as estimated. */
  readonly reached: Estimate;
  /** Audited frames judged about it, those in which it was found, and of these those that had reached nobody. */
  readonly audited: number;
  readonly found: number;
  readonly foundMissed: number;
  /** Flags confirmed as it. */
  readonly caught: number;
};

/** One line a kind that was asked about or caught, in the order in which they come. */
export function missRates(findings: readonly AuditFinding[], caught: readonly CaughtCount[]): MissRate[] {
  const kinds = new Set([...findings, ...caught].map(({ violation }) => violation));
  const largest = findings.reduce((most, { weight }) => Math.max(most, weight), 1);
  return [...kinds].map((violation) => {
    const own = findings.filter((finding) => finding.violation === violation);
    const count = caught.find((line) => line.violation === violation)?.caught ?? 0;
    return missRateOf(violation, own, count, largest);
  });
}

function missRateOf(violation: string, own: readonly AuditFinding[], caught: number, largest: number): MissRate {
  const found = own.filter(({ present }) => present);
  const passedBy = found.filter(({ reached, counted }) => !reached && !counted);
  const missed = weightedTotal(weights(passedBy), largest);
  // What was counted is corrected by what audits found of it: too little, and too much.
  const uncounted = weightedTotal(weights(found.filter(({ reached, counted }) => reached && !counted)), largest);
  const wrong = own.filter(({ present, counted }) => counted && !present);
  const miscounted = wrong.length === 0 ? nothing : weightedTotal(weights(wrong), largest);
  const reached = correctedTotal(caught, uncounted, miscounted);
  return {
    violation,
    // Without an audit nothing is known of what was missed.
    rate: own.length === 0 ? undefined : shareOfTotals(missed, reached),
    missed,
    reached,
    audited: own.length,
    found: found.length,
    foundMissed: passedBy.length,
    caught,
  };
}

const nothing: Estimate = { total: 0, low: 0, high: 0 };

function weights(findings: readonly AuditFinding[]): number[] {
  return findings.map(({ weight }) => weight);
}

/** How far two independent rates are apart, with its interval (Zou and Donner 2008); told apart when it leaves out 0. */
export function changeOf(now: Rate, before: Rate): Rate & { readonly clear: boolean } {
  const share = now.share - before.share;
  const low = share - Math.hypot(now.share - now.low, before.high - before.share);
  const high = share + Math.hypot(now.high - now.share, before.share - before.low);
  return { share, low, high, clear: low > 0 || high < 0 };
}
