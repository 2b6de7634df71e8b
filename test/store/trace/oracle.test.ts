// Thousands of small random worlds, told in random order with mistakes taken back: the walk and a naive oracle agree.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { traceLot } from '../../../server/trace/chain/chain-store.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import {
  type ChainHouse,
  caseUri,
  dayOne,
  events,
  gln,
  type Json,
  lotUri,
  openChainHouse,
  products,
} from '../../support/cast.ts';
import { naiveReach, type Story } from '../../support/naive-chain.ts';

const lots = 6;
const sites = 4;
const cases = 2;

const at = fc.integer({ min: 0, max: 9 });
const lot = fc.integer({ min: 0, max: lots - 1 });
const someLots = fc.uniqueArray(lot, { minLength: 1, maxLength: 3 });
const site = fc.integer({ min: 0, max: sites - 1 });
const container = fc.integer({ min: 0, max: cases - 1 });
const orNone = (value: fc.Arbitrary<number>) => fc.option(value, { freq: 3 });

const story: fc.Arbitrary<Story> = fc.oneof(
  fc.record({ kind: fc.constant('commission' as const), at, site, lot }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('ship' as const), at, from: site, to: orNone(site), lots: someLots }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('receive' as const), at, to: site, from: orNone(site), lots: someLots }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('transform' as const),
      at,
      site,
      inputs: someLots,
      outputs: someLots,
      process: fc.option(fc.integer({ min: 0, max: 1 }), { freq: 1 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pack' as const),
      at,
      container,
      lots: someLots,
      inner: fc.option(fc.constant(cases), { freq: 1 }),
    }),
  },
  fc.record({
    kind: fc.constant('pack' as const),
    at,
    container: fc.constant(cases),
    lots: someLots,
    inner: fc.constant(null),
  }),
  fc.record({ kind: fc.constant('unpack' as const), at, container, lots: fc.uniqueArray(lot, { maxLength: 1 }) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('shipCase' as const), at, from: site, to: site, container }) },
  fc.record({ kind: fc.constant('receiveCase' as const), at, to: site, from: orNone(site), container }),
);

/** A world: what is told, in which order, and which of it is taken back. */
const world = fc.array(story, { minLength: 3, maxLength: 14 }).chain((stories) =>
  fc.record({
    stories: fc.constant(stories),
    order: fc.shuffledSubarray([...stories.keys()], { minLength: stories.length, maxLength: stories.length }),
    wrong: fc.subarray([...stories.keys()], { maxLength: 3 }),
    /** How many events come in one document. */
    together: fc.integer({ min: 1, max: 8 }),
    asked: lot,
    direction: fc.constantFrom('forward' as const, 'backward' as const),
  }),
);

describe('the chain', () => {
  it('is what a naive reading of all events says, in any order of arrival, with voids, cycles and containers', () => {
    const house = openChainHouse();
    let number = 0;
    fc.assert(
      fc.property(world, (told) => {
        number += 1;
        expect(walked(house, number, told)).toEqual(expected(told));
      }),
      { seed: 20_261_122, numRuns: Number(process.env['CHAIN_WORLDS'] ?? 1_000) },
    );
  }, 900_000);
});

type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

function expected({ stories, wrong, asked, direction }: World): string[] {
  const said = (one: Story) => JSON.stringify(one);
  const voided = new Set(wrong.map((index) => said(stories[index]!)));
  return [
    ...naiveReach(
      stories.filter((one) => !voided.has(said(one))),
      asked,
      direction,
    ),
  ].sort();
}

function walked(
  house: ChainHouse,
  number: number,
  { stories, order, wrong, together, asked, direction }: World,
): string[] {
  const told = stories.map((one) => eventOf(one, number));
  const takenBack = (index: number) => events.declareWrong(told[index]!, dayOne);
  // A third of the mistakes are taken back before they are told, a third at once, a third when all is told.
  const before = wrong.filter((index) => index % 3 === 0).map(takenBack);
  const after = wrong.filter((index) => index % 3 === 2).map(takenBack);
  const during = order.flatMap((index) =>
    wrong.includes(index) && index % 3 === 1 ? [told[index]!, takenBack(index)] : [told[index]!],
  );
  const all = [...before, ...during, ...after];
  for (let from = 0; from < all.length; from += together) house.capture(all.slice(from, from + together));
  const lotId = lotByCode(house.db, lotOf(number, asked))?.id;
  if (lotId === undefined) return [];
  const chain = traceLot(house.db, { lotId, direction });
  expect(chain.truncated).toBe(false);
  const named = chain.holdings.map(
    (holding) => `${lotNumber(holding.code)}@${siteNumbers.get(holding.siteId) ?? holding.siteId}`,
  );
  return [...new Set(named)].filter((holding) => /^\d+@\d+$/.test(holding) && !holding.startsWith(`${asked}@`)).sort();
}

const siteNumbers = new Map(Array.from({ length: sites }, (_, index) => [gln(100 + index), index]));
const lotOf = (number: number, index: number) => lotUri(products.pig, `w${number}-${index}`);
const lotNumber = (code: string) => Number(code.slice(code.lastIndexOf('-') + 1));
const siteOf = (index: number) => gln(100 + index);
const caseOf = (number: number, index: number) => caseUri(number * 10 + index);

function eventOf(one: Story, number: number): Json {
  const time = dayOne + one.at * 60_000;
  const amounts = (indexes: readonly number[]) => indexes.map((index) => [lotOf(number, index), 1, 'KGM'] as const);
  const optional = (index: number | null) => (index === null ? undefined : siteOf(index));
  switch (one.kind) {
    case 'commission':
      return events.commission(time, siteOf(one.site), amounts([one.lot]));
    case 'ship':
      return events.ship(time, siteOf(one.from), optional(one.to), amounts(one.lots));
    case 'receive':
      return events.receive(time, siteOf(one.to), optional(one.from), amounts(one.lots));
    case 'transform': {
      const more = one.process === null ? {} : { transformationID: `urn:example:process:${number}-${one.process}` };
      return events.transform(time, siteOf(one.site), amounts(one.inputs), amounts(one.outputs), more);
    }
    case 'pack': {
      const inner = one.inner === null ? {} : { childEPCs: [caseOf(number, one.inner)] };
      return events.pack(time, siteOf(0), caseOf(number, one.container), amounts(one.lots), inner);
    }
    case 'unpack':
      return events.unpack(time, siteOf(0), caseOf(number, one.container), amounts(one.lots));
    case 'shipCase':
      return events.ship(time, siteOf(one.from), siteOf(one.to), [], { epcList: [caseOf(number, one.container)] });
    case 'receiveCase':
      return events.receive(time, siteOf(one.to), optional(one.from), [], { epcList: [caseOf(number, one.container)] });
  }
}
