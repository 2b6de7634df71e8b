// The arithmetic of a comparison, held against a plain count, on cases drawn at random and on some written by hand.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../../inference/types.ts';
import { plainRules } from '../../../server/kitchen/camera/camera.ts';
import type { JudgedFrame } from '../../../server/kitchen/dataset/judged-frame.ts';
import {
  casesOf,
  compare,
  type JudgedCase,
  outcomeOf,
  scoreOf,
  signTest,
} from '../../../server/kitchen/shadow/comparison.ts';
import { calibrationOf, medianTimes, precisionRecall } from '../../../server/kitchen/shadow/curve.ts';
import { loadOf, perThousand } from '../../../server/kitchen/shadow/workload.ts';
import { type Sighting, sightingsOf } from '../../../server/kitchen/violation/sighting.ts';
import { advanceWindow, emptyWindow, type ViolationWindow } from '../../../server/kitchen/violation/window.ts';
import { eyePack, seen } from '../../support/kitchen-cast.ts';

const here: Box = [0.4, 0.3, 0.1, 0.15];
const there: Box = [0.8, 0.7, 0.1, 0.15];

function sighting(score: number, threshold: number, box: Box = here): Sighting {
  return { id: 'no_mask', score, threshold, box, counts: score >= threshold };
}

type Drawn = { present: boolean; audit: boolean; old: number; new: number; elsewhere: boolean };

function caseOf({ present, audit, old, new: fresh, elsewhere }: Drawn, index: number): JudgedCase {
  const box = elsewhere ? there : here;
  const about = (score: number, threshold: number) => (score === 0 ? [] : [sighting(score, threshold, box)]);
  return {
    hash: String(index),
    cameraId: 1,
    restaurantId: index % 3,
    violation: 'no_mask',
    answer: present ? 'present' : 'absent',
    wholePicture: audit,
    notBoxes: present ? [] : [here],
    audit,
    old: about(old, 0.6),
    new: about(fresh, 0.5),
  };
}

const score = fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20);
const drawn = fc.record({
  present: fc.boolean(),
  audit: fc.boolean(),
  old: score,
  new: score,
  elsewhere: fc.boolean(),
});

describe('old against new', () => {
  it('counts what a plain count counts', () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 60 }), (draws) => {
        const compared = compare(draws.map(caseOf));
        const naive = { found: [0, 0], alarms: [0, 0], elsewhere: [0, 0], better: 0, worse: 0, audits: [0, 0] };
        for (const each of draws) {
          const flags = [each.old >= 0.6, each.new >= 0.5] as const;
          const judged = each.present || each.audit || !each.elsewhere;
          for (const side of [0, 1] as const) {
            if (!flags[side]) continue;
            if (each.present) naive.found[side]!++;
            else if (judged) naive.alarms[side]!++;
            else naive.elsewhere[side]!++;
          }
          if (judged && flags[0] !== flags[1]) {
            if (flags[1] === each.present) naive.better++;
            else naive.worse++;
          }
          if (each.audit && each.present) {
            naive.audits[0]!++;
            if (flags[1]) naive.audits[1]!++;
          }
        }
        const present = draws.filter((each) => each.present).length;
        for (const [index, side] of (['old', 'new'] as const).entries()) {
          const figures = compared[side];
          expect([figures.found, figures.falseAlarms, figures.elsewhere]).toEqual([
            naive.found[index],
            naive.alarms[index],
            naive.elsewhere[index],
          ]);
          const shown = naive.found[index]! + naive.alarms[index]!;
          expect(figures.precision?.share).toBe(shown === 0 ? undefined : naive.found[index]! / shown);
          expect(figures.recall?.share).toBe(present === 0 ? undefined : naive.found[index]! / present);
        }
        expect([compared.better, compared.worse]).toEqual([naive.better, naive.worse]);
        expect([compared.audits.present, compared.audits.newFound]).toEqual(naive.audits);
        const { both, oldOnly, newOnly, neither } = compared.pairs.present;
        expect(both + oldOnly + newOnly + neither).toBe(present);
      }),
    );
  });

  it('calls nothing better on less than six disagreements, nor on a split that chance makes', () => {
    const split = (better: number, worse: number) =>
      compare([
        ...Array.from({ length: better }, (_, i) =>
          caseOf({ present: true, audit: false, old: 0, new: 0.9, elsewhere: false }, i),
        ),
        ...Array.from({ length: worse }, (_, i) =>
          caseOf({ present: true, audit: false, old: 0.9, new: 0, elsewhere: false }, i),
        ),
      ]);
    expect(split(5, 0).standing).toBe('too_thin');
    expect(split(0, 0)).toMatchObject({ standing: 'too_thin', chance: undefined });
    expect(split(6, 0)).toMatchObject({ standing: 'new_better', chance: expect.closeTo(2 / 64, 12) });
    expect(split(0, 6).standing).toBe('old_better');
    expect(split(7, 5).standing).toBe('no_difference');
  });

  it('the sign test is the binomial, also for counts no factorial holds', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k);
    for (const [a, b] of [
      [0, 1],
      [3, 9],
      [10, 10],
      [2, 14],
    ] as const) {
      let sum = 0;
      for (let k = 0; k <= Math.min(a, b); k++) sum += choose(a + b, k) / 2 ** (a + b);
      expect(signTest(a, b)).toBeCloseTo(Math.min(1, 2 * sum), 12);
    }
    expect(signTest(900, 1100)).toBeGreaterThan(0);
    expect(signTest(900, 1100)).toBeLessThan(0.0001);
  });

  it('a doubtful verdict proves nothing, and a place nobody judged is neither right nor wrong', () => {
    const frame = {
      hash: 'a',
      cameraId: 1,
      restaurantId: 1,
      audit: false,
      answers: [
        { violation: 'no_mask', answer: 'absent', boxes: [], notBoxes: [here], wholePicture: false },
        { violation: 'smoking', answer: 'unsure', boxes: [], notBoxes: [], wholePicture: false },
        { violation: 'phone', answer: 'present', boxes: [here], notBoxes: [], wholePicture: false },
      ],
    } as unknown as JudgedFrame;
    const sightings = { old: [sighting(0.9, 0.6)], new: [sighting(0.9, 0.5, there)] };
    const cases = casesOf(frame, sightings, new Set(['no_mask', 'smoking']));
    expect(cases.map(({ violation }) => violation)).toEqual(['no_mask']);
    expect([outcomeOf(cases[0]!, 'old'), outcomeOf(cases[0]!, 'new')]).toEqual(['false_alarm', 'elsewhere']);
    expect([scoreOf(cases[0]!, 'old'), scoreOf(cases[0]!, 'new')]).toEqual([0.9, 0]);
  });
});

