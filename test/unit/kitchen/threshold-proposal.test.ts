// The rule that proposes thresholds from verdicts: what it weighs, what it refuses, how few verdicts lean on the house's.
import { describe, expect, it } from 'vitest';
import {
  type Evidence,
  type JudgedScore,
  proposeThreshold,
} from '../../../server/kitchen/threshold/threshold-proposal.ts';

const flag = (score: number, real: boolean): JudgedScore => ({ score, real, audit: false });
const audit = (score: number, real: boolean): JudgedScore => ({ score, real, audit: true });
const times = <T>(count: number, of: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => of(index));

/** Real ones score high, false ones low: a threshold between them is plainly better. */
const parted = [
  ...times(20, (i) => flag(0.9 + (i % 5) * 0.01, true)),
  ...times(20, (i) => flag(0.6 + (i % 10) * 0.01, false)),
];
const base: Evidence = { current: 0.6, own: parted, house: [], days: 10, looked: 20_000, flagged: 40 };

function proposed(evidence: Partial<Evidence>) {
  const proposal = proposeThreshold({ ...base, ...evidence });
  if (proposal.kind === 'refused') throw new Error('refused');
  return proposal;
}

describe('a threshold is proposed', () => {
  it('between what people cleared and what they confirmed, with both effects told', () => {
    const { kind, proposed: threshold, figures } = proposed({});
    expect(kind).toBe('proposed');
    expect(threshold).toBeGreaterThan(0.69);
    expect(threshold).toBeLessThanOrEqual(0.9);
    expect(figures.now.flagsPerDay).toBeCloseTo(4);
    expect(figures.after.flagsPerDay).toBeCloseTo(2);
    expect(figures.after.realPerDay).toBeCloseTo(figures.now.realPerDay);
    expect(figures.right).toMatchObject({ share: 1, of: 20 });
  });

  it('not where the same scores were confirmed and cleared', () => {
    const mixed = times(40, (i) => flag(0.6 + (i % 20) * 0.02, i % 2 === 0));
    expect(proposed({ own: mixed }).kind).toBe('stays');
  });

  it('never one that loses more than a tenth of what was confirmed', () => {
    const spread = [...times(30, (i) => flag(0.6 + (i % 30) * 0.012, true)), ...times(60, () => flag(0.97, false))];
    const { proposed: threshold } = proposed({ own: spread });
    expect(spread.filter(({ real, score }) => real && score < threshold).length).toBeLessThanOrEqual(3);
  });

  it('below the present one only when audited frames show what is missed there', () => {
    const real = times(35, () => flag(0.9, true));
    const blind = proposed({ own: real, current: 0.8 });
    expect(blind.curve[0]?.threshold).toBe(0.8);
    const audits = [...times(30, () => audit(0.6, true)), ...times(30, () => audit(0, false))];
    const informed = proposed({ own: [...real, ...audits], current: 0.8 });
    expect(informed.curve[0]?.threshold).toBe(0.3);
    expect(informed.kind).toBe('proposed');
    expect(informed.proposed).toBeLessThanOrEqual(0.6);
    expect(informed.figures.after.missedPerDay).toBeLessThan(informed.figures.now.missedPerDay);
  });

  it('the curve falls in flags and rises in misses, each miss within its interval', () => {
    const { curve } = proposed({ own: [...parted, ...times(30, (i) => audit(0.3 + (i % 3) * 0.1, i < 3))] });
    for (const [index, point] of curve.entries()) {
      const next = curve[index + 1];
      expect(point.missedLow).toBeLessThanOrEqual(point.missedPerDay);
      expect(point.missedPerDay).toBeLessThanOrEqual(point.missedHigh);
      if (next !== undefined) {
        expect(next.flagsPerDay).toBeLessThanOrEqual(point.flagsPerDay + 1e-9);
        expect(next.missedPerDay).toBeGreaterThanOrEqual(point.missedPerDay - 1e-9);
      }
    }
  });
});

describe('little evidence', () => {
  it('is refused, with what is missing', () => {
    const proposal = proposeThreshold({ ...base, own: times(4, () => flag(0.7, false)), days: 1 });
    expect(proposal).toEqual({
      kind: 'refused',
      lacking: [
        { what: 'own', have: 4, need: 10 },
        { what: 'all', have: 4, need: 30 },
        { what: 'real', have: 0, need: 5 },
        { what: 'days', have: 1, need: 3 },
      ],
    });
  });

  it('leans on the house: ten of its own verdicts among many others move little, a hundred decide', () => {
    // Here everything is real; in the house, whatever scores low is not.
    const house = [...times(100, () => flag(0.9, true)), ...times(100, () => flag(0.65, false))];
    const own = (count: number) => times(count, (i) => flag(i % 2 === 0 ? 0.65 : 0.9, true));
    const few = proposed({ own: own(10), house });
    const many = proposed({ own: own(200), house });
    expect(few.figures.ownWeight).toBeCloseTo(1 / 3);
    expect(many.figures.ownWeight).toBeGreaterThan(0.9);
    const rightShare = ({ figures }: typeof few) => figures.now.realPerDay / figures.now.flagsPerDay;
    expect(rightShare(few)).toBeLessThan(0.7);
    expect(rightShare(many)).toBeGreaterThan(0.94);
    expect(many.kind).toBe('stays');
  });
});
