// Publishing a recall from the page: asked once, nobody told for five minutes, and taken back as if nothing had been.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { lotByCode } from '../../../server/trace/lot/lot-store.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { issueDueRecalls } from '../../../server/trace/publish/issue-recalls.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const belly = lotUri(products.belly, 'A07');
const html = { accept: 'text/html' };
const inspector = { as: 'inspector', headers: html } as const;
const owner = { as: 'owner', sites: [places.dingxiang], headers: html } as const;
const form = { code: belly, reason: '抽检发现兽药残留', hours: '24' };

beforeEach(() => {
  server = openTestServer();
  registerPlace(server.deps, { siteId: places.wholesaler, name: '王记鲜肉', kind: 'wholesaler' });
  registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
  const list = [
    events.commission(hour(0), places.wholesaler, [[belly, 30, 'KGM']]),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 12, 'KGM']]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [[belly, 12, 'KGM']]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

const status = () => lotByCode(server.deps.db, belly)?.status;
const text = async (path: string, who: object) => (await server.call(path, who)).text();
const kinds = () => server.db.sqlite.prepare('SELECT kind FROM ledger_entry ORDER BY seq').pluck().all() as string[];
const diner = () => text(new URL(belly).pathname, { headers: html });

async function publish(): Promise<string> {
  const answer = await server.call('/recalls/new', { ...inspector, form: { ...form, step: 'publish' } });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

it('a batch number that several lots carry leads to the lot that was meant', async () => {
  const twin = lotUri(products.carcass, 'A07');
  const list = [events.commission(hour(0), places.wholesaler, [[twin, 8, 'KGM']])];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
  const shown = await text('/recalls/new?code=A07', inspector);
  for (const code of [belly, twin]) expect(shown).toContain(`href="/recalls/new?code=${encodeURIComponent(code)}"`);
  expect(await text(`/recalls/new?code=${encodeURIComponent(twin)}`, inspector)).toContain('name="reason"');
});

describe('publishing a recall', () => {
  it('asks once, saying whom it tells and how much there is, and does nothing before the answer', async () => {
    const answer = await server.call('/recalls/new', { ...inspector, form });
    const said = await answer.text();
    expect(answer.status).toBe(200);
    for (const part of ['2 个单位', '王记鲜肉', '鼎香小馆', '30.0', '5 分钟', '抽检发现兽药残留'])
      expect(said).toContain(part);
    expect(status()).toBe('ok');
    expect(server.db.sqlite.prepare('SELECT count(*) FROM recall_plan').pluck().get()).toBe(0);
  });

  it('has its usual reason written in both languages, with its grade and the time the law gives, and keeps them', async () => {
    const shown = await text(`/recalls/new?code=${encodeURIComponent(belly)}&preset=label`, inspector);
    expect(shown).toContain('<option value="3" selected');
    expect(shown).toContain('<option value="72" selected');
    expect(shown).toContain('The label is wrong');
    expect(await text(`/recalls/new?code=${encodeURIComponent(belly)}&preset=toString`, inspector)).not.toContain(
      'native code',
    );
    const graded = { ...form, grade: '3' };
    expect(await text('/recalls/new', { ...inspector, form: graded })).toContain('三级召回');
    const answer = await server.call('/recalls/new', { ...inspector, form: { ...graded, step: 'publish' } });
    const planned = answer.headers.get('location') ?? '';
    const issued = await server.call(`${planned}/issued`, { ...inspector, form: {} });
    const recall = issued.headers.get('location') ?? '';
    expect(await text(recall, inspector)).toContain('三级召回');
    expect(await (await server.call(`/api${recall}`, { as: 'inspector' })).json()).toMatchObject({ grade: 3 });
    expect((await server.call('/recalls/new', { ...inspector, form: { ...form, grade: '4' } })).status).toBe(400);
  });

  it('shows the inspector an answer over the books with both numbers, and one within them without a doubt', async () => {
    const issued = await server.call(`${await publish()}/issued`, { ...inspector, form: {} });
    const recall = issued.headers.get('location') ?? '';
    const answer = (quantity: number) =>
      server.call(`/api${recall}/answers`, { ...owner, json: { action: 'quarantined', quantity, unit: 'kg' } });
    expect((await answer(12)).status).toBe(201);
    expect(await text(recall, inspector)).not.toContain('存疑');
    expect((await answer(8)).status).toBe(201);
    expect(await text(recall, inspector)).toMatch(/存疑：答复合计 20\.0\s[^，]+，台账里经手只有 12\.0\s/);
  });

  it('goes back to the form with everything that was written', async () => {
    const said = await text('/recalls/new', { ...inspector, form: { ...form, step: 'back' } });
    expect(said).toContain('抽检发现兽药残留</textarea>');
    expect(status()).toBe('ok');
  });

  it('holds the lot at once, and tells no holder and no diner of a recall for five minutes', async () => {
    const planned = await publish();
    expect(status()).toBe('held');
    server.clock.pass(5 * 60_000 - 1);
    expect(await issueDueRecalls(server.deps)).toBe(0);
    expect(await text('/my/recalls', owner)).not.toContain('抽检发现兽药残留');
    expect(await diner()).toContain('已封存');
    expect(await diner()).not.toContain('抽检发现兽药残留');
    server.clock.pass(1);
    expect(await issueDueRecalls(server.deps)).toBe(1);
    expect(await issueDueRecalls(server.deps)).toBe(0);
    expect(status()).toBe('recalled');
    expect(await text('/my/recalls', owner)).toContain('抽检发现兽药残留');
    expect(await diner()).toContain('抽检发现兽药残留');
    const gone = await server.call(planned, inspector);
    expect(gone.headers.get('location')).toBe(planned.replace('/planned', ''));
  });

  it('is a job that a stopped server finds again', async () => {
    await publish();
    server.clock.pass(5 * 60_000);
    expect(server.deps.queue.claim(['issue-recalls'], 60_000, 5)).toHaveLength(1);
  });

  it('taken back in time, it tells nobody, frees the lot, and the ledger keeps both', async () => {
    const planned = await publish();
    expect((await server.call(`${planned}/taken-back`, { ...inspector, form: {} })).status).toBe(303);
    server.clock.pass(10 * 60_000);
    expect(await issueDueRecalls(server.deps)).toBe(0);
    expect(status()).toBe('ok');
    expect(await text('/my/recalls', owner)).not.toContain('抽检发现兽药残留');
    expect(await text(planned, inspector)).toContain('没有通知任何单位');
    expect(kinds()).toEqual(expect.arrayContaining(['recall-planned', 'recall-taken-back']));
    expect(kinds()).not.toContain('recall');
    await publish();
  });

  it('taken back, a lot that was on hold before stays on hold', async () => {
    const lot = lotByCode(server.deps.db, belly);
    await server.call(`/api/lots/${lot?.id}/held`, { as: 'inspector', json: { reason: '等待复检' } });
    const planned = await publish();
    await server.call(`${planned}/taken-back`, { ...inspector, form: {} });
    expect(status()).toBe('held');
  });

  it('cannot be taken back once it is out, nor published twice', async () => {
    const planned = await publish();
    const again = await server.call('/recalls/new', { ...inspector, form: { ...form, step: 'publish' } });
    expect(await again.text()).toContain(planned);
    expect((await server.call('/api/recalls', { as: 'inspector', json: form })).status).toBe(409);
    expect((await server.call(`${planned}/issued`, { ...inspector, form: {} })).status).toBe(303);
    expect(status()).toBe('recalled');
    expect((await server.call(`${planned}/taken-back`, { ...inspector, form: {} })).status).toBe(409);
    expect(status()).toBe('recalled');
  });

  it('is not for holders to see, to send or to take back', async () => {
    const planned = await publish();
    expect((await server.call(planned, owner)).status).toBe(403);
    expect((await server.call(`${planned}/taken-back`, { ...owner, form: {} })).status).toBe(403);
  });
});
