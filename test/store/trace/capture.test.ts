// Capturing events: what is stored, linked, refused, repeated and voided.
import { describe, expect, it } from 'vitest';
import { traceLot } from '../../../server/trace/chain/chain-store.ts';
import { searchLot } from '../../../server/trace/lot/lot-store.ts';
import {
  type Amount,
  type ChainHouse,
  caseUri,
  events,
  hour,
  inspector,
  lotUri,
  openChainHouse,
  places,
  products,
  supplierWang,
  supplierZhao,
} from '../../support/cast.ts';

const carcass = lotUri(products.carcass, 'C1');
const belly = lotUri(products.belly, 'B1');
const mince = lotUri(products.mince, 'M/1');

const pork = [
  events.commission(hour(0), places.slaughterhouse, [[carcass, 100, 'KGM']]),
  events.transform(
    hour(1),
    places.slaughterhouse,
    [[carcass, 80, 'KGM']],
    [
      [belly, 30, 'KGM'],
      [mince, 50, 'KGM'],
    ],
  ),
  events.ship(hour(2), places.slaughterhouse, places.dingxiang, [[belly, 30, 'KGM']]),
  events.receive(hour(3), places.dingxiang, places.slaughterhouse, [[belly, 30, 'KGM']]),
];

function codes(house: ChainHouse, code: string, direction: 'backward' | 'forward'): string[] {
  const search = searchLot(house.db, code);
  if (search.found !== 'one') throw new Error(`no lot ${code}`);
  return traceLot(house.db, { lotId: search.lot.id, direction }).lots.map((lot) => lot.code);
}

