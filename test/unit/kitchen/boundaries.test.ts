// The edges of the kitchen's rules: the last frame of a gap, the score that is just good, the lease that has just run out.
import { describe, expect, it } from 'vitest';
import { kappa } from '../../../server/kitchen/flag/agreement.ts';
import {
  type FlagStanding,
  hindrance,
  isIdle,
  leaseMs,
  stageOf,
  statusAfter,
  undoHindrance,
} from '../../../server/kitchen/flag/decision.ts';
import {
  acceptedDelta,
  confirmedDelta,
  gradeOf,
  overdueDelta,
  scoreAfter,
  steadyDelta,
} from '../../../server/kitchen/order/score.ts';
import { advanceWindow, emptyWindow, gapOf, type ViolationWindow } from '../../../server/kitchen/violation/window.ts';

const minute = 60_000;
const rule = { hits: 2, of: 3, gapMs: 10 * minute };

/** The window after frames at these minutes, and at which of them a flag was raised. */
function seen(frames: readonly (readonly [atMinute: number, hit: boolean])[], start: ViolationWindow = emptyWindow) {
  const raised: number[] = [];
  let window = start;
  for (const [at, hit] of frames) {
    const step = advanceWindow(window, { at: at * minute, hit }, rule);
    if (step.raise) raised.push(at);
    window = step.window;
  }
  return { window, raised };
}

describe('a happening', () => {
  it('goes on over a gap of exactly the longest length, and ends beyond it', () => {
    expect(
      seen([
        [0, true],
        [10, true],
      ]).raised,
    ).toEqual([10]);
    expect(advanceWindow(seen([[0, true]]).window, { at: 10 * minute + 1, hit: true }, rule).raise).toBe(false);
  });

  it('is not ended by one empty frame, nor by two, but by as many as the rule looks at', () => {
    const going = seen([
      [0, true],
      [1, true],
    ]).window;
    expect(
      seen(
        [
          [2, false],
          [3, true],
        ],
        going,
      ).raised,
    ).toEqual([]);
    expect(
      seen(
        [
          [2, false],
          [3, false],
          [4, true],
          [5, true],
        ],
        going,
      ).raised,
    ).toEqual([]);
    expect(
      seen(
        [
          [2, false],
          [3, false],
          [4, false],
          [5, true],
          [6, true],
        ],
        going,
      ).raised,
    ).toEqual([6]);
  });

  it('is no more ended by an empty frame at its very beginning', () => {
    expect(seen([[0, false]]).window).toEqual({ recent: [{ at: 0, hit: false }] });
    expect(
      seen([
        [0, false],
        [1, true],
        [2, true],
      ]).raised,
    ).toEqual([2]);
  });

  it('is flagged only by a frame that shows it, and only by as many as the rule asks for', () => {
    expect(
      seen([
        [0, true],
        [1, false],
      ]).raised,
    ).toEqual([]);
    expect(
      seen([
        [0, true],
        [1, true],
        [2, false],
      ]).raised,
    ).toEqual([1]);
    expect(
      seen([
        [0, true],
        [1, false],
        [2, true],
      ]).raised,
    ).toEqual([2]);
    expect(
      seen([
        [0, true],
        [1, false],
        [2, false],
        [3, true],
      ]).raised,
    ).toEqual([]);
  });

  it('that still goes on is asked about again after exactly an hour, counted from the last flag', () => {
    const frames = Array.from({ length: 125 }, (_, at) => [at, true] as const);
    expect(seen(frames).raised).toEqual([1, 61, 121]);
  });

  it('remembers no more frames than the rule looks at', () => {
    expect(
      seen([
        [0, true],
        [1, false],
        [2, false],
        [3, false],
      ]).window.recent.map(({ at }) => at / minute),
    ).toEqual([1, 2, 3]);
  });

  it('may have gaps of four samples, never shorter than ten minutes', () => {
    expect([gapOf(minute), gapOf(2.5 * minute), gapOf(60 * minute)]).toEqual([10 * minute, 10 * minute, 240 * minute]);
  });
});

describe('a score', () => {
  it('is good from 90, fair from 75, poor below', () => {
    expect([100, 90, 89, 75, 74, 0].map(gradeOf)).toEqual(['good', 'good', 'fair', 'fair', 'poor', 'poor']);
  });

  it('loses and recovers what the rule says, and never leaves 0 to 100', () => {
    expect([overdueDelta(), steadyDelta()]).toEqual([-2, 3]);
    expect(confirmedDelta('no_mask')).toBeLessThan(0);
    const points = -confirmedDelta('no_mask');
    expect(acceptedDelta('no_mask', 'in_time')).toBe(Math.max(1, points - 1));
    expect(acceptedDelta('no_mask', 'late')).toBe(Math.floor(points / 2));
    expect(scoreAfter(99, 3)).toEqual({ after: 100, delta: 1 });
    expect(scoreAfter(1, -5)).toEqual({ after: 0, delta: -1 });
    expect(scoreAfter(50, -5)).toEqual({ after: 45, delta: -5 });
  });
});

