// Documents that make every kind of row of the graph: boxes told of late, sales taken back, repeats, and what is said of others' places.
import type { Caller } from '../../server/accounts/caller.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { decideClaim } from '../../server/trace/claim/decide-claim.ts';
import { registerLot } from '../../server/trace/lot/register-lot.ts';
import { registerPlace, registerProduct } from '../../server/trace/place/register-place.ts';
import { caseUri, documentOf, events, hour, type Json, lotUri, places, products } from './cast.ts';
import { type Cast, person } from './kitchen-cast.ts';
import type { TestServer } from './server.ts';

type ChainHouse = TestServer & { readonly cast: Cast };

/** What is captured here is what `graphRules` is held against: another document here asks for another digest there. */
export function playChain({ deps, cast }: ChainHouse): void {
  const capture = (
    list: Parameters<typeof documentOf>[0],
    onError: 'rollback' | 'proceed' = 'rollback',
    caller: Caller | null = null,
  ) => captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), caller, { onError });
  registerPlace(deps, { siteId: places.wholesaler, name: '王记批发', nameEn: 'Wang wholesale', kind: 'wholesaler' });
  registerProduct(deps, { gtin: products.belly, name: '五花肉', unit: 'KGM', coldChain: { minC: 0, maxC: 4 } });
  const belly = lotUri(products.belly, 'B1');
  const [mince, prawn] = [lotUri(products.mince, 'M1'), lotUri(products.prawn, 'P1')];
  const wrong = events.sell(hour(9), places.dingxiang, [[belly, 3, 'KGM']]);
  const report = { type: 'Temperature', time: new Date(hour(2)).toISOString(), value: 7.5, uom: 'CEL' };
  capture([
    events.commission(hour(0), places.wholesaler, [[belly, 40, 'KGM']], {
      ilmd: { 'cbvmda:productionDate': '2026-11-19', 'cbvmda:itemExpirationDate': '2026-11-28' },
      bizTransactionList: [{ type: 'po', bizTransaction: 'urn:epcglobal:cbv:bt:0614141073467:A1' }],
    }),
    events.pack(hour(1), places.wholesaler, caseUri(1), [[belly, 20, 'KGM']]),
    events.ship(hour(2), places.wholesaler, places.dingxiang, [], {
      epcList: [caseUri(1)],
      sensorElementList: [{ sensorReport: [report] }],
    }),
    events.receive(hour(3), places.dingxiang, places.wholesaler, [], { epcList: [caseUri(1)] }),
    events.receive(hour(3), places.haiwei, undefined, [[prawn, 5, 'KGM']]),
    {
      ...events.commission(hour(0), places.wholesaler, []),
      epcList: [`https://id.gs1.org/01/${products.prawn}/10/P1/21/7`],
    },
    wrong,
  ]);
  // A box told of late, a wrong sale taken back, a repeat, one event that cannot be read, goods without a batch.
  capture([events.pack(hour(1.5), places.wholesaler, caseUri(1), [[prawn, 2, 'KGM']])]);
  capture([events.declareWrong(wrong, hour(10)), wrong]);
  capture(
    [
      events.transform(hour(11), places.dingxiang, [[belly, 10, 'KGM']], [[mince, 12, 'KGM']]),
      { ...events.sell(hour(12), places.dingxiang, [[mince, 1, 'KGM']]), eventTime: 'yesterday' },
      events.observe(hour(12), places.haiwei, [[`https://id.gs1.org/01/${products.prawn}`, 5, 'KGM']]),
    ],
    'proceed',
    cast.admin,
  );
  registerLot(
    deps,
    {
      code: '荷塘-2026-7',
      origin: '荷塘农场',
      batch: '7',
      product: '青菜',
      quantity: 30,
      unit: 'kg',
      producedAt: '2026-11-20',
      flow: [
        {
          from: '荷塘农场',
          to: places.dingxiang,
          at: '2026-11-20T09:00:00+08:00',
          receivedAt: '2026-11-20T11:00:00+08:00',
        },
      ],
      certificates: [{ kind: 'quarantine', number: 'Q-1', issuer: '农检站' }],
    },
    cast.admin,
  );
}

/** Things said of others' places: one confirmed by the place saying it too, one accepted, one denied, one still open. */
export function playClaims({ deps, db, cast }: ChainHouse): void {
  const stranger = person(deps, 'partner', 'zhao', ['local:elsewhere']);
  const holder = person(deps, 'partner', 'haiwei', [places.haiwei]);
  const said = (batch: string) =>
    events.commission(hour(20), places.haiwei, [[lotUri(products.prawn, batch), 5, 'KGM']]);
  const capture = (list: readonly Json[], caller: Caller) =>
    captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), caller, { onError: 'proceed' });
  capture(['C1', 'C2', 'C3', 'C4', 'C5'].map(said), stranger);
  capture([said('N1'), said('C1'), said('N2')], holder);
  capture([said('C5')], holder);
  const claims = db.sqlite
    .prepare('SELECT event_id FROM event_claim WHERE decision IS NULL ORDER BY event_id')
    .pluck()
    .all();
  const [second = 0, third = 0] = claims as number[];
  decideClaim(deps, second, 'confirm', { ...cast.admin, role: 'inspector' });
  decideClaim(deps, third, 'deny', holder);
}
