// Two codes found to be one lot: after the merge all is as if one code had been used from the start, after its undoing as if never merged.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchLot } from '../../../server/trace/lot/lot-store.ts';
import { type MergedLot, mergeFault } from '../../../server/trace/merge/lot-merge.ts';
import { mergeLots } from '../../../server/trace/merge/merge-lots.ts';
import { undoMerge } from '../../../server/trace/merge/undo-merge.ts';
import { registerProduct } from '../../../server/trace/place/register-place.ts';
import { recallHoldings, recallNotices } from '../../../server/trace/recall/recall-store.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import {
  type ChainHouse,
  caseUri,
  events,
  hour,
  inspector,
  type Json,
  lotUri,
  openChainHouse,
  places,
  products,
} from '../../support/cast.ts';

const right = lotUri(products.belly, 'A07');
const wrong = lotUri(products.belly, 'AO7');
const mince = lotUri(products.mince, 'M1');
const other = lotUri(products.mince, 'M2');

const idOf = ({ db }: ChainHouse, code: string) =>
  db.sqlite.prepare('SELECT id FROM lot WHERE code = ?').pluck().get(code) as number;

function merge(house: ChainHouse, from = wrong, into = right) {
  return mergeLots(house, { fromId: idOf(house, from), intoId: idOf(house, into), reason: 'typed wrong' }, inspector);
}

/** Every live edge and every reading, by codes and places; rows that were voided are history. */
function graphOf({ db }: ChainHouse): string[] {
  const edges = (table: string) =>
    `SELECT '${table}' AS side, x.at, l.code, s.id, x.quantity, x.unit, x.role FROM ${table} x
       CROSS JOIN holding h ON h.id = x.holding_id CROSS JOIN lot l ON l.id = h.lot_id CROSS JOIN site s ON s.key = h.site_key
     WHERE x.voided_by IS NULL`;
  const rows = db.sqlite
    .prepare(
      `${edges('edge_in')} UNION ALL ${edges('edge_out')}
       UNION ALL SELECT 'reading', r.at, l.code, '', r.value, r.type, 0 FROM sensor_reading r CROSS JOIN lot l ON l.id = r.lot_id`,
    )
    .raw()
    .all() as unknown[][];
  return rows.map((row) => JSON.stringify(row)).sort();
}

function told(list: readonly Json[]): ChainHouse {
  const house = openChainHouse();
  registerProduct(house, { gtin: products.belly, name: '五花肉', unit: 'KGM', coldChain: { minC: 0, maxC: 4 } });
  house.capture(list, null, { onError: 'proceed' });
  return house;
}

const warm = {
  sensorElementList: [
    { sensorReport: [{ type: 'Temperature', value: 9, uom: 'CEL', time: new Date(hour(3)).toISOString() }] },
  ],
};
/** The wholesaler sends A07; the cook types AO7 on delivery and makes mince of it. */
const story = [
  events.commission(hour(0), places.slaughterhouse, [[right, 100, 'KGM']]),
  events.ship(hour(1), places.slaughterhouse, places.wholesaler, [[right, 100, 'KGM']]),
  events.receive(hour(2), places.wholesaler, places.slaughterhouse, [[right, 100, 'KGM']]),
  events.ship(hour(3), places.wholesaler, undefined, [[right, 24, 'KGM']]),
  events.receive(hour(4), places.dingxiang, undefined, [[wrong, 24, 'KGM']], warm),
  events.transform(hour(5), places.dingxiang, [[wrong, 10, 'KGM']], [[mince, 9, 'KGM']]),
];

