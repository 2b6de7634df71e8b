// Following one holding through a drawn chain, folding long columns, and what several lots have in common.
import { describe, expect, it } from 'vitest';
import { commonLots, commonPlaces } from '../../../server/trace/bench/common-source.ts';
import type { Chain, ChainHolding, ChainJoin } from '../../../views/trace/chain/chain.ts';
import { follow, litOf } from '../../../views/trace/chain/follow.ts';
import { foldChain, mostBoxes } from '../../../views/trace/chain/graph-fold.ts';
import { layOutChain } from '../../../views/trace/chain/graph-layout.ts';

function holding(key: number, depth: number, received = 10): ChainHolding {
  return {
    key,
    depth,
    code: `code-${key}`,
    short: `L${key}`,
    productName: '猪五花肉',
    productNameEn: null,
    lotState: 'ok',
    place: { id: `site-${key}`, name: `店 ${key}`, nameEn: null, kind: 'restaurant', address: null, addressEn: null },
    reachedAt: null,
    received,
    onHand: 0,
    share: null,
    unit: 'KGM',
    scope: depth === 0 ? 'here' : 'definite',
    answer: null,
  };
}

function join(from: readonly number[], to: readonly number[], at: number, untilAt = at): ChainJoin {
  const ends = (keys: readonly number[]) => keys.map((key) => ({ holding: key, quantity: 1, unit: 'KGM' }));
  return { key: `${from}>${to}@${at}`, at, untilAt, leftAt: null, gotAt: null, from: ends(from), to: ends(to) };
}

describe('following a holding', () => {
  it('finds what leads to it and what it leads to, and nothing beside', () => {
    const chain: Chain = {
      holdings: [1, 2, 3, 4, 5].map((key) => holding(key, key)),
      joins: [join([1], [2], 10), join([1], [3], 10), join([2], [4], 20), join([3], [5], 20)],
    };
    const followed = follow(chain, 2);
    expect([...(followed?.up ?? [])]).toEqual([1]);
    expect([...(followed?.down ?? [])]).toEqual([4]);
    expect(follow(chain, 99)).toBeNull();
  });

  it('never runs against time: what left before the goods came did not carry them', () => {
    const chain: Chain = {
      holdings: [1, 2, 3, 4].map((key) => holding(key, key)),
      joins: [join([1], [2], 50), join([2], [3], 20), join([2], [4], 20, 60)],
    };
    expect([...(follow(chain, 1)?.down ?? [])].sort()).toEqual([2, 4]);
    expect([...(follow(chain, 3)?.up ?? [])]).toEqual([2]);
  });

  it('comes to an end where goods went back and forth', () => {
    const chain: Chain = {
      holdings: [1, 2].map((key) => holding(key, key)),
      joins: [join([1], [2], 10), join([2], [1], 20), join([1], [2], 30)],
    };
    expect([...litOf(follow(chain, 1) ?? { key: 0, up: new Set(), down: new Set() })].sort()).toEqual([1, 2]);
  });
});

/** One maker, two dealers, shops of each. */
function wide(first: number, second: number): Chain {
  const shops = Array.from({ length: first + second }, (_, index) => holding(100 + index, 2, index));
  const [ofFirst, ofSecond] = [shops.slice(0, first), shops.slice(first)];
  return {
    holdings: [holding(1, 0), holding(2, 1), holding(3, 1), ...shops],
    joins: [
      join([1], [2], 1),
      join([1], [3], 1),
      ...ofFirst.map(({ key }) => join([2], [key], 2)),
      ...ofSecond.map(({ key }) => join([3], [key], 2)),
    ],
  };
}

describe('a drawing of some hundred holdings', () => {
  it('stays small: the siblings that tell least share a box, each family its own', () => {
    const nodes = foldChain(wide(300, 100), {});
    expect(nodes.length).toBeLessThanOrEqual(mostBoxes);
    const folds = nodes.filter(({ folded }) => folded);
    expect(folds.map(({ key }) => key)).toEqual(['f2.2', 'f2.3']);
    expect(nodes.reduce((sum, { members }) => sum + members.length, 0)).toBe(403);
  });

  it('always shows what is followed', () => {
    const nodes = foldChain(wide(300, 100), { first: new Set([100]) });
    expect(nodes.some(({ key }) => key === 'h100')).toBe(true);
  });

  it('opens a fold step by step, and says how many are still folded', () => {
    const opened = foldChain(wide(300, 100), { opened: new Set(['f2.2']) });
    const left = opened.find(({ key }) => key === 'f2.2n');
    const shown = opened.filter(({ key }) => key.startsWith('h')).length;
    expect(shown).toBeGreaterThan(60);
    expect(foldChain(wide(300, 100), { opened: new Set(['f2.2', 'f2.2n']) }).length).toBeGreaterThan(opened.length);
    expect(left?.members.length).toBeGreaterThan(100);
  });

  it('keeps goods that nobody told came in beside their own kind, and never under a farm’s heading', () => {
    const chain: Chain = {
      holdings: [holding(1, -1), holding(2, 0), holding(3, 0), holding(4, 1), holding(5, 1)],
      joins: [join([1], [2], 10), join([2], [4], 20), join([3], [5], 20)],
    };
    const { boxes, curves } = layOutChain(chain);
    const columnOf = (key: number) => boxes.find(({ holding: of }) => of?.key === key)?.x;
    expect([columnOf(3), columnOf(5)]).toEqual([columnOf(2), columnOf(4)]);
    expect(columnOf(1)).toBeLessThan(columnOf(2) ?? 0);
    expect(curves.length).toBe(3);
  });

  it('is laid out in a second at its largest', () => {
    const began = performance.now();
    const layout = layOutChain(wide(300, 100), { opened: new Set(['f2.2', 'f2.2n', 'f2.3']) });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(layout.boxes.length).toBeGreaterThan(150);
  });
});

describe('the common source', () => {
  const upstream = (lotId: number, lots: [number, number][], sites: [string, number, number][]) => ({
    lotId,
    lots: lots.map(([id, depth]) => ({ lotId: id, depth })),
    places: sites.map(([siteId, depth, at]) => ({ siteId, depth, at })),
  });
  const compared = [
    upstream(
      1,
      [
        [1, 0],
        [10, 1],
        [20, 2],
      ],
      [
        ['shop', 0, 9],
        ['plant', 1, 5],
      ],
    ),
    upstream(
      2,
      [
        [2, 0],
        [10, 1],
        [20, 2],
        [30, 1],
      ],
      [['plant', 1, 7]],
    ),
    upstream(
      3,
      [
        [3, 0],
        [30, 1],
        [20, 3],
      ],
      [
        ['plant', 2, 6],
        ['plant', 1, 8],
        ['farm', 3, 1],
      ],
    ),
  ];

  it('is what most of the lots reach, and of those the nearest first', () => {
    expect(commonLots(compared).map(({ lotId, reachedBy }) => [lotId, reachedBy])).toEqual([
      [20, [0, 1, 2]],
      [10, [0, 1]],
      [30, [1, 2]],
    ]);
  });

  it('may be a place, with the span of time it was passed in', () => {
    expect(commonPlaces(compared)).toEqual([{ siteId: 'plant', reachedBy: [0, 1, 2], fromAt: 5, untilAt: 8 }]);
  });
});