function counts(house: ChainHouse): Record<string, number> {
  const count = (table: string) => Number(house.db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  return {
    events: count('event'),
    edges: count('edge_in') + count('edge_out'),
    ledger: count('ledger_entry'),
    documents: count('event_document'),
  };
}

describe('capture', () => {
  it('links farm to table, so that the meat on the shelf leads back to the carcass and the carcass to the meat', () => {
    const house = openChainHouse();
    const answer = house.capture(pork);
    expect(answer).toMatchObject({ status: 'accepted', accepted: 4, refused: 0, duplicate: 0, warned: 0 });
    expect(codes(house, belly, 'backward')).toEqual([belly, carcass]);
    expect(codes(house, carcass, 'forward')).toEqual(
      [carcass, belly, lotUri(products.mince, 'M/1')].sort(
        (a, b) => Number(a !== carcass) - Number(b !== carcass) || (a < b ? -1 : 1),
      ),
    );
  });

  it('takes the same document twice as one: nothing new, not even in the ledger', () => {
    const house = openChainHouse();
    house.capture(pork);
    const before = counts(house);
    const again = house.capture(pork);
    expect(again).toMatchObject({ status: 'accepted', accepted: 0, duplicate: 4, captureId: undefined });
    expect(counts(house)).toEqual(before);
  });

  it('writes one ledger entry for a document', () => {
    const house = openChainHouse();
    house.capture(pork);
    expect(counts(house)).toMatchObject({ events: 4, ledger: 1, documents: 1 });
  });

  it('refuses a whole document for one broken event, and says where, when rollback is asked', () => {
    const house = openChainHouse();
    const broken = { ...pork[1], eventTime: 'yesterday' };
    const answer = house.capture([pork[0]!, broken]);
    expect(answer).toMatchObject({ status: 'refused', accepted: 0, refused: 1 });
    expect(answer.events.map((event) => event.status)).toEqual(['not_stored', 'refused']);
    expect(answer.events[1]?.faults[0]?.place).toContain('/epcisBody/eventList/1');
    expect(counts(house)).toEqual({ events: 0, edges: 0, ledger: 0, documents: 0 });
  });

  it('takes the sound events of a document when proceed is asked', () => {
    const house = openChainHouse();
    const broken = { ...pork[1], eventTime: 'yesterday' };
    const answer = house.capture([pork[0]!, broken], null, { onError: 'proceed' });
    expect(answer).toMatchObject({ status: 'partially_accepted', accepted: 1, refused: 1 });
    expect(counts(house)).toMatchObject({ events: 1, documents: 1 });
  });

  it('links events that arrive in any order', () => {
    const house = openChainHouse();
    for (const event of [...pork].reverse()) house.capture([event]);
    expect(codes(house, belly, 'backward')).toEqual([belly, carcass]);
  });

  it('warns of goods without a batch, and keeps the event', () => {
    const house = openChainHouse();
    const uncoded: Amount = [`https://id.gs1.org/01/${products.prawn}`, 5, 'KGM'];
    const answer = house.capture([events.observe(hour(1), places.haiwei, [uncoded])]);
    expect(answer).toMatchObject({ accepted: 1, warned: 1 });
    expect(answer.events[0]?.warnings[0]?.code).toBe('no_lot');
  });
});

describe('error declarations', () => {
  const wrong = { ...pork[1]!, eventID: 'urn:uuid:0f3e1a5c-1111-4222-8333-444455556666' };

  it('void the edges of the event they name, and both stay on record', () => {
    const house = openChainHouse();
    house.capture([pork[0]!, wrong, pork[2]!]);
    expect(codes(house, belly, 'backward')).toEqual([belly, carcass]);
    const answer = house.capture([events.declareWrong(wrong, hour(5))]);
    expect(answer).toMatchObject({ accepted: 1, duplicate: 0, warned: 0 });
    expect(codes(house, belly, 'backward')).toEqual([belly]);
    expect(counts(house)).toMatchObject({ events: 4 });
  });

  it('wait for their event when they come first', () => {
    const house = openChainHouse();
    const answer = house.capture([events.declareWrong(wrong, hour(5))]);
    expect(answer.events[0]?.warnings[0]?.code).toBe('target_unknown');
    house.capture([pork[0]!, wrong]);
    expect(codes(house, carcass, 'forward')).toEqual([carcass]);
  });

  it('cannot void the event of another supplier', () => {
    const house = openChainHouse();
    const slaughterer = { ...supplierWang, sites: [places.slaughterhouse] };
    house.capture([pork[0]!, wrong], slaughterer);
    const answer = house.capture([events.declareWrong(wrong, hour(5))], supplierZhao);
    expect(answer).toMatchObject({ status: 'refused', refused: 1 });
    expect(answer.events[0]?.faults[0]?.code).toBe('not_yours');
    expect(codes(house, carcass, 'forward')).toContain(belly);
    expect(house.capture([events.declareWrong(wrong, hour(5))], inspector).accepted).toBe(1);
    expect(codes(house, carcass, 'forward')).toEqual([carcass]);
  });

  it('leave the corrected event alone', () => {
    const house = openChainHouse();
    const corrected = events.transform(hour(1), places.slaughterhouse, [[carcass, 75, 'KGM']], [[belly, 28, 'KGM']]);
    house.capture([pork[0]!, wrong]);
    house.capture([events.declareWrong(wrong, hour(5)), corrected]);
    expect(codes(house, carcass, 'forward')).toEqual([carcass, belly]);
  });
});

describe('containers', () => {
  const pallet = caseUri(1);
  const packed = events.pack(hour(1), places.wholesaler, pallet, [[belly, 20, 'KGM']]);
  const made = events.commission(hour(0), places.wholesaler, [
    [belly, 20, 'KGM'],
    [mince, 9, 'KGM'],
  ]);
  const shipped = events.ship(hour(2), places.wholesaler, places.haiwei, [], { epcList: [pallet] });
  const cooked = events.transform(
    hour(4),
    places.haiwei,
    [[belly, 5, 'KGM']],
    [[lotUri(products.mince, 'DISH'), 5, 'KGM']],
  );
  const dish = lotUri(products.mince, 'DISH');

  it('move what was in them at that time', () => {
    const house = openChainHouse();
    house.capture([made, packed, shipped, cooked]);
    expect(codes(house, dish, 'backward')).toEqual([dish, belly]);
    const search = searchLot(house.db, belly);
    const chain = traceLot(house.db, { lotId: search.found === 'one' ? search.lot.id : 0, direction: 'forward' });
    expect(chain.holdings.map((holding) => holding.siteId).sort()).toEqual(
      [places.haiwei, places.haiwei, places.wholesaler].sort(),
    );
    expect(chain.edges.find((edge) => !edge.mixes)).toMatchObject({ quantityOut: 20, unitOut: 'KGM' });
  });

  it('move the same when the packing is reported late', () => {
    const house = openChainHouse();
    house.capture([made, shipped, cooked]);
    expect(sitesOf(house, belly)).not.toContain(undefined);
    house.capture([packed]);
    expect(movedTo(house, belly)).toEqual([places.haiwei]);
  });

  it('do not move what was taken out before, also when that is reported late', () => {
    const house = openChainHouse();
    house.capture([made, packed, shipped]);
    expect(movedTo(house, belly)).toEqual([places.haiwei]);
    house.capture([events.unpack(hour(1.5), places.wholesaler, pallet)]);
    expect(movedTo(house, belly)).toEqual([]);
  });

  it('move it again when that late report is declared wrong', () => {
    const house = openChainHouse();
    const unpacked = events.unpack(hour(1.5), places.wholesaler, pallet);
    house.capture([made, packed, shipped, unpacked]);
    expect(movedTo(house, belly)).toEqual([]);
    house.capture([events.declareWrong(unpacked, hour(9))]);
    expect(movedTo(house, belly)).toEqual([places.haiwei]);
  });

  it('move what lies in a case on a pallet', () => {
    const house = openChainHouse();
    const inner = caseUri(2);
    house.capture([
      made,
      events.pack(hour(1), places.wholesaler, inner, [[mince, 9, 'KGM']]),
      events.pack(hour(1.2), places.wholesaler, pallet, [], { childEPCs: [inner] }),
      shipped,
    ]);
    expect(movedTo(house, mince)).toEqual([places.haiwei]);
  });

  function movedTo(house: ChainHouse, code: string): string[] {
    return sitesOf(house, code).filter((site) => site !== places.wholesaler);
  }

  function sitesOf(house: ChainHouse, code: string): string[] {
    const search = searchLot(house.db, code);
    const lotId = search.found === 'one' ? search.lot.id : 0;
    const { holdings, edges } = traceLot(house.db, { lotId, direction: 'forward' });
    const linked = new Set(edges.filter((edge) => !edge.mixes).flatMap((edge) => [edge.from, edge.to]));
    return holdings
      .filter((holding) => holding.lotId === lotId && linked.has(holding.holdingId))
      .map((holding) => holding.siteId);
  }
});
