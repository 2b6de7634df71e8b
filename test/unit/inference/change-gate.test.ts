// What is a change worth a model's time: one large, or many small, or all of the picture a little.
import { describe, expect, it } from 'vitest';
import { changedEnough, changeLimits } from '../../../inference/change-gate.ts';

const still = { largest: 0, share: 0, mean: 0 };

describe('a frame', () => {
  it.each([
    ['nothing', still, false],
    ['a clock in the corner', { ...still, largest: 6 }, false],
    ['a cell that moves as far as the limit', { ...still, largest: 8 }, false],
    ['a hand lifted to the mouth', { ...still, largest: 12 }, true],
    ['one cell in 250', { ...still, share: 0.004 }, false],
    ['a few cells more, each a little', { ...still, share: 0.0041 }, true],
    ['a lamp that dims everything by 3', { ...still, mean: 3 }, false],
    ['a lamp that dims everything by more', { ...still, mean: 3.1 }, true],
  ])('with %s changed: %j is looked at: %s', (_what, change, expected) => {
    expect(changedEnough({ ...still, ...change })).toBe(expected);
  });

  it('is measured against limits that the model card names', () => {
    expect(changeLimits).toEqual({ largest: 8, share: 0.004, mean: 3 });
  });
});