describe('curves', () => {
  it('give at every threshold what counting above it gives', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 40 }), (draws) => {
        const cases = draws.map(caseOf);
        const points = precisionRecall(cases, 'new');
        const present = cases.filter(({ answer }) => answer === 'present').length;
        for (const { threshold, precision, recall } of points) {
          const shown = cases.filter((judged) => scoreOf(judged, 'new') >= threshold);
          const found = shown.filter(({ answer }) => answer === 'present').length;
          expect(precision).toBeCloseTo(found / shown.length, 12);
          expect(recall).toBeCloseTo(found / present, 12);
        }
        expect(points.map(({ threshold }) => threshold)).toEqual(
          [...new Set(points.map(({ threshold }) => threshold))].sort((a, b) => b - a),
        );
      }),
    );
  });

  it('calibration bins hold every scored case once', () => {
    fc.assert(
      fc.property(fc.array(drawn, { maxLength: 60 }), (draws) => {
        const cases = draws.map(caseOf);
        const bins = calibrationOf(cases, 'old');
        const scored = cases.filter((judged) => scoreOf(judged, 'old') > 0);
        expect(bins.reduce((sum, { there: share }) => sum + share.of, 0)).toBe(scored.length);
        for (const { from, to, meanScore } of bins) {
          expect(meanScore).toBeGreaterThan(from);
          expect(meanScore).toBeLessThanOrEqual(to + 1e-12);
        }
      }),
    );
  });

  it('times are medians of each stage', () => {
    const times = (model: number) => ({ decode: 1, check: 2, tensor: 3, model, decodeBoxes: 4, total: 10 + model });
    expect(medianTimes([times(5), times(50), times(9)])).toEqual(times(9));
    expect(medianTimes([])).toBeUndefined();
  });
});

describe('reviewers’ load', () => {
  it('replays the very windows that raise flags, camera by camera', () => {
    const frames = fc.array(
      fc.record({
        cameraId: fc.integer({ min: 1, max: 3 }),
        gap: fc.integer({ min: 1, max: 400 }),
        old: fc.boolean(),
        new: fc.boolean(),
      }),
      { maxLength: 80 },
    );
    const rule = { hits: 2, of: 3, gapMs: 600_000 };
    fc.assert(
      fc.property(frames, (draws) => {
        let at = 0;
        const live = draws.map((each) => {
          at += each.gap * 1000;
          const shown = (hit: boolean) => [sighting(hit ? 0.9 : 0.1, 0.5)];
          return { cameraId: each.cameraId, restaurantId: 1, at, old: shown(each.old), new: shown(each.new) };
        });
        const load = loadOf([...live].reverse(), () => rule);
        for (const side of ['old', 'new'] as const) {
          const windows = new Map<number, ViolationWindow>();
          let flags = 0;
          for (const frame of live) {
            const hit = frame[side].some(({ counts }) => counts);
            const next = advanceWindow(windows.get(frame.cameraId) ?? emptyWindow, { at: frame.at, hit }, rule);
            windows.set(frame.cameraId, next.window);
            if (next.raise) flags++;
          }
          expect(load[side]).toEqual({
            hits: live.filter((each) => each[side].some(({ counts }) => counts)).length,
            flags,
          });
        }
        expect(load.frames).toBe(live.length);
      }),
    );
    expect(perThousand(3, 1500)).toBe(2);
    expect(perThousand(3, 0)).toBeUndefined();
  });
});

describe('a sighting', () => {
  it('counts by the rules that raise flags, and the closest miss of each other violation is kept too', () => {
    const rules = { ...plainRules, thresholds: { no_mask: 0.8 } };
    const found = sightingsOf(
      [seen('no_mask', 0.7), seen('no_mask', 0.4, there), seen('cigarette', 0.9)],
      [eyePack],
      rules,
    );
    expect(found).toEqual([
      { id: 'smoking', score: 0.9, box: here, threshold: 0.5, counts: true },
      { id: 'no_mask', score: 0.7, box: here, threshold: 0.8, counts: false },
    ]);
    expect(sightingsOf([seen('no_mask', 0.95)], [eyePack], rules, 'closed')).toMatchObject([{ counts: false }]);
    expect(sightingsOf([seen('rat', 0.95)], [eyePack], rules)).toEqual([]);
  });
});
