// Small worlds of captures: what the ledger vouches for, and a capture that breaks.
import { describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { openCaptureGroup } from '../../../server/trace/capture/capture-group.ts';
import { capturedAsWritten } from '../../../server/trace/capture/check-captured.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import {
  type ChainHouse,
  documentOf,
  events,
  hour,
  lotUri,
  openChainHouse,
  places,
  products,
  supplierWang,
  supplierZhao,
} from '../../support/cast.ts';
import { scopeOf } from '../../support/scope.ts';

const { farm, slaughterhouse, wholesaler } = places;

const carcass = lotUri(products.carcass, 'C1');

const belly = lotUri(products.belly, 'B1');

const mince = lotUri(products.mince, 'M1');

describe('what the ledger vouches for', () => {
  const entriesOf = ({ db }: ChainHouse) =>
    db.sqlite
      .prepare("SELECT seq, at, kind, subject, body FROM ledger_entry WHERE kind = 'capture' ORDER BY seq")
      .all() as {
      seq: number;
      at: number;
      kind: string;
      subject: string;
      body: string;
    }[];
  const faultsOf = (house: ChainHouse) =>
    entriesOf(house).flatMap((entry) => capturedAsWritten(house.db, house.blobs)(entry));

  it('holds for a document of which only a part was new, or sound', () => {
    const house = openChainHouse();
    const [first, second] = [
      events.commission(hour(0), slaughterhouse, [[carcass, 9, 'KGM']]),
      events.commission(hour(1), slaughterhouse, [[belly, 9, 'KGM']]),
    ];
    house.capture([first]);
    expect(house.capture([first, second])).toMatchObject({ accepted: 1, duplicate: 1 });
    const broken = { ...events.commission(hour(2), slaughterhouse, [[mince, 9, 'KGM']]), action: 'PUT' };
    const third = events.commission(hour(3), slaughterhouse, [[mince, 1, 'KGM']]);
    expect(house.capture([broken, third], null, { onError: 'proceed' })).toMatchObject({
      accepted: 1,
      refused: 1,
      status: 'partially_accepted',
    });
    expect(entriesOf(house)).toHaveLength(3);
    expect(faultsOf(house)).toEqual([]);
  });

  it('says that nothing was accepted of a document that was undone', () => {
    const house = openChainHouse();
    const ofZhao = events.commission(hour(0), farm, [[carcass, 9, 'KGM']]);
    house.capture([ofZhao], supplierZhao);
    const sound = events.commission(hour(1), wholesaler, [[belly, 1, 'KGM']]);
    const answer = house.capture([sound, events.declareWrong(ofZhao, hour(2))], supplierWang);
    expect(answer).toMatchObject({ status: 'refused', accepted: 0, refused: 1, captureId: undefined });
    expect(answer.events.map(({ status }) => status)).toEqual(['not_stored', 'refused']);
    expect(lotByCode(house.db, belly)).toBeUndefined();
    expect(entriesOf(house)).toHaveLength(1);
  });

  it('says the same of one that could not be read whole', () => {
    const house = openChainHouse();
    const sound = events.commission(hour(1), wholesaler, [[belly, 1, 'KGM']]);
    const answer = house.capture([sound, { ...sound, action: 'PUT' }]);
    expect(answer).toMatchObject({ status: 'refused', accepted: 0, refused: 1, captureId: undefined });
    expect(answer.events.map(({ status }) => status)).toEqual(['not_stored', 'refused']);
    expect(lotByCode(house.db, belly)).toBeUndefined();
  });
});

it('a capture that breaks takes none of the lots it began into the next one of its group', async () => {
  const house = openChainHouse();
  const group = openCaptureGroup(house);
  const read = readForCapture(
    documentOf([events.commission(hour(0), wholesaler, [[mince, 1, 'KGM']])]),
    'application/ld+json',
  );
  const broken = { ...read, kept: undefined as never };
  const settled = await Promise.allSettled(
    [broken, read].map((document) => group.capture(document, supplierWang, { onError: 'rollback' })),
  );
  expect(settled.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  expect(scopeOf(house, mince)).toMatchObject([{ lot: mince, site: wholesaler, onHand: 1 }]);
});
