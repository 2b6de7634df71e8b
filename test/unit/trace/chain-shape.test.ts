// A walk as others read it: edges drawn between holdings, depths counted, shared processes passed through, bounds kept.
import { describe, expect, it } from 'vitest';
import { type ChainEdge, chainEdges, lotDepths, withoutProcesses } from '../../../server/trace/chain/chain.ts';
import { emptyColumns, isCounted, unitNames } from '../../../server/trace/chain/chain-columns.ts';
import { stepOf } from '../../../server/trace/chain/strand.ts';
import type { Walk } from '../../../server/trace/chain/walk.ts';
import { edgeRoles } from '../../../server/trace/event/chain-links.ts';

type Row = { readonly holding: number; readonly event: number; readonly quantity?: number; readonly role?: number };

const mixing = (event: number) => stepOf(event, 0);

function columnsOf(rows: readonly Row[]) {
  const columns = emptyColumns();
  for (const { holding, event, quantity = Number.NaN, role = edgeRoles.used } of rows) {
    columns.asked.push(0);
    columns.holding.push(holding);
    columns.step.push(mixing(event));
    columns.at.push(event * 100);
    columns.quantity.push(quantity);
    columns.unit.push(1);
    columns.role.push(role);
  }
  return columns;
}

/** Every near row taken, every holding reached. */
function walkOf(near: readonly Row[], far: readonly Row[], change: Partial<Walk> = {}): Walk {
  const ids = [...new Set([...near, ...far].map(({ holding }) => holding))];
  return {
    holdings: new Map(ids.map((id, place) => [id, place])),
    depth: ids.map(() => 0),
    reachedAt: ids.map(() => 0),
    steps: new Set(near.map(({ event }) => mixing(event))),
    near: columnsOf(near),
    taken: near.map(() => true),
    far: columnsOf(far),
    farPlace: far.map(() => 0),
    cutBy: undefined,
    ...change,
  };
}

const unitAt = () => 'KGM';
const pairs = (edges: readonly ChainEdge[]) => edges.map(({ from, to }) => `${from}→${to}`);

describe('edges of a walk', () => {
  const near = [
    { holding: 1, event: 1, quantity: 5 },
    { holding: 2, event: 1, quantity: 7 },
  ];
  const far = [
    { holding: 3, event: 1, quantity: 11 },
    { holding: 4, event: 1 },
  ];

  it('lead from each that went in to each that came out, in the direction of the goods', () => {
    expect(pairs(chainEdges(walkOf(near, far), 'forward', unitAt, 9).edges)).toEqual(['1→3', '1→4', '2→3', '2→4']);
    expect(pairs(chainEdges(walkOf(near, far), 'backward', unitAt, 9).edges)).toEqual(['3→1', '4→1', '3→2', '4→2']);
  });

  it('say what left, what arrived, when, in which event, and that it mixes', () => {
    const [edge, other] = chainEdges(walkOf(near, far), 'forward', unitAt, 9).edges;
    expect(edge).toEqual({
      eventId: 1,
      from: 1,
      to: 3,
      at: 100,
      quantityOut: 5,
      unitOut: 'KGM',
      quantityIn: 11,
      unitIn: 'KGM',
      mixes: true,
    });
    expect(other?.quantityIn).toBeNull();
    const [back] = chainEdges(walkOf(near, far), 'backward', unitAt, 9).edges;
    expect(back).toMatchObject({ quantityOut: 11, quantityIn: 5, at: 100 });
    const moved = { ...walkOf([near[0]!], [far[0]!]) };
    moved.near.step[0] = stepOf(1, 1);
    moved.far.step[0] = stepOf(1, 1);
    const along = chainEdges({ ...moved, steps: new Set([stepOf(1, 1)]) }, 'forward', unitAt, 9).edges;
    expect(along.map(({ mixes, eventId }) => [mixes, eventId])).toEqual([[false, 1]]);
  });

  it('stop at exactly as many as are wanted, and say that they were cut', () => {
    const walk = walkOf(near, far);
    expect(chainEdges(walk, 'forward', unitAt, 4)).toMatchObject({ cut: false, edges: { length: 4 } });
    expect(chainEdges(walk, 'forward', unitAt, 3)).toMatchObject({ cut: true, edges: { length: 3 } });
  });

  it('leave out rows no path took, steps not walked, holdings not reached, and a holding to itself', () => {
    expect(pairs(chainEdges(walkOf(near, far, { taken: [false, true] }), 'forward', unitAt, 9).edges)).toEqual([
      '2→3',
      '2→4',
    ]);
    expect(chainEdges(walkOf(near, far, { steps: new Set() }), 'forward', unitAt, 9).edges).toEqual([]);
    const some = new Map([1, 2, 3].map((id, place) => [id, place]));
    expect(pairs(chainEdges(walkOf(near, far, { holdings: some }), 'forward', unitAt, 9).edges)).toEqual([
      '1→3',
      '2→3',
    ]);
    expect(
      pairs(chainEdges(walkOf(near, [...far, { holding: 1, event: 1 }]), 'forward', unitAt, 9).edges),
    ).not.toContain('1→1');
  });

  it('carry no amount where a row only links', () => {
    const linked = [{ holding: 1, event: 1, quantity: 5, role: edgeRoles.moved }];
    expect(chainEdges(walkOf(linked, far), 'forward', unitAt, 9).edges[0]).toMatchObject({
      quantityOut: null,
      quantityIn: 11,
    });
  });
});

