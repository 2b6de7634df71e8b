// The rules of what stands together, compared with the published dictionary pair by pair.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { associationFaults } from '../../server/trace/code/gs1-association.ts';
import { corpusPath } from '../support/corpora.ts';

type Entry = { readonly ai: string; readonly needs: readonly string[]; readonly excludes: readonly string[] };

/** Each identifier of the dictionary with its `req=` and `ex=`; a range is spelled out. */
function entriesOf(dictionary: string): Entry[] {
  return dictionary.split('\n').flatMap((line) => {
    const [, first = '', last, rest = ''] = /^(\d{2,4})(?:-(\d{2,4}))?\s+(.*?)(?:#|$)/.exec(line) ?? [];
    if (first === '') return [];
    const listed = (name: string) =>
      [...rest.matchAll(new RegExp(`\\b${name}=(\\S+)`, 'g'))].flatMap(([, list]) => list?.split(',') ?? []);
    const count = Number(last ?? first) - Number(first) + 1;
    return Array.from({ length: count }, (_, step) => ({
      ai: String(Number(first) + step).padStart(first.length, '0'),
      needs: listed('req').sort(),
      excludes: listed('ex'),
    }));
  });
}

function fits(pattern: string, ai: string): boolean {
  return pattern.length === ai.length && [...pattern].every((digit, at) => digit === 'n' || digit === ai.charAt(at));
}

describe('what stands together in one symbol', () => {
  it('is what the dictionary says, for every identifier and every pair of them', () => {
    const path = corpusPath('corpora/gs1-syntax-dictionary/gs1-syntax-dictionary.txt');
    const entries = entriesOf(readFileSync(path, 'utf8'));
    expect(entries.length).toBeGreaterThan(500);
    for (const { ai, needs } of entries) {
      const faults = associationFaults([{ ai, value: 'x' }]);
      expect(
        faults.map(({ others }) => [...others].sort()),
        ai,
      ).toEqual(needs.length === 0 ? [] : [needs]);
    }
    const wrong: string[] = [];
    for (const one of entries) {
      for (const other of entries) {
        if (one.ai >= other.ai) continue;
        const said =
          one.excludes.some((pattern) => fits(pattern, other.ai)) ||
          other.excludes.some((pattern) => fits(pattern, one.ai));
        const faults = associationFaults([
          { ai: one.ai, value: '1' },
          { ai: other.ai, value: '2' },
        ]);
        if (faults.some(({ fault }) => fault !== 'incomplete') !== said) wrong.push(`${one.ai} ${other.ai}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
