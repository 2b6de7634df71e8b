// What state a lot is in: every page that shows it says the same, whatever is kept of the lot itself.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { startRecall } from '../../../server/trace/recall/start-recall.ts';
import { lotStateOf } from '../../../server/trace/state/lot-state-store.ts';
import { documentOf, events, hour, inspector, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const belly = lotUri(products.belly, 'B14');
const mince = lotUri(products.mince, 'M03');
const prawn = lotUri(products.prawn, 'P1');
const asInspector = { as: 'inspector', headers: { accept: 'text/html' } } as const;

/** Mince is made of belly at the wholesaler's and shipped to 鼎香; prawns have a use-by of the 23rd. */
beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.farm, name: '禾丰养殖场', kind: 'farm' });
  registerPlace(server.deps, { siteId: places.wholesaler, name: '王记鲜肉', kind: 'wholesaler' });
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  for (const [gtin, name] of [
    [products.belly, '五花肉'],
    [products.mince, '肉馅'],
    [products.prawn, '明虾'],
  ] as const)
    registerProduct(server.deps, { gtin, name, unit: 'KGM' });
  const list = [
    events.commission(hour(0), places.farm, [[belly, 30, 'KGM']]),
    events.ship(hour(1), places.farm, places.wholesaler, [[belly, 30, 'KGM']]),
    events.receive(hour(2), places.wholesaler, places.farm, [[belly, 30, 'KGM']]),
    events.transform(hour(3), places.wholesaler, [[belly, 30, 'KGM']], [[mince, 28, 'KGM']]),
    events.ship(hour(4), places.wholesaler, places.dingxiang, [[mince, 10, 'KGM']]),
    events.receive(hour(5), places.dingxiang, places.wholesaler, [[mince, 10, 'KGM']]),
    events.commission(hour(0), places.wholesaler, [[prawn, 5, 'KGM']], {
      ilmd: { 'cbvmda:itemExpirationDate': '2026-11-23' },
    }),
  ];
  server.clock.pass(hour(6) - server.deps.clock());
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

const lotOf = (code: string) => {
  const lot = lotByCode(server.deps.db, code);
  if (lot === undefined) throw new Error(`No lot ${code}`);
  return lot;
};
const read = async (path: string, who: object = asInspector) =>
  (await server.call(path, { headers: { accept: 'text/html' }, ...who })).text();

/** Every page of the house that shows the state of this lot. */
async function pagesOf(code: string): Promise<Record<string, string>> {
  const lot = lotOf(code);
  const rows = (await read('/lots')).split('<tr').filter((row) => row.includes(`/lots/${lot.id}"`));
  return {
    bench: await read(`/trace?code=${encodeURIComponent(code)}`),
    list: rows.join(''),
    record: await read(`/lots/${lot.id}`),
    compare: await read(`/trace/compare?lot=${encodeURIComponent(code)}`),
    diner: await read(new URL(code).pathname, { headers: { accept: 'text/html' } }),
  };
}

describe('a lot made from a recalled one', () => {
  it('is said to be in a recall on the bench, in the list, on its record, when compared and to the diner', async () => {
    startRecall(server.deps, { lotId: lotOf(belly).id, reason: '兽药残留' }, inspector);
    for (const [name, html] of Object.entries(await pagesOf(mince))) expect(html, name).toContain('涉及召回');
    expect((await pagesOf(mince))['list']).not.toContain('正常');
    expect((await pagesOf(belly))['list']).toContain('召回中');
  });
});

describe('a lot with a use-by day', () => {
  it.each([
    ['2026-11-20T12:00:00+08:00', 'ok', '正常'],
    ['2026-11-23T22:00:00+08:00', 'near', '临期'],
    ['2026-11-24T00:30:00+08:00', 'expired', '过期'],
  ] as const)('at %s is %s for everybody', async (time, state, said) => {
    server.clock.pass(Date.parse(time) - server.deps.clock());
    expect(lotStateOf(server.deps.db, lotOf(prawn), server.deps.clock())).toBe(state);
    const { list, record, bench } = await pagesOf(prawn);
    for (const html of [list, record, bench]) expect(html).toContain(said);
    const diner = (await pagesOf(prawn))['diner'] ?? '';
    expect(diner.includes(said) || state === 'ok').toBe(true);
  });

  it('is found by the state that its badge shows, and by no other', async () => {
    server.clock.pass(Date.parse('2026-11-24T00:30:00+08:00') - server.deps.clock());
    const row = `/lots/${lotOf(prawn).id}"`;
    expect(await read('/lots?status=expired')).toContain(row);
    expect(await read('/lots?status=ok')).not.toContain(row);
  });
});

describe('on the bench, in both directions', () => {
  it('what was made from the asked lot is downstream, and the farm it came from upstream, whatever the drawing ranks', async () => {
    const html = await read(`/trace?code=${encodeURIComponent(belly)}&direction=both`);
    const table = html.slice(html.indexOf('id="holders"'));
    const rows = table.split('<tr').slice(1);
    const stepOf = (lot: string, place: string) =>
      rows.find((row) => row.includes(lot) && row.includes(place))?.match(/(本批|[上下]游 \d+)/)?.[1];
    expect(stepOf('M03', '王记鲜肉')).toMatch(/^下游/);
    expect(stepOf('M03', '鼎香小馆')).toMatch(/^下游/);
    expect(stepOf('B14', '禾丰养殖场')).toBe('本批');
    expect(table).not.toContain('上游');
  });

  it('every line tells its unit, and the asked lot is drawn in its own colour until it is recalled', async () => {
    const html = await read(`/trace?code=${encodeURIComponent(belly)}`);
    const amounts = [...html.matchAll(/<text class="qty"[^>]*>([^<]*)</g)].map(([, said]) => said ?? '');
    expect(amounts.length).toBeGreaterThan(0);
    expect(amounts.filter((said) => !/[\d.]+\s?(kg|件)$/.test(said.replace('&nbsp;', ' ')))).toEqual([]);
    expect(html).toContain('class="node here"');
    startRecall(server.deps, { lotId: lotOf(belly).id, reason: '兽药残留' }, inspector);
    expect(await read(`/trace?code=${encodeURIComponent(belly)}`)).toContain('class="node here is-bad"');
  });
});