it('moved and seen rows count in no balance, all others do', () => {
  const counted = Object.entries(edgeRoles).filter(([, role]) => isCounted(role));
  expect(counted.map(([name]) => name)).toEqual(['made', 'used', 'shipped', 'received', 'gone', 'returned', 'counted']);
});

it('the first usual unit is pieces without a name', () => expect(unitNames[0]).toBeNull());

const edge = (eventId: number, from: number, to: number, change: Partial<ChainEdge> = {}): ChainEdge => ({
  eventId,
  from,
  to,
  at: eventId * 100,
  quantityOut: from,
  unitOut: 'KGM',
  quantityIn: to,
  unitIn: 'KGM',
  mixes: true,
  ...change,
});

describe('the depth of a lot', () => {
  // Holding 10·n belongs to lot n; lot 9 is a running process.
  const lotOf = (holding: number) => Math.floor(holding / 10);
  const depths = (start: number[], edges: ChainEdge[], direction: 'forward' | 'backward' = 'forward') =>
    Object.fromEntries(lotDepths(start, edges, direction, lotOf, (lot) => lot === 9));

  it('is how many transformations lie between, fewest', () => {
    const edges = [edge(1, 10, 20), edge(2, 20, 30), edge(3, 10, 30), edge(4, 30, 40)];
    expect(depths([1], edges)).toEqual({ 1: 0, 2: 1, 3: 1, 4: 2 });
    expect(depths([4], edges, 'backward')).toEqual({ 4: 0, 3: 1, 2: 2, 1: 2 });
  });

  it('grows by no move and within no lot', () => {
    expect(depths([1], [edge(1, 10, 20, { mixes: false }), edge(2, 10, 11)])).toEqual({ 1: 0 });
  });

  it('is one through a process that several events share, not two', () => {
    const edges = [edge(1, 10, 90), edge(2, 90, 20), edge(3, 20, 30)];
    expect(depths([1], edges)).toEqual({ 1: 0, 9: 0, 2: 1, 3: 2 });
  });
});

describe('a shared process', () => {
  const isProcess = (holding: number) => holding === 90;

  it('is drawn from what went in to what came out of it no earlier, the same instant included', () => {
    const edges = [edge(3, 10, 90), edge(5, 20, 90), edge(3, 90, 30, { at: 300 }), edge(5, 90, 40)];
    const { edges: drawn, cut } = withoutProcesses(edges, isProcess, 9);
    expect(pairs(drawn)).toEqual(['10→30', '10→40', '20→40']);
    expect(cut).toBe(false);
    // What left the input, and what arrived at the output.
    expect(drawn[0]).toMatchObject({ quantityOut: 10, quantityIn: 30, eventId: 3 });
  });

  it('keeps what does not pass through it, draws each pair of an event once, and none from a lot to itself', () => {
    const direct = edge(5, 10, 40);
    const edges = [direct, edge(3, 10, 90), edge(4, 10, 90), edge(5, 90, 40), edge(5, 90, 10)];
    expect(pairs(withoutProcesses(edges, isProcess, 9).edges)).toEqual(['10→40']);
  });

  it('stops at exactly as many as are wanted, and says so', () => {
    const edges = [edge(1, 10, 90), edge(2, 20, 90), edge(3, 90, 30), edge(4, 90, 40)];
    expect(withoutProcesses(edges, isProcess, 4)).toMatchObject({ cut: false, edges: { length: 4 } });
    expect(withoutProcesses(edges, isProcess, 3)).toMatchObject({ cut: true, edges: { length: 3 } });
  });
});
