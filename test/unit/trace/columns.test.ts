// Columns of edges: numbers packed into text come back as they were, and rows stand in the order of time and step.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numbersOf } from '../../../server/trace/chain/chain-columns.ts';
import { sortRows } from '../../../server/trace/chain/row-order.ts';

describe('numbers packed into a text', () => {
  it('come back exactly: whole, with a fraction, negative, with an exponent, and those not said', () => {
    const said = ['0', '12', '0.1', '50.25', '0.0709219858156028', '-3', '1e-7', '1.5e+300', '9007199254740991', ''];
    expect([...numbersOf(said.join(','))]).toEqual(said.map((text) => (text === '' ? Number.NaN : Number(text))));
  });

  it('come back exactly, whatever number it was', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (numbers) => {
        const plain = numbers.map((number) => number + 0);
        expect([...numbersOf(plain.join(','))]).toEqual(plain);
      }),
    );
  });
});

describe('rows of a giant recall', () => {
  it('are put in the order of time, and of steps where times are equal', () => {
    for (const span of [3, 5_000, 2 ** 40, 2 ** 50]) {
      let seed = 7;
      const next = (size: number) => {
        seed = (seed * 48_271) % 2_147_483_647;
        return Math.floor((seed / 2_147_483_647) * size);
      };
      const at = Array.from({ length: 6_000 }, () => 1_700_000_000_000 + next(span));
      const step = Array.from({ length: 6_000 }, () => next(2 ** 36));
      const rows = Uint32Array.from(at, (_, row) => row);
      const wanted = [...rows].sort((a, b) => at[a]! - at[b]! || step[a]! - step[b]!);
      expect([...sortRows(rows, at, step)]).toEqual(wanted);
    }
  });
});
