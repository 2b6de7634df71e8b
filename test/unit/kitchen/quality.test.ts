// The mathematics of the quality page: weighted totals, their ratio, and kappa, against published figures and the definitions.
import { describe, expect, it } from 'vitest';
import { agreementOf, type JudgedPair, kappa } from '../../../server/kitchen/flag/agreement.ts';
import { type AuditFinding, changeOf, missRates } from '../../../server/kitchen/quality/miss-rate.ts';
import { gammaQuantile, shareOfTotals, weightedTotal } from '../../../server/kitchen/quality/weighted.ts';

const finding = (over: Partial<AuditFinding>): AuditFinding => ({
  violation: 'no_hat',
  weight: 10,
  present: true,
  reached: false,
  counted: false,
  ...over,
});
const times = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

describe('a total estimated from audits', () => {
  it("has the published limits of Poisson's law where all findings weigh the same", () => {
    // Garwood's table: 0, 1 and 10 found.
    expect(gammaQuantile(0.975, 1)).toBeCloseTo(3.689, 3);
    expect([gammaQuantile(0.025, 1), gammaQuantile(0.975, 2)]).toEqual([
      expect.closeTo(0.0253, 4),
      expect.closeTo(5.572, 3),
    ]);
    expect([gammaQuantile(0.025, 10), gammaQuantile(0.975, 11)]).toEqual([
      expect.closeTo(4.795, 3),
      expect.closeTo(18.39, 2),
    ]);
  });

  it('is not nothing when nothing was found, for the next finding could stand for many', () => {
    const none = weightedTotal([], 50);
    expect(none.total).toBe(0);
    expect(none.low).toBe(0);
    expect(none.high).toBeGreaterThan(3.6 * 49);
    expect(none.high).toBeLessThan(3.7 * 50);
  });

  it('is exact where every frame was audited', () => {
    expect(weightedTotal([1, 1, 1], 1)).toEqual({ total: 3, low: 3, high: 3 });
  });
});

describe('a miss rate', () => {
  it('counts what was caught, and is not of audits alone', () => {
    const findings = [...times(2, finding({})), ...times(50, finding({ present: false }))];
    const [rate] = missRates(findings, [{ violation: 'no_hat', caught: 180 }]);
    // Two found, each standing for ten, beside 180 caught.
    expect(rate?.rate?.share).toBeCloseTo(20 / 200);
    expect([rate?.audited, rate?.found, rate?.foundMissed, rate?.caught]).toEqual([52, 2, 2, 180]);
  });

  it('what a flag covered was not missed, and what was counted is not counted twice', () => {
    const findings = [finding({}), finding({ reached: true }), finding({ reached: true, counted: true })];
    const [rate] = missRates(findings, [{ violation: 'no_hat', caught: 20 }]);
    expect(rate?.rate?.share).toBeCloseTo(10 / (10 + 20 + 10));
  });

  it('what was confirmed though audits do not find it is taken off what was caught', () => {
    const findings = [finding({}), finding({ present: false, counted: true })];
    const [rate] = missRates(findings, [{ violation: 'no_hat', caught: 40 }]);
    expect(rate?.rate?.share).toBeCloseTo(10 / (10 + 40 - 10));
  });

  it('of a kind that no audit was asked about is not known', () => {
    expect(missRates([], [{ violation: 'no_hat', caught: 5 }])[0]?.rate).toBeUndefined();
  });

  it('lies in its interval, which narrows with more audits', () => {
    const of = (count: number) => {
      const [rate] = missRates(times(count, finding({})), [{ violation: 'no_hat', caught: count * 90 }]);
      if (rate?.rate === undefined) throw new Error('No rate.');
      return rate.rate;
    };
    for (const count of [1, 3, 10, 100]) {
      expect(of(count).low).toBeLessThan(0.1);
      expect(of(count).high).toBeGreaterThan(0.1);
    }
    expect(of(100).high - of(100).low).toBeLessThan(of(3).high - of(3).low);
  });

  it('is all that is known to be missed where nothing was caught', () => {
    const rate = shareOfTotals({ total: 10, low: 1, high: 30 }, { total: 0, low: 0, high: 5 });
    expect(rate?.share).toBe(1);
    expect(rate?.high).toBe(1);
    expect(rate?.low).toBeLessThan(0.5);
  });

  it('has changed only when chance does not explain it', () => {
    const low = { share: 0.1, low: 0.05, high: 0.16 };
    expect(changeOf({ share: 0.4, low: 0.3, high: 0.5 }, low).clear).toBe(true);
    expect(changeOf({ share: 0.15, low: 0.08, high: 0.3 }, low).clear).toBe(false);
  });
});

describe('kappa', () => {
  const pairs: JudgedPair[] = [
    ...times<JudgedPair>(20, ['present', 'present']),
    ...times<JudgedPair>(5, ['present', 'absent']),
    ...times<JudgedPair>(10, ['absent', 'present']),
    ...times<JudgedPair>(15, ['absent', 'absent']),
    ...times<JudgedPair>(4, ['unsure', 'absent']),
  ];

  it('equals the definition: agreement beyond chance over what was left to chance', () => {
    const n = pairs.length;
    const words = ['present', 'absent', 'unsure'];
    const observed = pairs.filter(([a, b]) => a === b).length / n;
    const chance = words.reduce((sum, word) => {
      const [first, second] = [pairs.filter(([a]) => a === word).length, pairs.filter(([, b]) => b === word).length];
      return sum + (first / n) * (second / n);
    }, 0);
    expect(kappa(pairs)).toBeCloseTo((observed - chance) / (1 - chance), 12);
  });

  it('its interval is that of the delta method, worked out by small steps instead of by the formula', () => {
    const words = ['present', 'absent', 'unsure'];
    const cells = words.flatMap((a) =>
      words.map((b) => ({ a, b, p: pairs.filter((x) => x[0] === a && x[1] === b).length / pairs.length })),
    );
    const kappaOf = (p: readonly number[]) => {
      const sum = (of: (cell: (typeof cells)[number]) => boolean) =>
        cells.reduce((s, cell, i) => s + (of(cell) ? (p[i] ?? 0) : 0), 0);
      const chance = words.reduce((s, w) => s + sum(({ a }) => a === w) * sum(({ b }) => b === w), 0);
      return (sum(({ a, b }) => a === b) - chance) / (1 - chance);
    };
    const now = cells.map(({ p }) => p);
    const step = 1e-6;
    const slope = now.map((_, i) => (kappaOf(now.map((p, j) => (i === j ? p + step : p))) - kappaOf(now)) / step);
    const mean = slope.reduce((s, g, i) => s + g * (now[i] ?? 0), 0);
    const variance = slope.reduce((s, g, i) => s + g * g * (now[i] ?? 0), 0) - mean ** 2;
    const half = 1.959964 * Math.sqrt(variance / pairs.length);
    const found = agreementOf(pairs);
    expect(found.high - (found.kappa ?? 0)).toBeCloseTo(half, 3);
    expect((found.kappa ?? 0) - found.low).toBeCloseTo(half, 3);
  });

  it('has no meaning where everybody always says the same', () => {
    expect(agreementOf(times<JudgedPair>(9, ['absent', 'absent']))).toEqual({
      pairs: 9,
      kappa: undefined,
      low: -1,
      high: 1,
    });
  });
});
