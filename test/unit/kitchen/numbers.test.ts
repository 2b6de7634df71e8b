// The kitchen's figures and seals: audits, statistics, passwords, places and times.
import { describe, expect, it } from 'vitest';
import { headBoxes } from '../../../inference/head-boxes.ts';
import type { Box } from '../../../inference/types.ts';
import { cameraRulesSchema } from '../../../server/kitchen/camera/camera.ts';
import {
  median,
  quantile,
  secondsPerThousandFrames,
  spentPerThousandFrames,
} from '../../../server/kitchen/desk/pace.ts';
import { kappa } from '../../../server/kitchen/flag/agreement.ts';
import { isOpen, minuteOfDay } from '../../../server/kitchen/restaurant/hours.ts';
import { glnHolds } from '../../../server/kitchen/restaurant/restaurant.ts';
import { askedKinds, auditChance, chanceOf } from '../../../server/kitchen/violation/audit-sample.ts';
import { wilson } from '../../../server/kitchen/violation/share.ts';
import { violationIds } from '../../../server/kitchen/violation/violation-kinds.ts';
import { seal, unseal } from '../../../server/store/seal.ts';
import { eyePack, seen } from '../../support/kitchen-cast.ts';

const rules = (part: object) => cameraRulesSchema.parse(part);

describe('a sealed password', () => {
  const key = Buffer.alloc(32, 7);
  const place = { table: 'camera', row: 3, column: 'sealed_password' };

  it('opens in its own row and in no other', () => {
    const sealed = seal(key, place, 'oolong');
    expect(unseal(key, place, sealed)).toBe('oolong');
    expect(() => unseal(key, { ...place, row: 4 }, sealed)).toThrow();
    expect(seal(key, place, 'oolong')).not.toBe(sealed);
  });
});

describe('audits', () => {
  it('the draw cannot be foreseen without the key, and a repeat draws the same', () => {
    const draw = (key: number, at: number) => chanceOf(Buffer.alloc(32, key), 'audit', 1, at);
    expect(draw(1, 5)).toBe(draw(1, 5));
    expect(draw(1, 5)).not.toBe(draw(2, 5));
    const share = Array.from({ length: 4000 }, (_, at) => draw(1, at)).filter((chance) => chance < 0.02).length / 4000;
    expect(share).toBeGreaterThan(0.012);
    expect(share).toBeLessThan(0.028);
  });

  it('ask about every kind, watched here or not, and keep how close the models came', () => {
    const asked = askedKinds([seen('no_mask', 0.4, [0.2, 0.2, 0.1, 0.1]), seen('mask', 0.9)], [eyePack], rules({}));
    expect(asked.map(({ violation }) => violation)).toEqual([...violationIds]);
    expect(asked[0]).toEqual({ violation: 'no_mask', score: 0.4, box: [0.2, 0.2, 0.1, 0.1] });
    expect(asked.slice(1).every(({ score, box }) => score === 0 && box === null)).toBe(true);
  });

  it('are drawn more often at a camera that is looked at seldom, and never with a chance above one', () => {
    expect(auditChance(0.02, 30_000)).toBe(0.02);
    // Six frames an hour: as many audits an hour as at 12.5 frames.
    expect(auditChance(0.02, 600_000)).toBeCloseTo((0.02 * 12.5) / 6);
    expect(auditChance(0.5, 3600_000)).toBe(1);
    expect(auditChance(0, 3600_000)).toBe(0);
  });
});

describe('statistics', () => {
  it("Wilson's interval holds the share and is honest about few", () => {
    const few = wilson(0, 10);
    expect(few?.share).toBe(0);
    // Published table: 0 of 10 reaches to 27.8 %.
    expect(few?.high).toBeCloseTo(0.2775, 3);
    expect(wilson(0, 0)).toBeUndefined();
  });

  it("Cohen's kappa is 1 for full agreement, 0 for chance, undefined for nothing", () => {
    expect(
      kappa([
        ['a', 'a'],
        ['b', 'b'],
      ]),
    ).toBe(1);
    expect(
      kappa([
        ['a', 'a'],
        ['a', 'b'],
        ['b', 'a'],
        ['b', 'b'],
      ]),
    ).toBeCloseTo(0);
    // Cohen's own kind of example: 20, 5, 10, 15 give 0.4.
    const pairs = [
      ...Array(20).fill(['y', 'y']),
      ...Array(5).fill(['y', 'n']),
      ...Array(10).fill(['n', 'y']),
      ...Array(15).fill(['n', 'n']),
    ];
    expect(kappa(pairs)).toBeCloseTo(0.4);
    expect(kappa([])).toBeUndefined();
  });

  it('human seconds per 1,000 frames are shares times seconds', () => {
    expect(median([3, 1, 2, 10])).toBe(2.5);
    expect(secondsPerThousandFrames({ sampled: 1000, flagged: 30, audited: 20 }, 2)).toBe(100);
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBe(9);
    // Three decisions of which two were timed, 2 s in the mean, over 100 frames.
    expect(spentPerThousandFrames(100, 3, [1000, 3000])).toBe(60);
    expect(spentPerThousandFrames(0, 3, [1000])).toBeUndefined();
    expect(secondsPerThousandFrames({ sampled: 0, flagged: 0, audited: 0 }, 2)).toBeUndefined();
  });
});

describe('places and times', () => {
  it('opening hours reach past midnight', () => {
    const beijing = (hour: number) => Date.UTC(2026, 10, 22, hour - 8);
    const night = { opensAtMinute: 17 * 60, closesAtMinute: 2 * 60 };
    expect([isOpen(night, beijing(18)), isOpen(night, beijing(25)), isOpen(night, beijing(12))]).toEqual([
      true,
      true,
      false,
    ]);
    expect([minuteOfDay('09:30'), minuteOfDay('24:00')]).toEqual([570, undefined]);
  });

  it('a GLN with a wrong check digit is told', () => {
    expect([glnHolds('6901234567892'), glnHolds('6901234567893')]).toEqual([true, false]);
  });

  it('heads are the head boxes, the tops of people without one, and nothing twice', () => {
    const person: Box = [0.1, 0.2, 0.2, 0.8];
    expect(headBoxes([seen('person', 0.9, person)], 'frame')).toEqual([[0.1, 0.2, 0.2, 0.2]]);
    expect(
      headBoxes(
        [
          seen('person', 0.9, person),
          seen('mask', 0.9, [0.15, 0.25, 0.05, 0.05]),
          seen('head', 0.9, [0.15, 0.25, 0.05, 0.05]),
        ],
        'frame',
      ),
    ).toHaveLength(1);
  });
});
