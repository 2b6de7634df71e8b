// Proposes a camera's threshold from what people judged there: what it costs in looks, what in misses.
import { type Share, wilson } from '../violation/share.ts';

/** One flag or audited frame about one violation, as it stands after undo, second reviewer and appeal. */
export type JudgedScore = { readonly score: number; readonly real: boolean; readonly audit: boolean };

export type Evidence = {
  /** The score from which it counts at this camera now. */
  readonly current: number;
  readonly own: readonly JudgedScore[];
  /** The other cameras of the house, same violation. */
  readonly house: readonly JudgedScore[];
  /** Days the camera was looked at, frames looked at and flags of any kind in them. */
  readonly days: number;
  readonly looked: number;
  readonly flagged: number;
};

export type CurvePoint = {
  readonly threshold: number;
  readonly flagsPerDay: number;
  /** Flags that a person would confirm. */
  readonly realPerDay: number;
  /** At most: frames in a row that would have been one flag are counted one by one. */
  readonly missedPerDay: number;
  readonly missedLow: number;
  readonly missedHigh: number;
};

export type ProposalFigures = {
  readonly ownJudged: number;
  readonly houseJudged: number;
  readonly audits: number;
  readonly days: number;
  /** How much of the estimate is the camera's own, 0…1. */
  readonly ownWeight: number;
  readonly now: CurvePoint;
  readonly after: CurvePoint;
  /** Of the flags at the proposed threshold, those a person would confirm. */
  readonly right: Share | undefined;
};

export const lacks = ['own', 'all', 'real', 'days'] as const;
export type Lack = { readonly what: (typeof lacks)[number]; readonly have: number; readonly need: number };

export type Proposal =
  | { readonly kind: 'refused'; readonly lacking: readonly Lack[] }
  | {
      readonly kind: 'stays' | 'proposed';
      readonly proposed: number;
      readonly figures: ProposalFigures;
      readonly curve: readonly CurvePoint[];
    };

export const needed = { own: 10, all: 30, real: 5, days: 3, audits: 30 } as const;
// A look costs a reviewer 3 s; a violation missed on a frame costs as much as seven looks, since the next sample looks again.
const lookSeconds = 3;
const missSeconds = 20;
// A camera with few verdicts is judged as the house is: its own count as much as these once there are so many.
const houseCountsAs = 20;
const leastRight = 0.5;
const mostRealLost = 0.1;
const worthChanging = 0.05;
const lowest = 0.3;
const highest = 0.99;
const step = 0.01;
// One happening is asked about once an hour at most.
const mostFlagsPerDay = 24;

export function proposeThreshold(evidence: Evidence): Proposal {
  const lacking = lackingIn(evidence);
  if (lacking.length > 0) return { kind: 'refused', lacking };
  const estimate = estimator(evidence);
  const curve = thresholdsToTry(evidence).map(estimate);
  const now = estimate(evidence.current);
  const allowed = curve.filter((point) => isAllowed(point, now));
  const best = allowed.reduce((least, point) => (costOf(point) < costOf(least) ? point : least), now);
  const better = costOf(best) < costOf(now) * (1 - worthChanging);
  const then = better ? best : now;
  return {
    kind: better ? 'proposed' : 'stays',
    proposed: then.threshold,
    figures: figuresOf(evidence, now, then),
    curve,
  };
}

function lackingIn({ own, house, days }: Evidence): Lack[] {
  const all = [...own, ...house];
  const have = { own: own.length, all: all.length, real: all.filter(({ real }) => real).length, days };
  return lacks.flatMap((what) => (have[what] < needed[what] ? [{ what, have: have[what], need: needed[what] }] : []));
}

/** Below the present threshold only where enough unflagged frames were audited: what nobody looked at is not guessed. */
function thresholdsToTry({ own, house, current }: Evidence): number[] {
  const audits = [...own, ...house].filter(({ audit }) => audit).length;
  const from = audits >= needed.audits ? Math.min(lowest, current) : current;
  const steps = Math.round((highest - from) / step);
  const tried = Array.from({ length: steps + 1 }, (_, index) => rounded(from + index * step));
  return [...new Set([...tried, current])].sort((a, b) => a - b);
}

