// The risk of a place: facts that count less with age, their shares, the grade, the tier and when it is visited next.
import { dayMs } from '../../clock.ts';

export const riskParts = ['flags', 'orders', 'cameras', 'receipts', 'cold', 'tests', 'complaints', 'licence'] as const;
export type RiskPart = (typeof riskParts)[number];

export const grades = ['A', 'B', 'C'] as const;
export type Grade = (typeof grades)[number];

/** at_once: something grave of late; by_date: grades B and C; routine: the others. */
export const tiers = ['at_once', 'by_date', 'routine'] as const;
export type Tier = (typeof tiers)[number];

/** One thing that happened, as it counts on its day. */
export type RiskFact = {
  readonly part: RiskPart;
  readonly at: number;
  /** 0–1 and a little more for the gravest. */
  readonly severity: number;
  /** What it is, such as a kind of violation. */
  readonly what: string;
  /** The row where it is seen: the order that followed a flag, the lot of a finding. */
  readonly id: string;
};

/** What an administrator may change; the sum of `weights` is 100. */
export type RiskRule = {
  readonly weights: Readonly<Record<RiskPart, number>>;
  /** After so many days a fact counts half. */
  readonly halfLifeDays: number;
  /** Scores from which a place is B, and C. */
  readonly bFrom: number;
  readonly cFrom: number;
  /** Days between visits, by grade. */
  readonly visitDays: Readonly<Record<Grade, number>>;
  /** A grade gets better by one step after so many days without anything that weighs. */
  readonly recoverDays: number;
};

export const firstRule: RiskRule = {
  weights: { flags: 26, orders: 16, cameras: 8, receipts: 10, cold: 10, tests: 12, complaints: 12, licence: 6 },
  halfLifeDays: 45,
  bFrom: 15,
  cFrom: 35,
  visitDays: { A: 180, B: 60, C: 14 },
  recoverDays: 30,
};

/** What is older than this many half-lives counts for nothing, and is not read. */
export const halfLivesRead = 6;
/** So much of one part, fresh, fills two thirds of its weight. */
const fullAt: Readonly<Record<RiskPart, number>> = {
  flags: 2,
  orders: 1.5,
  cameras: 1,
  receipts: 1.5,
  cold: 1.5,
  tests: 1,
  complaints: 1.5,
  licence: 1,
};
/** They say how things stand, not what happened: nobody waits longer for a better grade because of them. */
const standingParts: readonly RiskPart[] = ['cameras', 'licence'];
const graveSeverity = 1;
/**
 * What is lighter counts in the score and does not begin the month anew: in a busy kitchen something small happens each
 * week, and a grade that waited for a month without any would never get better.
 */
const weighsFrom = 0.5;
const graveWithinMs = 14 * dayMs;
const eventsNamed = 5;

export type PartShare = {
  readonly part: RiskPart;
  /** Points of the score. */
  readonly points: number;
  readonly count: number;
  /** Those that count most now. */
  readonly facts: readonly RiskFact[];
};

export type RiskScore = {
  /** 0–100, one decimal. */
  readonly score: number;
  readonly parts: readonly PartShare[];
  /** Of the newest thing that weighs; undefined: none does. */
  readonly lastFactAt: number | undefined;
  readonly grave: boolean;
  /** When the grave things of the last fortnight happened, the oldest first. */
  readonly graveAt: readonly number[];
};

export function scoreOf(facts: readonly RiskFact[], rule: RiskRule, now: number): RiskScore {
  const parts = riskParts.map((part) => partShare(part, facts, rule, now));
  const score = tenth(parts.reduce((sum, { points }) => sum + points, 0));
  const times = facts
    .filter(({ part, at, severity }) => !standingParts.includes(part) && severity >= weighsFrom && at <= now)
    .map(({ at }) => at);
  const isGrave = ({ severity, at }: RiskFact) => severity >= graveSeverity && at > now - graveWithinMs && at <= now;
  const graveAt = facts.flatMap((fact) => (isGrave(fact) ? [fact.at] : [])).sort((a, b) => a - b);
  const lastFactAt = times.length === 0 ? undefined : Math.max(...times);
  return { score, parts, lastFactAt, grave: graveAt.length > 0, graveAt };
}

