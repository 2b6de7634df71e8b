// The draw: fair by its tickets, the same for everybody who runs it again, and refused when anything was changed.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readBeacon, roundFrom, signatureHolds, timeOfRound } from '../../../server/oversight/draw/beacon.ts';
import {
  type DrawRecord,
  drawBy,
  drawFormat,
  hashOf,
  hashOfSeed,
  verifyRecord,
} from '../../../server/oversight/draw/draw-record.ts';
import {
  below,
  drawLots,
  drawTargets,
  numbersOf,
  sizesOf,
  type Target,
} from '../../../server/oversight/draw/lottery.ts';

/** A round of drand's quicknet as it was published on 17 September 2026. */
const round = {
  round: 32_285_085,
  signature: '81dbce51d584d90d618547f4b50391d53ace6f6b9aeb8fb67e1879427af9d0310ac0ec6f519271d9a313ee84b378d416',
  randomness: 'd42020c3c65a4ec6adda3a69fdd41a698f31b661859e0e00f1276580a41d67ce',
};
const entropyOf = (number: number) => createHash('sha256').update(`draw ${number}`).digest();
const targets = (weights: readonly number[], stratum = 'kitchen'): Target[] =>
  weights.map((weight, index) => ({ id: `local:shop-${index}`, stratum, weight, district: null }));

function chiSquare(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, at) => sum + (count - (expected[at] ?? 0)) ** 2 / (expected[at] ?? 1), 0);
}