/** Not so high that confirmed violations go unseen, not so low that most of what is shown is nothing. */
function isAllowed(point: CurvePoint, now: CurvePoint): boolean {
  const lost = now.realPerDay === 0 ? 0 : 1 - point.realPerDay / now.realPerDay;
  const right = point.flagsPerDay === 0 ? 1 : point.realPerDay / point.flagsPerDay;
  const rightNow = now.flagsPerDay === 0 ? 1 : now.realPerDay / now.flagsPerDay;
  return lost <= mostRealLost && right >= Math.min(leastRight, rightNow);
}

function costOf({ flagsPerDay, missedPerDay }: CurvePoint): number {
  return flagsPerDay * lookSeconds + missedPerDay * missSeconds;
}

type Part = readonly JudgedScore[];

function estimator({ own, house, current, days, looked, flagged }: Evidence): (threshold: number) => CurvePoint {
  const flagsOf = (part: Part) => part.filter(({ audit, score }) => !audit && score >= current);
  const auditsOf = (part: Part) => part.filter(({ audit }) => audit);
  const flags = shrunk(flagsOf(own), flagsOf(house));
  const audits = shrunk(auditsOf(own), auditsOf(house));
  const perDay = flagsOf(own).length / days;
  const unflagged = Math.max(0, looked - flagged) / days;
  const ofFrames = (share: number) => Math.min(mostFlagsPerDay, unflagged * share);
  return (threshold) => {
    const above = ({ score }: JudgedScore) => score >= threshold;
    const real = ({ real }: JudgedScore) => real;
    const newlySeen = threshold < current ? ofFrames(audits.share(above)) : 0;
    const newlyReal = threshold < current ? ofFrames(audits.share((judged) => above(judged) && real(judged))) : 0;
    const lost = flags.interval((judged) => !above(judged) && real(judged));
    const missed = audits.interval((judged) => real(judged) && judged.score < threshold);
    return {
      threshold,
      flagsPerDay: perDay * flags.share(above) + newlySeen,
      realPerDay: perDay * flags.share((judged) => above(judged) && real(judged)) + newlyReal,
      missedPerDay: perDay * lost.share + ofFrames(missed.share),
      missedLow: perDay * lost.low + ofFrames(missed.low),
      missedHigh: perDay * lost.high + ofFrames(missed.high),
    };
  };
}

type Estimate = { readonly share: number; readonly low: number; readonly high: number };

/** Shares among the camera's own, drawn towards the house's while its own are few. */
function shrunk(own: Part, house: Part) {
  const houseWeight = house.length === 0 ? 0 : Math.min(houseCountsAs, house.length);
  const total = own.length + houseWeight;
  const hits = (holds: (judged: JudgedScore) => boolean) => {
    const inHouse = houseWeight === 0 ? 0 : (house.filter(holds).length / house.length) * houseWeight;
    return own.filter(holds).length + inHouse;
  };
  return {
    share: (holds: (judged: JudgedScore) => boolean) => (total === 0 ? 0 : hits(holds) / total),
    /** Nothing seen of so many is not never, and of none it may be anything: Wilson's interval over the counts as weighted. */
    interval: (holds: (judged: JudgedScore) => boolean): Estimate =>
      wilson(hits(holds), total) ?? { share: 0, low: 0, high: 1 },
  };
}

function figuresOf({ own, house, days, current }: Evidence, now: CurvePoint, after: CurvePoint): ProposalFigures {
  const counted = Math.min(houseCountsAs, house.length);
  const kept = own.filter(({ audit, score }) => !audit && score >= Math.max(current, after.threshold));
  return {
    ownJudged: own.length,
    houseJudged: house.length,
    audits: [...own, ...house].filter(({ audit }) => audit).length,
    days,
    ownWeight: own.length / (own.length + counted),
    now,
    after,
    right: wilson(kept.filter(({ real }) => real).length, kept.length),
  };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
