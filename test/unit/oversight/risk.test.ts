// The risk of a place: what counts how much, how a grade recovers, and that its order finds more, sooner, in a simulated year.
import { describe, expect, it } from 'vitest';
import { chances } from '../../../samples/district/chance.ts';
import { dayMs } from '../../../server/clock.ts';
import { backTest } from '../../../server/oversight/risk/back-test.ts';
import {
  firstRule,
  gradeAfter,
  type RiskFact,
  ruleFaults,
  type Standing,
  scoreOf,
  tierOf,
  visitBy,
} from '../../../server/oversight/risk/risk.ts';

const now = Date.UTC(2026, 10, 22);
const fact = (daysAgo: number, change: Partial<RiskFact> = {}): RiskFact => ({
  part: 'flags',
  at: now - daysAgo * dayMs,
  severity: 1,
  what: 'smoking',
  id: '1',
  ...change,
});

describe('a score', () => {
  it('is the sum of its parts, and a kitchen with nothing against it has none', () => {
    expect(scoreOf([], firstRule, now)).toMatchObject({ score: 0, lastFactAt: undefined, grave: false });
    const { score, parts } = scoreOf([fact(1), fact(3, { part: 'complaints', severity: 0.7 })], firstRule, now);
    expect(score).toBeCloseTo(
      parts.reduce((sum, { points }) => sum + points, 0),
      5,
    );
    expect(parts.filter(({ points }) => points > 0).map(({ part }) => part)).toEqual(['flags', 'complaints']);
  });

  it('never passes the weight of a part, however much happened', () => {
    const many = Array.from({ length: 400 }, () => fact(0));
    expect(scoreOf(many, firstRule, now).score).toBe(firstRule.weights.flags);
  });

  it('counts a thing half after the half-life, and nothing that lies in the future', () => {
    const points = (daysAgo: number) =>
      scoreOf(
        [fact(daysAgo, { severity: 0.02 })],
        { ...firstRule, weights: { ...firstRule.weights, flags: 1000 } },
        now,
      ).score;
    expect(points(firstRule.halfLifeDays) / points(0)).toBeCloseTo(0.5, 1);
    expect(points(-1)).toBe(0);
  });

  it('names the things that count most, five of them at most', () => {
    const { parts } = scoreOf(
      [...Array.from({ length: 7 }, (_, day) => fact(day + 1)), fact(0, { id: 'newest' })],
      firstRule,
      now,
    );
    expect(parts[0]?.facts.map(({ id }) => id)).toEqual(['newest', '1', '1', '1', '1']);
    expect(parts[0]?.count).toBe(8);
  });
});

describe('a grade', () => {
  const bad = { score: 50, lastFactAt: now };
  const good = { score: 2, lastFactAt: now - 5 * dayMs };

  it('gets worse at once and better by one step, only after thirty days without anything new', () => {
    const before = { grade: 'C', since: now - 90 * dayMs } as const;
    expect(gradeAfter({ grade: 'A', since: 0 }, bad, firstRule, now)).toEqual({ grade: 'C', since: now });
    expect(gradeAfter(before, good, firstRule, now)).toBe(before);
    expect(gradeAfter(before, { ...good, lastFactAt: now - 30 * dayMs }, firstRule, now)).toEqual({
      grade: 'B',
      since: now,
    });
    // One step a month, not two.
    const half = { grade: 'B', since: now - 10 * dayMs } as const;
    expect(gradeAfter(half, { ...good, lastFactAt: now - 60 * dayMs }, firstRule, now)).toBe(half);
  });

  it('gets better in a kitchen that mends, though something small still happens every other week', () => {
    const small = (day: number) =>
      ({ part: 'flags', at: day * dayMs, severity: 0.2, what: 'phone', id: `${day}` }) as const;
    const grave = (day: number) =>
      ({ part: 'tests', at: day * dayMs, severity: 1, what: 'drug', id: `g${day}` }) as const;
    const yearOf = (facts: readonly RiskFact[]) => {
      let standing: Standing = { grade: 'C', since: 0 };
      const steps: string[] = [];
      for (let day = 1; day <= 365; day++) {
        const next = gradeAfter(standing, scoreOf(facts, firstRule, day * dayMs), firstRule, day * dayMs);
        if (next.grade !== standing.grade) steps.push(`${next.grade} on day ${day}`);
        standing = next;
      }
      return steps;
    };
    const smalls = Array.from({ length: 26 }, (_, at) => small(at * 14 + 3));
    expect(yearOf(smalls)).toEqual(['B on day 30', 'A on day 60']);
    // Something that weighs begins the month anew.
    expect(yearOf([...smalls, grave(20)]).at(0)).toBe('B on day 50');
  });

  it('sets how often a place is visited: something grave at once, a good place twice a year', () => {
    expect(tierOf('A', { grave: true })).toBe('at_once');
    const graveOf = (one: RiskFact) => scoreOf([one], firstRule, now).grave;
    expect([graveOf(fact(1)), graveOf(fact(13)), graveOf(fact(1, { severity: 0.9 }))]).toEqual([true, true, false]);
    expect([graveOf(fact(15)), graveOf(fact(-1))], 'a fortnight later, and before it happened').toEqual([false, false]);
    expect(tierOf('A', { grave: false })).toBe('routine');
    expect(tierOf('C', { grave: false })).toBe('by_date');
    const since = now - 10 * dayMs;
    const quiet = { graveAt: [] };
    expect(visitBy(quiet, { grade: 'A', since }, undefined, firstRule, now)).toBe(since + 180 * dayMs);
    expect(visitBy(quiet, { grade: 'C', since }, now - 2 * dayMs, firstRule, now)).toBe(now + 12 * dayMs);
    // What is due already is due now.
    expect(visitBy(quiet, { grade: 'C', since: 0 }, undefined, firstRule, now)).toBe(now);
  });

  it('has somebody go there within three days of something grave, counted from that day and until somebody went', () => {
    const { graveAt } = scoreOf([fact(2), fact(1)], firstRule, now);
    const standing = { grade: 'C', since: now - 2 * dayMs } as const;
    const by = (visitedAt: number | undefined, at = now) => visitBy({ graveAt }, standing, visitedAt, firstRule, at);
    expect(by(undefined)).toBe(now + dayMs);
    expect(by(undefined, now + 5 * dayMs), 'not put off night by night').toBe(now + 5 * dayMs);
    expect(by(now - 1.5 * dayMs), 'the later one is unseen').toBe(now + 2 * dayMs);
    expect(by(now - 0.5 * dayMs), 'both were seen').toBe(now + 13.5 * dayMs);
  });

  it('waits no longer because of how things stand, such as a camera that is off', () => {
    const standing = fact(1, { part: 'cameras', what: 'offline' });
    expect(scoreOf([fact(40), standing], firstRule, now).lastFactAt).toBe(now - 40 * dayMs);
  });
});

