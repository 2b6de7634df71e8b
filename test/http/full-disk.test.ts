// Everywhere a write is taken, a full disk answers 507 with what to do and changes nothing; the same is taken once there is room.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordSample } from '../../server/kitchen/sample/record-sample.ts';
import { readForCapture } from '../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../server/trace/lot/lot-store.ts';
import { registerPlace } from '../../server/trace/place/register-place.ts';
import { documentOf, events, hour, lotUri, places, products } from '../support/cast.ts';
import { type Cast, frameOf, openCast, scriptedEye, seen } from '../support/kitchen-cast.ts';
import { countsOf } from '../support/old-schema.ts';
import { createAccount, usualPassword } from '../support/people.ts';
import { type CallOptions, openTestServer, origin, type TestServer } from '../support/server.ts';

const belly = lotUri(products.belly, 'A07');
const html = { accept: 'text/html' };
const cook = { as: 'owner', sites: [places.dingxiang] } as const;
const wang = { as: 'partner', sites: [places.wholesaler] } as const;

let server: TestServer;
let cast: Cast;
let disk: { isFull: boolean };
beforeEach(async () => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  registerPlace(server.deps, { siteId: places.wholesaler, name: '王记鲜肉', kind: 'wholesaler' });
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  const list = [
    events.commission(hour(0), places.wholesaler, [[belly, 30, 'KGM']]),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 6, 'KGM']]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
  await createAccount(
    server.db,
    { login: 'lin', name: '林佳宁', role: 'reviewer', sites: [], password: usualPassword },
    'test',
    1,
  );
  for (let frame = 0; frame < 3; frame++) {
    server.clock.pass(30_000);
    recordSample(
      server.deps,
      await frameOf(cast.camera, { at: server.clock.now(), detections: [seen('no_mask', 0.87)] }),
    );
  }
  disk = fullAtWill(server);
});
afterEach(() => {
  disk.isFull = false;
});

/** As on a full disk: whatever is written is undone when it is to be kept. (A disk that is really full is in test/reliability.) */
function fullAtWill({ db: { sqlite } }: TestServer): { isFull: boolean } {
  const state = { isFull: false };
  const real = sqlite.transaction.bind(sqlite) as unknown as (
    work: (...given: unknown[]) => unknown,
  ) => Record<string, unknown>;
  const noRoom = () => {
    throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
  };
  const transaction = (work: (...given: unknown[]) => unknown) => {
    const runs = real((...given) => {
      const result = work(...given);
      return state.isFull && !nested ? noRoom() : result;
    });
    let nested = false;
    const from = (run: unknown) =>
      function (this: unknown, ...given: unknown[]) {
        nested = sqlite.inTransaction;
        return (run as (...all: unknown[]) => unknown).apply(this, given);
      };
    return Object.assign(from(runs), { immediate: from(runs['immediate']), deferred: from(runs['deferred']) });
  };
  Object.assign(sqlite, { transaction });
  return state;
}

type Write = readonly [what: string, path: (id: Ids) => string, options: CallOptions | ((id: Ids) => CallOptions)];
type Ids = { readonly lot: number; readonly shop: string };

const delivery = { at: '2026-11-22T10:30:00+08:00', boxes: [{ code: belly, quantity: 6, unit: 'KGM' }] };
const shop = {
  name: '海味馆',
  licence: 'JY23309020041827',
  address: '荷塘路 20 号',
  opensAt: '08:00',
  closesAt: '22:00',
};
const camera = { place: '切配区', kind: 'rtsp', url: 'rtsp://192.0.2.15/stream1', sampleEverySeconds: 30 };
const shipment = {
  at: '2026-11-22T11:05:00+08:00',
  way: 'ship',
  to: '鼎香小馆',
  'lines.0.code': belly,
  'lines.0.quantity': '12',
  'lines.0.unit': 'KGM',
};
const captured = new Uint8Array(
  documentOf([events.commission(hour(2), places.wholesaler, [[lotUri(products.belly, 'B1'), 3, 'KGM']])]),
);

const writes: readonly Write[] = [
  ['a sign-in', () => '/sign-in', { form: { login: 'lin', password: usualPassword }, headers: { ...html, origin } }],
  [
    'a captured document',
    () => '/epcis/capture',
    { ...wang, method: 'POST', body: captured, headers: { 'content-type': 'application/ld+json' } },
  ],
  [
    'a lot',
    () => '/api/lots',
    { ...wang, json: { origin: '云溪', batch: 'A21', product: '五花肉', quantity: 3, unit: 'kg' } },
  ],
  [
    'a lot from a form',
    () => '/lots/new',
    { ...wang, form: { origin: '云溪', batch: 'A22', product: '五花肉', quantity: '3', unit: 'kg' }, headers: html },
  ],
  ['a hold', ({ lot }) => `/api/lots/${lot}/held`, { as: 'inspector', json: { reason: '等待复检' } }],
  [
    'a laboratory test',
    ({ lot }) => `/api/lots/${lot}/tests`,
    { as: 'inspector', json: { subject: '恩诺沙星', result: 'failed' } },
  ],
  ['a recall', () => '/api/recalls', { as: 'inspector', json: { code: belly, reason: '兽药残留超标' } }],
  ['a receipt', () => '/api/receipts', { ...cook, json: delivery }],
  ['goods scanned out', () => '/ship', { ...wang, form: shipment, headers: html }],
  [
    'a rule of findings',
    () => '/findings/rules',
    { as: 'inspector', form: { lossPercent: '40', transitHours: '48', nearDays: '3' }, headers: html },
  ],
  ['a named query', () => '/epcis/queries', { ...wang, json: { name: 'pigs', query: { eventType: ['ObjectEvent'] } } }],
  ['a verdict', () => '/api/flags/1/verdict', { as: 'reviewer', json: { decision: 'confirmed' } }],
  ['a restaurant', () => '/api/restaurants', { as: 'owner', json: shop }],
  ['a camera', () => '/api/cameras', ({ shop: siteId }) => ({ as: 'admin', json: { ...camera, siteId } })],
  ['a data set', () => '/api/datasets', { as: 'admin', json: { reason: '训练口罩模型' } }],
  [
    'a webhook’s network',
    () => '/subscriptions/networks',
    { as: 'admin', form: { network: '192.0.2.0/24', port: '443' }, headers: html },
  ],
];

describe('on a full disk', () => {
  it.each(writes)(
    '%s is answered with 507 and changes nothing, and is taken once there is room',
    async (_what, path, given) => {
      const ids = { lot: lotByCode(server.db, belly)?.id ?? 0, shop: cast.restaurant.siteId };
      const options = typeof given === 'function' ? given(ids) : given;
      // The token of whoever asks is made while there is room.
      if (options.as !== undefined) server.tokenOf(options.as, options.sites);
      const before = countsOf(server.db);
      disk.isFull = true;
      const refused = await server.call(path(ids), options);
      const said = await refused.text();
      expect(refused.status, said).toBe(507);
      expect(said).toMatch(/[Mm]ake room|清理空间/);
      expect(countsOf(server.db)).toEqual(before);
      expect(await (await server.call('/readyz')).json()).toMatchObject({ ready: true, storage: 'full' });
      disk.isFull = false;
      const taken = await server.call(path(ids), options);
      expect(taken.status, await taken.text()).toBeLessThan(400);
      expect(countsOf(server.db)).not.toEqual(before);
      server.clock.pass(10_000);
      expect(await (await server.call('/readyz')).json()).toMatchObject({ storage: 'ok' });
    },
  );
});