describe('over 10,000 draws', () => {
  const draws = 10_000;
  const weights = [1, 1, 2, 2, 3, 3, 4, 4, 5, 5];
  const pool = targets(weights);
  const at = new Map(pool.map(({ id }, index) => [id, index]));

  it('the first place falls to each shop as often as it has tickets', () => {
    const counts = weights.map(() => 0);
    for (let number = 0; number < draws; number += 1) {
      const [first] = drawTargets(pool, 1, numbersOf(entropyOf(number), 'target/kitchen'));
      const index = at.get(first?.id ?? '') ?? 0;
      counts[index] = (counts[index] ?? 0) + 1;
    }
    // Nine degrees of freedom: a fair draw passes 21.67 once in a hundred times.
    expect(
      chiSquare(
        counts,
        weights.map((weight) => (draws * weight) / 30),
      ),
    ).toBeLessThan(21.67);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it('shops of equal risk are drawn equally often, and so are the inspectors sent', () => {
    const equal = targets(Array.from({ length: 10 }, () => 7));
    const inspectors = [1, 2, 3, 4].map((id) => ({ id, district: null, conflicts: [] }));
    const [shops, people] = [equal.map(() => 0), inspectors.map(() => 0)];
    for (let number = 0; number < draws; number += 1)
      for (const { id, inspectors: sent } of drawLots(
        { targets: equal, inspectors },
        { kitchen: 3 },
        1,
        entropyOf(number),
      )) {
        const index = at.get(id) ?? 0;
        shops[index] = (shops[index] ?? 0) + 1;
        people[(sent[0] ?? 1) - 1] = (people[(sent[0] ?? 1) - 1] ?? 0) + 1;
      }
    // Without replacement the counts lie closer together than the table says; so a pass is the stricter for it.
    expect(
      chiSquare(
        shops,
        shops.map(() => (draws * 3) / 10),
      ),
    ).toBeLessThan(21.67);
    expect(
      chiSquare(
        people,
        people.map(() => (draws * 3) / 4),
      ),
    ).toBeLessThan(11.34);
  });
});

describe('a draw', () => {
  it('takes nobody twice, gives each stratum its number, and more tickets come first more often', () => {
    const pool = {
      targets: [
        ...targets([1, 9, 3]),
        ...targets([5, 5], 'supplier').map((target) => ({ ...target, id: `s${target.id}` })),
      ],
      inspectors: [],
    };
    const drawn = drawLots(pool, { kitchen: 3, supplier: 1 }, 2, entropyOf(1));
    expect(new Set(drawn.map(({ id }) => id)).size).toBe(4);
    expect(drawn.filter(({ stratum }) => stratum === 'supplier')).toHaveLength(1);
    expect(drawn.every(({ inspectors }) => inspectors.length === 0)).toBe(true);
  });

  it('skips a number past the last whole multiple, which would favour the first shops', () => {
    const numbers = [2n ** 64n - 1n, 5n];
    expect(below(3, () => numbers.shift() ?? 0n)).toBe(2);
  });

  it('sends nobody to a shop that is theirs or lies outside their district, and shares the work', () => {
    const pool = {
      targets: targets([1, 1, 1, 1]).map((target, index) => ({ ...target, district: index < 2 ? 1 : 2 })),
      inspectors: [
        { id: 1, district: 1, conflicts: [] },
        { id: 2, district: null, conflicts: ['local:shop-0', 'local:shop-1'] },
        { id: 3, district: null, conflicts: [] },
      ],
    };
    for (let number = 0; number < 50; number += 1) {
      const drawn = drawLots(pool, { kitchen: 4 }, 1, entropyOf(number));
      for (const { id, inspectors } of drawn) {
        expect(inspectors).toHaveLength(1);
        if (['local:shop-0', 'local:shop-1'].includes(id)) expect(inspectors).not.toContain(2);
        else expect(inspectors).not.toContain(1);
      }
      const most = [1, 2, 3].map((id) => drawn.filter(({ inspectors }) => inspectors.includes(id)).length);
      expect(Math.max(...most)).toBe(2);
    }
  });

  it('shares its number among the strata by their tickets, and fills what a small one cannot take', () => {
    expect(sizesOf([...targets([10, 10, 10, 10]), ...targets([30, 30], 'supplier')], 3)).toEqual({
      kitchen: 1,
      supplier: 2,
    });
    expect(sizesOf([...targets([1, 1, 1, 1, 1]), ...targets([1_000], 'supplier')], 4)).toEqual({
      kitchen: 3,
      supplier: 1,
    });
    expect(sizesOf(targets([1, 1]), 10)).toEqual({ kitchen: 2 });
    expect(sizesOf([], 5)).toEqual({});
  });

  it('is the one that the document works out by hand', () => {
    const numbers = numbersOf(Buffer.alloc(32), 'target/kitchen');
    const by = createHash('sha256').update(Buffer.alloc(32)).update('target/kitchen').update(Buffer.alloc(8)).digest();
    expect(numbers()).toBe(by.readBigUInt64BE(0));
  });
});

describe('a round of a beacon', () => {
  it('of drand is its hash, was signed by the League, and comes when it says', async () => {
    const read = readBeacon('drand-quicknet', round.round, JSON.stringify(round));
    expect(read.ok && read.beacon.randomness).toBe(round.randomness);
    expect(read.ok && (await signatureHolds(read.beacon))).toBe(true);
    expect(new Date(timeOfRound('drand-quicknet', round.round)).toISOString()).toBe('2026-09-17T15:23:39.000Z');
    expect(roundFrom('drand-quicknet', timeOfRound('drand-quicknet', round.round))).toBe(round.round);
    expect(roundFrom('drand-quicknet', timeOfRound('drand-quicknet', round.round) + 1)).toBe(round.round + 1);
  });

  it('that is another’s, was changed, or is no answer of a beacon is refused by its fault', async () => {
    const fault = (value: unknown) => {
      const read = readBeacon('drand-quicknet', round.round, typeof value === 'string' ? value : JSON.stringify(value));
      return read.ok ? 'none' : read.fault;
    };
    expect(fault('<html>')).toBe('unreadable');
    expect(fault('null')).toBe('unreadable');
    expect(fault({ ...round, signature: 'abc' })).toBe('unreadable');
    expect(fault({ ...round, round: round.round + 1 })).toBe('wrong_round');
    expect(fault({ ...round, randomness: '0'.repeat(64) })).toBe('not_its_hash');
    const beacon = { source: 'drand-quicknet', ...round } as const;
    expect(await signatureHolds({ ...beacon, round: round.round + 1 })).toBe(false);
    expect(await signatureHolds({ ...beacon, signature: 'ff'.repeat(48) })).toBe(false);
  });
});

function recordOf(): DrawRecord {
  const rule: DrawRecord['rule'] = {
    format: drawFormat,
    title: '11 月抽查',
    beacon: { source: 'drand-quicknet', round: round.round },
    sizes: { kitchen: 2 },
    inspectorsEach: 1,
    leftOut: { recentDays: 90, recent: 0, district: null },
  };
  const pool = { targets: targets([1, 2, 3, 4]), inspectors: [{ id: 4, district: null, conflicts: [] }] };
  const [seed, beacon] = ['5e'.repeat(32), { source: 'drand-quicknet', ...round } as const];
  return {
    rule,
    pool,
    seed,
    committed: {
      ruleHash: hashOf(rule),
      poolHash: hashOf(pool),
      seedHash: hashOfSeed(seed),
      at: timeOfRound('drand-quicknet', round.round) - 60_000,
      entry: 7,
    },
    beacon,
    drawn: drawBy(rule, pool, beacon, seed).map(({ inspectors, ...each }) => ({
      ...each,
      inspectors: [...inspectors],
    })),
  };
}

describe('a record run again', () => {
  const failing = async (record: DrawRecord) =>
    (await verifyRecord(record)).filter(({ ok }) => ok !== true).map(({ check }) => check);

  it('holds as it was written', async () => {
    expect(await failing(recordOf())).toEqual([]);
  });

  it('says what was changed: a shop more in the pool, another seed, a later commitment, a lot exchanged', async () => {
    const record = recordOf();
    const more = {
      ...record.pool,
      targets: [...record.pool.targets, ...targets([1], 'kitchen').map((each) => ({ ...each, id: 'local:new' }))],
    };
    expect(await failing({ ...record, pool: more })).toEqual(['pool', 'drawn']);
    expect(await failing({ ...record, seed: '00'.repeat(32) })).toContain('seed');
    expect(await failing({ ...record, committed: { ...record.committed, at: record.committed.at + 60_000 } })).toEqual([
      'time',
    ]);
    expect(await failing({ ...record, drawn: [...record.drawn].reverse() })).toEqual(['drawn']);
    expect(await failing({ ...record, rule: { ...record.rule, inspectorsEach: 2 } })).toContain('rule');
    expect(await failing({ ...record, beacon: { ...record.beacon, randomness: '00'.repeat(32) } })).toContain('round');
  });
});