it('rules that cannot be meant are refused, each with its place', () => {
  expect(ruleFaults(firstRule)).toEqual([]);
  const codes = (change: Partial<typeof firstRule>) => ruleFaults({ ...firstRule, ...change }).map(({ code }) => code);
  expect(codes({ weights: { ...firstRule.weights, flags: 40 } })).toEqual(['sum']);
  expect(codes({ weights: { ...firstRule.weights, flags: Number.NaN } })).toEqual(['weight', 'sum']);
  expect(codes({ bFrom: 40 })).toEqual(['grades']);
  expect(codes({ halfLifeDays: 0 })).toEqual(['half_life']);
  expect(codes({ visitDays: { A: 10, B: 60, C: 14 } })).toEqual(['visits']);
});

describe('the back-test', () => {
  it('says that there is not enough history where one finding would turn the answer', () => {
    expect(backTest([{ site: 'a', score: 1, critical: 9 }])).toEqual({ enough: false, places: 1, critical: 9 });
  });

  it('of a score that knows nothing is one, whoever comes first', () => {
    const tested = Array.from({ length: 40 }, (_, each) => ({
      site: `${each}`.padStart(2, '0'),
      score: 0,
      critical: 1,
    }));
    expect(backTest(tested)).toMatchObject({ enough: true, inRiskOrder: 0.5, ratio: 1 });
  });

  it('of a simulated year: visits in risk order find at least 1.25 times the critical findings of taking turns, in the first half', () => {
    const ratios = [11, 12, 13].map((seed) => simulatedYear(seed));
    for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(1.25);
    // It is no oracle either: what nobody could know is not found early.
    for (const ratio of ratios) expect(ratio).toBeLessThan(2);
  });
});

/** A year of 400 kitchens, each as careless as it is; four rounds of visits, scored before each from what was known by then. */
function simulatedYear(seed: number): number {
  const draw = chances(seed);
  const kitchens = Array.from({ length: 400 }, (_, index) => ({
    site: String(index).padStart(3, '0'),
    careless: 0.25 + 2.2 * draw() ** 3,
    facts: [] as RiskFact[],
  }));
  const parts = ['flags', 'orders', 'receipts', 'cold', 'complaints'] as const;
  let [first, all] = [0, 0];
  for (let day = 0; day < 365; day++) {
    const at = now + day * dayMs;
    for (const kitchen of kitchens)
      for (const part of parts)
        if (draw() < 0.006 * kitchen.careless) kitchen.facts.push({ part, at, severity: 0.6, what: '', id: '' });
    if (day % 90 !== 89) continue;
    const found = kitchens.map(({ site, careless, facts }) => ({
      site,
      score: scoreOf(facts, firstRule, at).score,
      critical: draw() < 0.12 * careless ? 1 : 0,
    }));
    const test = backTest(found);
    if (!test.enough) throw new Error('Too little happened in the simulated year.');
    first += test.inRiskOrder * test.critical;
    all += test.critical;
  }
  return first / all / 0.5;
}
