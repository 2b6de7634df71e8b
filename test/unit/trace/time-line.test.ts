// A chain along time: where each step lies, which quiet stretches are cut short, and what is doubtful about the times.
import { describe, expect, it } from 'vitest';
import type { Chain, ChainHolding, ChainJoin, ChainStep, StepKind } from '../../../views/trace/chain/chain.ts';
import { timeDoubts } from '../../../views/trace/chain/time-doubt.ts';
import { layOutTimeLine } from '../../../views/trace/chain/time-line.ts';
import { timeScale } from '../../../views/trace/chain/time-scale.ts';

const at = (time: string) => Date.parse(`2026-11-${time}:00+08:00`);
const now = at('25T00:00');
const hour = 3_600_000;

function holding(key: number, extra: Partial<ChainHolding> = {}): ChainHolding {
  return {
    ...{ key, depth: key - 1, code: `code-${key}`, short: `L${key}`, productName: '猪五花肉', productNameEn: null },
    place: { id: `site-${key}`, name: `店 ${key}`, nameEn: null, kind: 'restaurant', address: null, addressEn: null },
    ...{ lotState: 'ok', reachedAt: null, received: 10, onHand: 0, share: null, unit: 'KGM', answer: null },
    scope: key === 1 ? 'here' : 'definite',
    ...extra,
  };
}

function step(key: number, kind: StepKind, time: string): ChainStep {
  return { holding: key, kind, step: null, at: at(time), quantity: 10, unit: 'KGM', eventId: at(time) };
}

/** Goods sent and received; undefined: nobody told. */
function move(from: number, to: number, left: string | undefined, got: string | undefined): ChainJoin {
  const [leftAt, gotAt] = [left, got].map((time) => (time === undefined ? null : at(time)));
  const known = [leftAt, gotAt].filter((time) => time != null);
  const end = (key: number) => [{ holding: key, quantity: 10, unit: 'KGM' }];
  return {
    ...{ key: `${from} ${to}`, at: Math.min(...known), untilAt: Math.max(...known) },
    ...{ leftAt: leftAt ?? null, gotAt: gotAt ?? null, from: end(from), to: end(to) },
  };
}

const told = { first: null, opened: new Set<string>(), now };

describe('a chain drawn along time', () => {
  const chain: Chain = {
    holdings: [holding(3, { onHand: 4 }), holding(2), holding(1)],
    joins: [move(1, 2, '20T08:00', '20T10:00'), move(2, 3, '21T08:00', '21T09:00')],
  };
  const steps = [
    ...[step(1, 'made', '20T06:00'), step(1, 'shipped', '20T08:00'), step(2, 'received', '20T10:00')],
    ...[step(2, 'shipped', '21T08:00'), step(3, 'received', '21T09:00')],
  ];
  const line = layOutTimeLine(chain, steps, told);

  it('has a row for each lot at a place, what came first on top', () => {
    expect(line.rows.map(({ holding: shown }) => shown?.key)).toEqual([1, 2, 3]);
    expect(line.doubts).toEqual([]);
  });

  it('shows each step where it happened: later is further to the right, and the same hour is the same place', () => {
    const [first, second] = line.rows;
    const [made, sent] = first?.marks ?? [];
    const [came, left] = second?.marks ?? [];
    expect([made?.kind, sent?.kind, came?.kind, left?.kind]).toEqual(['made', 'shipped', 'received', 'shipped']);
    const places = [made, sent, came, left].map((mark) => mark?.x ?? 0);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    const [a = 0, b = 0, c = 0] = places;
    expect(c - b).toBeCloseTo(b - a, 0);
  });

  it('draws a line from where goods left to where they came', () => {
    const [link] = line.links;
    const [sent, came] = [line.rows[0]?.marks[1]?.x, line.rows[1]?.marks[0]?.x];
    expect(link?.path).toMatch(new RegExp(`^M${sent} ${line.rows[0]?.y}C.* ${came} ${line.rows[1]?.y}$`));
    expect(line.links).toHaveLength(2);
  });

  it('leaves a stay open at its end where goods are left, and nowhere else', () => {
    expect(line.rows.map(({ bar }) => bar?.end)).toEqual(['closed', 'closed', 'open']);
  });

  it('puts what happened at one moment one above the other, and many alike into one sign with their count', () => {
    const sales = ['21T10:00', '21T10:00', '21T10:01'].map((time) => step(3, 'sold', time));
    const busy = layOutTimeLine(chain, [...steps, step(3, 'seen', '21T10:00'), ...sales], told);
    const marks = busy.rows[2]?.marks ?? [];
    expect(marks.find(({ kind }) => kind === 'sold')?.steps).toHaveLength(3);
    const [seen, sold] = [marks.find(({ kind }) => kind === 'seen'), marks.find(({ kind }) => kind === 'sold')];
    expect(seen?.y).not.toBe(sold?.y);
  });

  it('draws a mixture of many as one upright line and not as every pair', () => {
    const keys = [1, 2, 3, 4, 5, 6, 7, 8];
    const ends = (own: readonly number[]) => own.map((key) => ({ holding: key, quantity: 1, unit: 'KGM' }));
    const mixed: Chain = {
      holdings: keys.map((key) => holding(key, { reachedAt: at('20T06:00') })),
      joins: [{ ...move(1, 5, '20T06:00', undefined), from: ends([1, 2, 3, 4]), to: ends([5, 6, 7, 8]) }],
    };
    expect(layOutTimeLine(mixed, [], told).links).toHaveLength(1);
  });
});

