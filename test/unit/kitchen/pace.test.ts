// How often a camera is looked at: by the time of day, after something moved, and when all cannot be looked at as often as asked.
import { describe, expect, it } from 'vitest';
import { plainRules } from '../../../server/kitchen/camera/camera.ts';
import { type Period, periodAt, rulesAt } from '../../../server/kitchen/camera/period.ts';
import { lookEvery, stretchFor } from '../../../server/kitchen/sample/sample-pace.ts';

const beijing = (hour: number, minute = 0) => Date.UTC(2026, 10, 22, hour - 8, minute);
const period = (kind: Period['kind'], from: number, to: number, everySeconds: number, off: string[] = []): Period => ({
  kind,
  from: from * 60,
  to: to * 60,
  everySeconds,
  off,
});
const rules = { ...plainRules, periods: [period('cooking', 10, 13, 10), period('night', 22, 6, 600, ['no_mask'])] };
const camera = { rules, sampleEveryMs: 30_000, weight: 1, soonerUntil: 0 };

describe('a camera with periods', () => {
  it('is looked at as often as the period asks, past midnight too, and by its own interval outside of them', () => {
    const at = (hour: number) => lookEvery(camera, beijing(hour), 1) / 1000;
    expect([9, 10, 12, 13, 22, 23, 2, 6].map(at)).toEqual([30, 10, 10, 30, 600, 600, 600, 30]);
  });

  it('leaves out what the period does not look for, beside what is switched off altogether', () => {
    const some = { ...rules, off: ['smoking'] };
    expect(rulesAt(some, beijing(23)).off).toEqual(['smoking', 'no_mask']);
    expect(rulesAt(some, beijing(12)).off).toEqual(['smoking']);
    expect(periodAt(rules, beijing(8))).toBeUndefined();
  });

  it('that has just shown something is looked at twice as often, and never more than every two seconds', () => {
    const now = beijing(9);
    expect(lookEvery({ ...camera, soonerUntil: now + 1 }, now, 1)).toBe(15_000);
    expect(lookEvery({ ...camera, soonerUntil: now }, now, 1)).toBe(30_000);
    expect(lookEvery({ ...camera, sampleEveryMs: 2_000, soonerUntil: now + 1 }, now, 1)).toBe(2_000);
  });
});

describe('a budget of looks', () => {
  const demands = [
    { weight: 1, perMinute: 600 },
    { weight: 2, perMinute: 600 },
  ];
  const given = (stretch: number) => demands.map(({ weight, perMinute }) => perMinute / Math.max(1, stretch / weight));

  it('changes nothing while all fit, or where there is none', () => {
    expect(stretchFor(demands, undefined)).toBe(1);
    expect(stretchFor(demands, 1200)).toBe(1);
    expect(lookEvery({ ...camera, weight: 2 }, beijing(9), 1)).toBe(30_000);
  });

  it('is used up and not exceeded, and the riskier kitchen gets twice as many looks', () => {
    const stretch = stretchFor(demands, 300);
    const [plain = 0, risky = 0] = given(stretch);
    expect(plain + risky).toBeCloseTo(300, 3);
    expect(risky / plain).toBeCloseTo(2, 6);
    const each = [1, 2].map((weight) => lookEvery({ ...camera, weight }, beijing(9), stretch));
    expect(each[0]! / each[1]!).toBeCloseTo(2, 3);
  });

  it('gives the riskier kitchen no more than it asks for', () => {
    const stretch = stretchFor(demands, 1_150);
    expect(given(stretch)[1]).toBe(600);
    expect(given(stretch)[0]).toBeCloseTo(550, 3);
  });
});