describe('two codes that are one lot', () => {
  it('are traced, recalled and counted as one, and apart again when that is undone', () => {
    const house = told(story);
    const before = graphOf(house);
    const reached = () => {
      const { recallId } = startRecall(house, { lotId: idOf(house, right), reason: 'x' }, inspector);
      const rows = recallHoldings(house.db, recallId, 100);
      house.db.sqlite.prepare("UPDATE recall SET state = 'closed', closed_at = 1 WHERE id = ?").run(recallId);
      house.db.sqlite.prepare("UPDATE lot SET status = 'ok'").run();
      return rows;
    };
    expect(reached().some(({ code }) => code === mince)).toBe(false);
    const { mergeId } = merge(house);
    const found = searchLot(house.db, wrong);
    expect(found.found === 'one' && found.lot.code).toBe(right);
    const rows = reached();
    expect(rows.some(({ code }) => code === mince)).toBe(true);
    expect(rows.find(({ siteId, code }) => siteId === places.dingxiang && code === right)).toMatchObject({
      received: 24,
      onHand: 14,
    });
    undoMerge(house, { mergeId, intoId: idOf(house, right), reason: 'two boxes after all' }, inspector);
    expect(graphOf(house)).toEqual(before);
    expect(searchLot(house.db, wrong)).toMatchObject({ found: 'one', lot: { code: wrong } });
    expect(reached().some(({ code }) => code === mince)).toBe(false);
    const kinds = house.db.sqlite
      .prepare("SELECT kind FROM ledger_entry WHERE kind LIKE 'lot-merge%' ORDER BY seq")
      .pluck()
      .all();
    expect(kinds).toEqual(['lot-merge', 'lot-merge-undone']);
  });

  it('keep what is told later of either code, and part it again when the merge is undone', () => {
    const house = told(story);
    const { mergeId } = merge(house);
    const late = [
      events.sell(hour(6), places.dingxiang, [[wrong, 2, 'KGM']]),
      events.sell(hour(7), places.dingxiang, [[right, 1, 'KGM']]),
    ];
    house.capture(late);
    expect(graphOf(house).some((row) => row.includes(wrong))).toBe(false);
    undoMerge(house, { mergeId, intoId: idOf(house, right), reason: 'no' }, inspector);
    expect(graphOf(house)).toEqual(graphOf(told([...story, ...late])));
  });

  it('give a box’s readings back, though the merged lot had been taken out of it', () => {
    const house = told(story);
    const packed = [
      events.pack(hour(6), places.dingxiang, caseUri(1), [[wrong, 3, 'KGM']]),
      events.observe(hour(8), places.dingxiang, [], { epcList: [caseUri(1)], ...warm }),
    ];
    house.capture(packed);
    const { mergeId } = merge(house);
    const late = [events.unpack(hour(7), places.dingxiang, caseUri(1), [[right, 3, 'KGM']])];
    house.capture(late);
    undoMerge(house, { mergeId, intoId: idOf(house, right), reason: 'no' }, inspector);
    const fresh = graphOf(told([...story, ...packed, ...late]));
    expect(fresh.filter((row) => row.includes('reading') && row.includes(wrong))).toHaveLength(2);
    expect(graphOf(house)).toEqual(fresh);
  });

  it('widen an open recall: the holders of the other code are told', () => {
    const house = told(story);
    const { recallId } = startRecall(house, { lotId: idOf(house, right), reason: 'x' }, inspector);
    const before = recallNotices(house.db, recallId).map(({ siteId }) => siteId);
    expect(before).not.toContain(places.dingxiang);
    expect(merge(house).widened).toBe(1);
    expect(recallNotices(house.db, recallId).map(({ siteId }) => siteId)).toContain(places.dingxiang);
  });

  it('are never two products, nor made one twice, nor given up for the one that is in order', () => {
    const house = told(story);
    expect(() => merge(house, mince, right)).toThrow(/not valid|different|input/i);
    merge(house);
    expect(() => merge(house)).toThrow();
    const lot = (more: Partial<MergedLot>): MergedLot => ({
      ...{
        id: 1,
        kind: 'lot',
        gtin: null,
        productId: null,
        name: null,
        expiresAt: null,
        status: 'ok',
        hasNames: 'alone',
        recalls: 0,
      },
      ...more,
    });
    const refused: [Partial<MergedLot>, Partial<MergedLot>, string | undefined][] = [
      [{ id: 2 }, {}, undefined],
      [{}, {}, 'merge_same'],
      [{ id: 2, kind: 'instance' }, {}, 'merge_no_lot'],
      [{ id: 2, gtin: '1' }, { gtin: '2' }, 'merge_other_product'],
      [{ id: 2, productId: 5, name: '青菜' }, { productId: 6, name: '白菜', gtin: '1' }, 'merge_other_product'],
      [{ id: 2, productId: 5, name: '青 菜' }, { productId: 6, name: '青菜', gtin: '1' }, undefined],
      [{ id: 2, hasNames: 'has_names' }, {}, 'merge_has_names'],
      [{ id: 2, status: 'held' }, {}, 'merge_other_way'],
      [{ id: 2, recalls: 1 }, { status: 'held' }, 'merge_other_way'],
      [{ id: 2, recalls: 1 }, { recalls: 1 }, undefined],
    ];
    for (const [from, into, code] of refused) expect(mergeFault({ from: lot(from), into: lot(into) })?.code).toBe(code);
  });
});

