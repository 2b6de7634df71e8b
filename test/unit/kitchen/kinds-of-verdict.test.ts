// Which kinds a verdict says are there, and when two verdicts on one picture say the same.
import { expect, it } from 'vitest';
import { kindsOf, sayTheSame, statusAfter } from '../../../server/kitchen/flag/decision.ts';

const confirmed = (kinds: readonly string[] | null, violation = 'no_mask') => ({
  decision: 'confirmed',
  violation,
  kinds,
});
const cleared = { decision: 'cleared', violation: 'no_mask', kinds: null };

it('a confirmed one says the kinds it names, or its own when it names none; any other says none', () => {
  expect(kindsOf(confirmed(['no_hat', 'rat']))).toEqual(['no_hat', 'rat']);
  expect(kindsOf(confirmed(null))).toEqual(['no_mask']);
  expect(kindsOf(confirmed([]))).toEqual([]);
  expect(kindsOf({ ...cleared, kinds: ['rat'] })).toEqual([]);
  expect(kindsOf({ ...cleared, decision: 'unsure' })).toEqual([]);
});

it('two say the same when they decide the same and name the same kinds, in whatever order', () => {
  expect(sayTheSame(confirmed(['no_hat', 'rat']), confirmed(['rat', 'no_hat']))).toBe(true);
  expect(sayTheSame(confirmed(null), confirmed(['no_mask'], 'rat'))).toBe(true);
  expect(sayTheSame(cleared, { ...cleared, violation: 'rat' })).toBe(true);
  expect(sayTheSame(confirmed(['no_hat']), confirmed(['no_hat', 'rat']))).toBe(false);
  expect(sayTheSame(confirmed(['no_hat', 'rat']), confirmed(['no_hat']))).toBe(false);
  expect(sayTheSame(confirmed(['no_hat', 'dirt']), confirmed(['no_hat', 'rat']))).toBe(false);
  expect(sayTheSame(confirmed(['no_hat']), confirmed(['rat']))).toBe(false);
  expect(sayTheSame(confirmed([]), cleared)).toBe(false);
  expect(sayTheSame(cleared, { ...cleared, decision: 'unsure' })).toBe(false);
});

it('a blind look that decides the same but names another kind is a doubt', () => {
  const judged = { status: 'confirmed', second: 'wanted', leasedTo: null, leaseUntil: null, leasedAt: null } as const;
  expect(statusAfter(judged, 'confirmed', 0, 'other')).toBe('unsure');
  expect(statusAfter(judged, 'confirmed', 0, 'same')).toBe('confirmed');
});
