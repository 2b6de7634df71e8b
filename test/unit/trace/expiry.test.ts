// When a lot's time is up, and what it may lose on its way.
import { describe, expect, it } from 'vitest';
import { expiryState, expiryTurned, lastMoment } from '../../../server/trace/state/expiry.ts';
import { isLoss, lossRules, ruleFor, usualRule } from '../../../server/trace/state/loss.ts';

const day = 86_400_000;
const midnight = Date.parse('2026-11-22T00:00:00+08:00');
const life = { producedAt: null, expiresAt: midnight };

describe('expiry', () => {
  it('a day lasts until it is over in Beijing, a time of day until that time', () => {
    expect(lastMoment(midnight)).toBe(midnight + day - 1);
    expect(lastMoment(midnight + 3_600_000)).toBe(midnight + 3_600_000);
  });

  it('is near some days before, and past from the first moment after', () => {
    const last = midnight + day - 1;
    expect(expiryState(life, 3, last - 3 * day - 1)).toMatchObject({ state: 'good' });
    expect(expiryState(life, 3, last - 3 * day)).toEqual({ state: 'near', since: last - 3 * day });
    expect(expiryState(life, 3, last)).toMatchObject({ state: 'near' });
    expect(expiryState(life, 3, last + 1)).toEqual({ state: 'past', since: last });
  });

  it('is near in the last quarter of a short life, however early the warning would be', () => {
    const last = midnight + day - 1;
    const short = { producedAt: last - 4 * day, expiresAt: midnight };
    expect(expiryState(short, 3, last - day - 1)).toMatchObject({ state: 'good' });
    expect(expiryState(short, 3, last - day)).toMatchObject({ state: 'near' });
    const long = { producedAt: last - 400 * day, expiresAt: midnight };
    expect(expiryState(long, 3, last - 3 * day - 1)).toMatchObject({ state: 'good' });
  });

  it('turns once at each border', () => {
    const last = midnight + day - 1;
    expect(expiryTurned(life, 3, last - 4 * day, last - 2 * day)).toBe(true);
    expect(expiryTurned(life, 3, last - 2 * day, last - day)).toBe(false);
    expect(expiryTurned(life, 3, last, last + 1)).toBe(true);
    expect(expiryTurned(life, 3, last + 1, last + 9 * day)).toBe(false);
  });
});

describe('rules', () => {
  it('of a product hold for it, those of everything for the rest, and the usual ones where nothing is said', () => {
    const rules = lossRules([
      { productId: 0, lossShare: 0.4, transitHours: null, nearDays: null },
      { productId: 7, lossShare: null, transitHours: 12, nearDays: 1 },
    ]);
    expect(ruleFor(rules, 7)).toEqual({ lossShare: 0.4, transitHours: 12, nearDays: 1 });
    expect(ruleFor(rules, 8)).toEqual({ ...usualRule, lossShare: 0.4 });
    expect(ruleFor(rules, null)).toEqual({ ...usualRule, lossShare: 0.4 });
  });

  it('a loss is more than may be lost, not as much', () => {
    const rule = { ...usualRule, lossShare: 0.2 };
    expect(isLoss(100, 80, rule)).toBe(false);
    expect(isLoss(100, 79.9, rule)).toBe(true);
    expect(isLoss(0, 0, rule)).toBe(false);
  });
});