describe('the axis of time', () => {
  it('cuts a season of waiting short, says so, and keeps the order', () => {
    const times = [at('01T06:00') - 90 * 24 * hour, at('20T06:00'), at('20T08:00'), at('20T12:00'), at('20T18:00')];
    const scale = timeScale(times, 100, 1_100);
    expect(scale.breaks).toHaveLength(1);
    expect(scale.breaks[0]).toMatchObject({ fromAt: times[0], untilAt: times[1] });
    const places = times.map(scale.x);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
    expect((places[4] ?? 0) - (places[1] ?? 0)).toBeGreaterThan(700);
  });

  it('is unbroken where steps are a few days apart, and never leaves its bounds', () => {
    const times = [at('18T06:00'), at('20T06:00'), at('22T06:00')];
    const scale = timeScale(times, 100, 1_100);
    expect(scale.breaks).toEqual([]);
    expect(times.map(scale.x)).toEqual([100, 600, 1_100]);
    expect(scale.x(at('01T00:00'))).toBe(100);
    expect(scale.x(at('28T00:00'))).toBe(1_100);
  });

  it('marks days of Beijing, no two so near that their words touch', () => {
    const { marks } = timeScale([at('18T06:00'), at('22T06:00')], 100, 1_100);
    expect(marks.filter(({ shows }) => shows === 'day').map((mark) => mark.at)).toEqual(
      ['19T00:00', '20T00:00', '21T00:00', '22T00:00'].map(at),
    );
    for (const [index, mark] of marks.slice(1).entries()) expect(mark.x - (marks[index]?.x ?? 0)).toBeGreaterThan(99);
  });

  it('stands for a single moment too', () => {
    expect(timeScale([at('20T06:00')], 0, 100).marks).toMatchObject([{ x: 50, shows: 'moment' }]);
  });
});

describe('doubts about times', () => {
  const two = (joins: readonly ChainJoin[], extra: Partial<ChainHolding> = {}): Chain => ({
    holdings: [holding(1, { reachedAt: at('20T06:00') }), holding(2, { reachedAt: at('20T06:00'), ...extra })],
    joins,
  });
  const kinds = (chain: Chain, steps: readonly ChainStep[] = []) =>
    (timeDoubts(chain, steps, now).get(2) ?? []).map(({ kind, byMs }) => [kind, byMs / hour]);

  it.each([
    ['goods received before they were sent', two([move(1, 2, '20T10:00', '20T08:00')]), [['early', 2]]],
    ['a sending that nobody told of', two([move(1, 2, undefined, '20T08:00')]), [['unsent', 0]]],
    ['an arrival that nobody told of', two([move(1, 2, '20T10:00', undefined)]), [['ungot', 0]]],
    ['a place without any time', two([], { reachedAt: null }), [['none', 0]]],
    ['nothing, where it came when it was sent', two([move(1, 2, '20T10:00', '20T10:00')]), []],
  ])('%s', (_, chain, found) => {
    expect(kinds(chain)).toEqual(found);
  });

  it('are told where goods were sold before they came, and where a time is still to come', () => {
    expect(kinds(two([]), [step(2, 'sold', '20T07:00'), step(2, 'received', '20T09:00')])).toEqual([['before', 2]]);
    expect(kinds(two([]), [step(2, 'received', '25T03:00')])).toEqual([['future', 3]]);
  });

  it('are told where goods were used that nobody told came', () => {
    expect(kinds(two([]), [step(2, 'used', '20T07:00')])).toEqual([['uncome', 0]]);
    expect(kinds(two([move(1, 2, '20T06:00', '20T06:30')]), [step(2, 'used', '20T07:00')])).toEqual([]);
  });

  it('stand at their row, and the line of an early receipt leans back', () => {
    const line = layOutTimeLine(two([move(1, 2, '20T10:00', '20T08:00')]), [step(2, 'received', '20T08:00')], told);
    expect(line.rows.find(({ holding: shown }) => shown?.key === 2)?.doubts).toHaveLength(1);
    const [link] = line.links;
    expect(link?.order).toBe('doubtful');
    const [start = 0, end = 0] = [/^M([\d.]+)/, /([\d.]+) [\d.]+$/].map((part) =>
      Number(part.exec(link?.path ?? '')?.[1]),
    );
    expect(end).toBeLessThan(start);
  });

  it('a row without any time stands at the foot, without a bar', () => {
    const line = layOutTimeLine(two([], { reachedAt: null }), [step(1, 'made', '20T06:00')], told);
    expect(line.rows.at(-1)).toMatchObject({ bar: undefined, members: [2] });
    expect(layOutTimeLine({ holdings: [holding(1)], joins: [] }, [], told).scale).toBeUndefined();
  });
});
