// A kitchen's later frames are never learnt from, and a gain is told with how sure it is.
import { describe, expect, it } from 'vitest';
import { gainOf } from '../../../../server/kitchen/learning/gain.ts';
import { splitByTime } from '../../../../server/kitchen/learning/time-split.ts';

const minute = 60_000;
const frame = (at: number, hash = `h${at}`) => ({ at: at * minute, hash });

describe('which frames are learnt from', () => {
  it('the last three tenths are kept apart, and what shows the same moment is on neither side', () => {
    const split = splitByTime(Array.from({ length: 100 }, (_, index) => frame(99 - index)));
    expect(split.later.map(({ at }) => at / minute)).toEqual(Array.from({ length: 30 }, (_, index) => 70 + index));
    expect(Math.max(...split.learnt.map(({ at }) => at / minute))).toBe(64);
    expect(split.between.length).toBe(5);
  });

  it('a picture seen again later is not learnt from', () => {
    const frames = [
      frame(1, 'same'),
      ...Array.from({ length: 8 }, (_, index) => frame(10 + index * 10)),
      frame(99, 'same'),
    ];
    expect(splitByTime(frames).learnt.map(({ hash }) => hash)).not.toContain('same');
  });

  it('frames of one minute are not torn apart', () => {
    const split = splitByTime(Array.from({ length: 10 }, (_, index) => frame(5, `p${index}`)));
    expect([split.learnt.length, split.later.length]).toEqual([0, 10]);
  });
});

describe('a gain', () => {
  const box = (is: boolean, shownBefore: boolean, shownAfter: boolean) => ({ is, shownBefore, shownAfter });

  it('counts false alarms that are gone against true ones that are lost', () => {
    const mended = Array.from({ length: 40 }, () => box(false, true, false));
    const gain = gainOf([
      ...mended,
      box(true, true, false),
      ...Array.from({ length: 59 }, () => box(true, true, true)),
    ]);
    expect(gain).toMatchObject({
      boxes: 100,
      rightBefore: 60,
      rightAfter: 99,
      alarmsGone: 40,
      truthsLost: 1,
      gain: 0.39,
    });
    expect(gain.ci95![0]).toBeGreaterThan(0.28);
    expect(gain.ci95![1]).toBeLessThan(0.49);
  });

  it('of few boxes is not sure, and of none is not known', () => {
    expect(gainOf([box(false, true, false), box(true, true, true)]).ci95![0]).toBeLessThan(0);
    expect(gainOf([])).toMatchObject({ gain: undefined, ci95: undefined });
  });
});