function partShare(part: RiskPart, facts: readonly RiskFact[], rule: RiskRule, now: number): PartShare {
  const own = facts.filter((fact) => fact.part === part && fact.at <= now);
  const counts = (fact: RiskFact) => fact.severity * 0.5 ** ((now - fact.at) / (rule.halfLifeDays * dayMs));
  const sum = own.reduce((total, fact) => total + counts(fact), 0);
  const points = tenth(rule.weights[part] * (1 - Math.exp(-sum / fullAt[part])));
  const named = [...own].sort((a, b) => counts(b) - counts(a) || b.at - a.at).slice(0, eventsNamed);
  return { part, points, count: own.length, facts: named };
}

export type Standing = { readonly grade: Grade; readonly since: number };

/**
 * Worse at once; better by one step, and only after so many days without anything that weighs (联奖联惩): a good month
 * is worth something, and one good day nothing.
 */
export function gradeAfter(
  before: Standing | undefined,
  { score, lastFactAt }: Pick<RiskScore, 'score' | 'lastFactAt'>,
  rule: RiskRule,
  now: number,
): Standing {
  const wanted = score >= rule.cFrom ? 'C' : score >= rule.bFrom ? 'B' : 'A';
  if (before === undefined) return { grade: wanted, since: now };
  const [from, to] = [grades.indexOf(before.grade), grades.indexOf(wanted)];
  if (from === to) return before;
  if (to > from) return { grade: wanted, since: now };
  const clean = now - Math.max(lastFactAt ?? 0, before.since) >= rule.recoverDays * dayMs;
  return clean ? { grade: grades[from - 1] ?? wanted, since: now } : before;
}

export function tierOf(grade: Grade, { grave }: Pick<RiskScore, 'grave'>): Tier {
  if (grave) return 'at_once';
  return grade === 'A' ? 'routine' : 'by_date';
}

/**
 * By when it is visited: within three days of the first grave thing that nobody has been there for since, the others so long
 * after the last visit, or after the grade began. What is overdue is due now.
 */
export function visitBy(
  { graveAt }: Pick<RiskScore, 'graveAt'>,
  standing: Standing,
  lastVisitAt: number | undefined,
  rule: RiskRule,
  now: number,
): number {
  const unseen = graveAt.find((at) => at > (lastVisitAt ?? 0));
  if (unseen !== undefined) return Math.max(now, unseen + 3 * dayMs);
  return Math.max(now, (lastVisitAt ?? standing.since) + rule.visitDays[standing.grade] * dayMs);
}

/** What is wrong with a rule that somebody wants; codes are keys of the words. */
export function ruleFaults(
  rule: RiskRule,
): readonly { readonly place: string; readonly code: string; readonly detail: string }[] {
  const sum = riskParts.reduce((total, part) => total + rule.weights[part], 0);
  const fault = (place: string, code: string, detail: string) => ({ place: `/${place}`, code, detail });
  return [
    ...riskParts.flatMap((part) =>
      within(rule.weights[part], 0, 100) ? [] : [fault(part, 'weight', 'From 0 to 100.')],
    ),
    ...(Math.abs(sum - 100) < 0.01
      ? []
      : [fault('weights', 'sum', `The weights add up to ${tenth(sum)}, not to 100.`)]),
    ...(within(rule.halfLifeDays, 7, 365) ? [] : [fault('halfLifeDays', 'half_life', 'From 7 to 365 days.')]),
    ...(within(rule.bFrom, 1, 99) && within(rule.cFrom, rule.bFrom + 1, 100)
      ? []
      : [fault('cFrom', 'grades', 'C begins above B, and both lie between 1 and 100.')]),
    ...(within(rule.recoverDays, 1, 365) ? [] : [fault('recoverDays', 'recover', 'From 1 to 365 days.')]),
    ...(rule.visitDays.C <= rule.visitDays.B && rule.visitDays.B <= rule.visitDays.A && within(rule.visitDays.C, 1, 365)
      ? []
      : [fault('visitDays', 'visits', 'The worse the grade, the sooner the visit.')]),
  ];
}

function within(value: number, least: number, most: number): boolean {
  return Number.isFinite(value) && value >= least && value <= most;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
