// Our own sets of identifiers: which stand together in one symbol, which exclude each other, which need another.
import { describe, expect, it } from 'vitest';
import { associationFaults } from '../../server/trace/code/gs1-association.ts';
import { vectorList } from '../support/vectors.ts';

type Vector =
  | { readonly together: readonly string[] }
  | { readonly apart: readonly [string, string]; readonly fault: 'excluded' | 'contradicts' }
  | { readonly alone: string; readonly needs: readonly string[] };

const vectors = vectorList<Vector>('associations.json');
const faultsOf = (ais: readonly string[]) => associationFaults(ais.map((ai, index) => ({ ai, value: String(index) })));

describe('what stands together in one symbol', () => {
  it.each(vectors.filter((one) => 'together' in one))('$together stand together', ({ together }) => {
    expect(faultsOf(together)).toEqual([]);
  });

  it.each(vectors.filter((one) => 'apart' in one))('$apart do not, in either order: $fault', ({ apart, fault }) => {
    for (const [first, second] of [apart, [...apart].reverse()] as [string, string][]) {
      const found = faultsOf([first, second]).filter((one) => one.fault !== 'incomplete');
      expect(found).toEqual([{ fault, ai: second, others: [first] }]);
    }
  });

  it.each(vectors.filter((one) => 'alone' in one))('$alone needs one of $needs', ({ alone, needs }) => {
    const found = faultsOf([alone]);
    expect(found.map((one) => one.fault)).toEqual(needs.length === 0 ? [] : ['incomplete']);
    expect(found.flatMap(({ others }) => others).sort()).toEqual(needs);
  });

  it('is told of many sets', () => expect(vectors.length).toBeGreaterThanOrEqual(50));
});