/** Random events among the two codes, a product made of them, places and a box. */
function randomStory(steps: readonly [number, number, number, number][]): Json[] {
  const sites = [places.slaughterhouse, places.wholesaler, places.dingxiang];
  const lots = [right, wrong];
  return steps.map(([kind, lot, site, amount], index): Json => {
    const [code, at, next] = [lots[lot % 2]!, sites[site % 3]!, sites[(site + 1) % 3]!];
    const line = [[code, amount + 1, 'KGM']] as const;
    const time = hour(index);
    const both = [
      [right, amount + 1, 'KGM'],
      [wrong, 1, 'KGM'],
    ] as const;
    const ways = [
      () => events.commission(time, at, line),
      () => events.ship(time, at, lot > 1 ? next : undefined, line),
      () => events.receive(time, next, lot > 1 ? at : undefined, line),
      () => events.transform(time, at, lot > 1 ? both : line, [[site > 1 ? mince : other, amount, 'KGM']]),
      () => events.pack(time, at, caseUri(1), line),
      () => events.unpack(time, at, caseUri(1), lot > 1 ? line : []),
      () => events.ship(time, at, next, [], { epcList: [caseUri(1)] }),
      () => events.receive(time, next, at, [], { epcList: [caseUri(1)], ...(lot > 1 ? warm : {}) }),
      () => events.sell(time, at, line),
      () => events.observe(time, at, line, warm),
    ];
    return ways[kind % ways.length]!();
  });
}

it(
  'whatever was told in whatever order, a merge is as one code from the start, and its undoing as none',
  () => {
    const step = fc.tuple(fc.nat(9), fc.nat(3), fc.nat(3), fc.nat(20));
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 14 }), fc.nat(6), (steps, later) => {
        const list = [
          events.commission(hour(-2), places.farm, [[right, 50, 'KGM']]),
          events.commission(hour(-1), places.farm, [[wrong, 5, 'KGM']]),
          ...randomStory(steps),
        ];
        const early = list.slice(0, Math.max(2, list.length - later));
        const house = told(early);
        const { mergeId } = merge(house);
        house.capture(list.slice(early.length), null, { onError: 'proceed' });
        const respelled = JSON.parse(JSON.stringify(list).replaceAll(wrong, right)) as Json[];
        expect(graphOf(house)).toEqual(graphOf(told(respelled)));
        undoMerge(house, { mergeId, intoId: idOf(house, right), reason: 'no' }, inspector);
        expect(graphOf(house)).toEqual(graphOf(told(list)));
      }),
      { numRuns: Number(process.env['MERGE_STORIES'] ?? 10), seed: Number(process.env['MERGE_SEED'] ?? 20_261_130) },
    );
  },
  60_000 + 2_000 * Number(process.env['MERGE_STORIES'] ?? 0),
);
