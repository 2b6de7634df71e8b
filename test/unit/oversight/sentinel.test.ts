// The control chart of the sentinel: how often it errs in a quiet year, and how soon it finds a planted spike.
import { describe, expect, it } from 'vitest';
import {
  alarmOf,
  chanceOfEach,
  falseAlarmEveryDays,
  seriesDays,
} from '../../../server/oversight/sentinel/control-chart.ts';
import { figure } from '../../support/figure.ts';

const none = new Set<number>();

/** mulberry32: the same year every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function poisson(next: () => number, mean: number): number {
  let [count, product] = [0, next()];
  for (const floor = Math.exp(-mean); product > floor; count++) product *= next();
  return count;
}

/** A year and its history; busier at weekends, where `weekend` says so. */
function days(
  next: () => number,
  mean: number,
  { length, weekend = 1 }: { length: number; weekend?: number },
): number[] {
  return Array.from({ length }, (_, day) => poisson(next, mean * (day % 7 < 2 ? weekend : 1)));
}

const year = 365;
const means = [0.02, 0.1, 0.3, 1, 3, 10];

describe('a quiet year', () => {
  it('of 120 series, busier at weekends, gives no more false alarms than one in thirty days', () => {
    const next = random(7);
    const alpha = chanceOfEach(120);
    let alarms = 0;
    for (let series = 0; series < 120; series++) {
      const counts = days(next, means[series % means.length] ?? 1, { length: seriesDays + year, weekend: 1.5 });
      for (let day = seriesDays; day < counts.length; day++)
        if (alarmOf(counts.slice(day - seriesDays, day), alpha, none) !== undefined) alarms += 1;
    }
    figure('false alarms of the sentinel in a quiet year of 120 series', String(alarms));
    expect(alarms).toBeLessThanOrEqual(year / falseAlarmEveryDays);
  }, 60_000);
});

describe('a spike', () => {
  it.each([
    [0.1, 2, 6],
    [1, 4, 7],
    [3, 9, 6],
    [10, 22, 5],
    [1, 12, 2],
    [10, 45, 1],
  ])(
    'of a kitchen with %d a day that rises to %d a day is found within %d days, nine times in ten',
    (usual, risen, within) => {
      const next = random(11);
      const alpha = chanceOfEach(120);
      const delays = Array.from({ length: 100 }, () => {
        const counts = [...days(next, usual, { length: seriesDays }), ...days(next, risen, { length: 14 })];
        const found = Array.from({ length: 14 }, (_, day) => day + 1).find(
          (day) => alarmOf(counts.slice(day, day + seriesDays), alpha, none) !== undefined,
        );
        return found ?? 99;
      }).sort((a, b) => a - b);
      figure(`days until a rise from ${usual} to ${risen} a day is found, nine in ten`, String(delays[89]));
      expect(delays[89]).toBeLessThanOrEqual(within);
    },
  );

  it('is told with what was expected, the limit and how likely it was', () => {
    const counts = [...Array.from({ length: seriesDays - 1 }, () => 1), 12];
    const alarm = alarmOf(counts, 0.001, none);
    expect(alarm?.window).toBe(1);
    expect([alarm?.count, alarm?.expected.toFixed(2)]).toEqual([12, '1.01']);
    expect(alarm?.limit).toBeGreaterThan(4);
    expect(alarm?.limit).toBeLessThan(9);
    expect(alarm?.chance).toBeLessThan(1e-6);
  });

  it('that came before leaves the next to be found when its days are no history', () => {
    const history = Array.from({ length: 56 }, (_, day) => (day === 40 ? 60 : 1));
    const counts = [...history, 1, 1, 1, 1, 1, 1, 9];
    expect(alarmOf(counts, 0.0001, none)).toBeUndefined();
    expect(alarmOf(counts, 0.0001, new Set([40]))?.count).toBe(9);
  });

  it('of two is none, however seldom it happens, and a history that is too short tells nothing', () => {
    const quiet = Array.from({ length: seriesDays - 1 }, () => 0);
    expect(alarmOf([...quiet, 2], 0.01, none)).toBeUndefined();
    expect(alarmOf([...quiet, 3], 0.01, none)?.count).toBe(3);
    expect(alarmOf([...quiet, 30], 0.01, new Set(Array.from({ length: 40 }, (_, day) => day)))).toBeUndefined();
  });
});