describe('agreement', () => {
  it('is unknown, and no number that is none, when both always said one same thing', () => {
    expect(
      kappa([
        ['confirmed', 'confirmed'],
        ['confirmed', 'confirmed'],
      ]),
    ).toBeUndefined();
    expect(kappa([])).toBeUndefined();
  });

  it('is what Cohen says: 0.4 in his manner of counting, and below nought for those who always differ', () => {
    // 20 yes-yes, 15 no-no, 5 and 10 apart: 0.7 agreed, 0.5 by chance.
    const pairs = [
      ...Array.from({ length: 20 }, () => ['yes', 'yes'] as const),
      ...Array.from({ length: 5 }, () => ['yes', 'no'] as const),
      ...Array.from({ length: 10 }, () => ['no', 'yes'] as const),
      ...Array.from({ length: 15 }, () => ['no', 'no'] as const),
    ];
    expect(kappa(pairs)).toBeCloseTo(0.4, 12);
    expect(
      kappa([
        ['a', 'b'],
        ['b', 'a'],
      ]),
    ).toBeCloseTo(-1, 12);
    expect(
      kappa([
        ['a', 'a'],
        ['b', 'b'],
      ]),
    ).toBeCloseTo(1, 12);
  });
});

describe('who may judge a flag', () => {
  const flag: FlagStanding = { status: 'open', second: 'none', leasedTo: 7, leaseUntil: 1_000, leasedAt: 0 };
  const asker = { id: 1, ownShop: false, judgedBefore: false };

  it('not while another has it open, but from the moment that lease is over', () => {
    expect(hindrance(flag, asker, 999)).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('Another reviewer'),
    });
    expect(hindrance(flag, asker, 1_000)).toBeUndefined();
    expect(hindrance(flag, { ...asker, id: 7 }, 0)).toBeUndefined();
    expect(hindrance({ ...flag, leasedTo: null }, asker, 0)).toBeUndefined();
    expect(hindrance({ ...flag, leaseUntil: null }, asker, 0)).toBeUndefined();
  });

  it('nobody of their own shop, nobody twice, and nobody what is decided', () => {
    expect(hindrance(flag, { ...asker, ownShop: true }, 2_000)).toMatchObject({ code: 'forbidden' });
    expect(hindrance(flag, { ...asker, judgedBefore: true }, 2_000)).toMatchObject({
      detail: expect.stringContaining('second person'),
    });
    expect(hindrance({ ...flag, status: 'cleared' }, asker, 2_000)).toMatchObject({
      detail: expect.stringContaining('decided'),
    });
    expect(leaseMs).toBe(2 * minute);
  });

  it('a flag waits for a first, a second, or a blind look, or for none', () => {
    const standing = (status: FlagStanding['status'], second: FlagStanding['second'] = 'none') =>
      stageOf({ ...flag, status, second });
    expect([
      standing('open'),
      standing('unsure'),
      standing('confirmed', 'wanted'),
      standing('cleared', 'wanted'),
    ]).toEqual(['first', 'second', 'blind', 'blind']);
    expect([standing('confirmed'), standing('cleared', 'done')]).toEqual([undefined, undefined]);
  });

  it('two doubts clear, one does not; a blind look that agrees keeps, one that differs doubts', () => {
    expect(statusAfter({ ...flag, status: 'unsure' }, 'unsure', 1)).toBe('cleared');
    expect(statusAfter({ ...flag, status: 'unsure' }, 'unsure', 0)).toBe('unsure');
    expect(statusAfter({ ...flag, status: 'open' }, 'unsure', 1)).toBe('unsure');
    expect(statusAfter({ ...flag, status: 'unsure' }, 'confirmed', 2)).toBe('confirmed');
    const judged = { ...flag, status: 'confirmed', second: 'wanted' } as const;
    expect([statusAfter(judged, 'confirmed', 0), statusAfter(judged, 'cleared', 0)]).toEqual(['confirmed', 'unsure']);
  });

  it('half a minute before a picture is still looking, more is idling; unmeasured is neither', () => {
    expect([isIdle(null), isIdle(30_000), isIdle(30_001)]).toEqual([false, false, true]);
  });

  it('a verdict is taken back within half an hour to the millisecond, while it is the newest and unanswered', () => {
    const verdict = { at: 0, isNewest: true, orderState: undefined };
    expect(undoHindrance({ ...verdict, at: 5 * minute }, 35 * minute)).toBeUndefined();
    expect(undoHindrance({ ...verdict, at: 5 * minute }, 35 * minute + 1)).toMatchObject({
      detail: expect.stringContaining('30 minutes'),
    });
    expect(undoHindrance({ ...verdict, isNewest: false }, 0)).toMatchObject({
      detail: expect.stringContaining('since'),
    });
    expect(undoHindrance({ ...verdict, orderState: 'issued' }, 0)).toBeUndefined();
    expect(undoHindrance({ ...verdict, orderState: 'answered' }, 0)).toMatchObject({
      detail: expect.stringContaining('answered'),
    });
  });
});
