// Two records of the benches side by side: what got better, what got worse, and what makes them hard to compare.
import { describe, expect, it } from 'vitest';
import { type Figure, lineOf, type Recorded } from '../../bench/figures.ts';
import { type BenchRecord, compared, recordOf } from '../../bench/record.ts';

const rate: Recorded = { bench: 'chain', name: 'capture', value: 10_000, unit: '/s', least: 20_000 };
const wait: Recorded = { bench: 'chain', name: 'trace', value: 4, unit: 'ms', most: 5 };

function record(figures: readonly Recorded[], change: Partial<BenchRecord> = {}): BenchRecord {
  return { ...recordOf(figures, 0), commit: 'one', load: { before: 0.1, after: 1 }, ...change };
}

describe('Two records of the benches', () => {
  it('call a faster rate and a shorter wait better, and their opposites worse', () => {
    const before = record([rate, wait]);
    const good = compared(
      before,
      record([
        { ...rate, value: 15_000 },
        { ...wait, value: 2 },
      ]),
    );
    expect(good.map((line) => line.split(' ').at(-1))).toEqual(['better', 'better']);
    const bad = compared(
      before,
      record([
        { ...rate, value: 5_000 },
        { ...wait, value: 8 },
      ]),
    );
    expect(bad.map((line) => line.split(' ').at(-1))).toEqual(['worse', 'worse']);
    expect(bad[1]).toContain('4 ms → 8 ms');
    expect(bad[1]).toContain('2.00 ×');
  });

  it('call a difference within a tenth alike', () => {
    const [line] = compared(record([wait]), record([{ ...wait, value: 4.3 }]));
    expect(line).toMatch(/alike$/);
  });

  it('name what only one of them measured', () => {
    const lines = compared(record([rate]), record([wait]));
    expect(lines).toEqual([expect.stringMatching(/^chain: trace.*only in B/), 'chain: capture: only in A']);
  });

  it('say first that commit, machine, versions or load were not the same', () => {
    const other = record([wait], {
      commit: 'two',
      machine: { processor: 'another', cores: 8, memoryGb: 32 },
      versions: { node: '99.0.0' },
      load: { before: 9, after: 12 },
    });
    const lines = compared(record([wait]), other).join('\n');
    for (const said of ['commit: one → two', '8 × another, 32 GB', '→ 99.0.0', 'load: 0.1–1 → 9–12']) {
      expect(lines).toContain(said);
    }
  });
});

it('A line of the table says what is wanted, what was found, and what the peer did in the same run', () => {
  const figure: Figure = { ...wait, beside: { name: 'PostgreSQL', value: 8 }, note: 'p50 1 ms' };
  expect(lineOf(figure).replace(/ +/g, ' ')).toBe('trace ≤ 5 ms 4 ms; PostgreSQL 8 ms: 0.50 ×; p50 1 ms');
});
