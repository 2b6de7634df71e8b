// Findings over HTTP: the inspector sees all with their rules, a shop its own, everybody in their language.
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { checkChain } from '../../../server/trace/finding/check-chain.ts';
import { findingKinds } from '../../../server/trace/finding/finding.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { textsFor } from '../../../views/text/texts.ts';
import { kindsBySeverity } from '../../../views/trace/finding/finding-severity.ts';
import { findingSaid } from '../../../views/trace/finding/finding-text.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const belly = lotUri(products.belly, 'A07');
const mince = lotUri(products.mince, 'M1');
const html = { accept: 'text/html' };
const owner = { as: 'owner', sites: [places.dingxiang] } as const;

/** Five days on: 6 kg past their date at 鼎香, 4 at the wholesaler; mince that lost three fifths at 海味馆. */
beforeEach(() => {
  server = openTestServer();
  for (const [siteId, name, nameEn] of [
    [places.wholesaler, '王记鲜肉', 'Wang Fresh Meat'],
    [places.dingxiang, '鼎香小馆', 'Dingxiang Bistro'],
    [places.haiwei, '海味馆', 'Haiwei House'],
  ] as const)
    registerPlace(server.deps, { siteId, name, nameEn, kind: 'restaurant' });
  registerProduct(server.deps, { gtin: products.belly, name: '冷鲜五花肉', nameEn: 'Chilled belly', unit: 'KGM' });
  registerProduct(server.deps, { gtin: products.mince, name: '肉馅', nameEn: 'Mince', unit: 'KGM' });
  const until = { ilmd: { 'cbvmda:itemExpirationDate': '2026-11-23' } };
  const list = [
    events.commission(hour(0), places.wholesaler, [[belly, 10, 'KGM']], until),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[belly, 6, 'KGM']]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [[belly, 6, 'KGM']]),
    events.commission(hour(1), places.haiwei, [[lotUri(products.pig, 'P1'), 10, 'KGM']]),
    events.transform(hour(2), places.haiwei, [[lotUri(products.pig, 'P1'), 10, 'KGM']], [[mince, 4, 'KGM']]),
  ];
  server.clock.pass(5 * 86_400_000);
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
  checkChain(server.deps);
});

const pageOf = async (path: string, who: object) => (await server.call(path, { ...who, headers: html })).text();

describe('the list', () => {
  it('tells an inspector every place with its quantity, in both languages', async () => {
    const chinese = await pageOf('/findings', { as: 'inspector' });
    for (const said of [
      '鼎香小馆',
      '王记鲜肉',
      '海味馆',
      '还有 6.0\u00a0kg，2026-11-23 已到期',
      '损耗 60%（上限 50%）',
    ])
      expect(chinese).toContain(said);
    const english = await pageOf('/findings?lang=en', { as: 'inspector' });
    for (const said of ['Dingxiang Bistro', '6.0\u00a0kg left, use-by date was 2026-11-23', '60% lost (50% allowed)'])
      expect(english).toContain(said);
  });

  it('tells a shop its own and nobody else’s', async () => {
    const mine = await pageOf('/my/findings', owner);
    expect(mine).toContain('还有 6.0');
    for (const other of ['王记鲜肉', '海味馆', '判定标准']) expect(mine).not.toContain(other);
    const api = (await (await server.call('/api/findings', owner)).json()) as { findings: { site: string }[] };
    expect(api.findings.map(({ site }) => site)).toEqual([places.dingxiang]);
    expect((await server.call('/findings', owner)).status).toBe(403);
  });

  it('begins with what is worst, and is searched by either name of a place or product', async () => {
    const kinds = (page: string) => [...page.matchAll(/class="badge (overdue|due)"/g)].map(([, tone]) => tone);
    const all = await pageOf('/findings', { as: 'inspector' });
    expect(kinds(all)).toEqual([...kinds(all)].sort().reverse());
    expect(new Set(kinds(all)).size).toBe(2);
    expect([...kindsBySeverity].sort()).toEqual([...findingKinds].sort());
    const found = await pageOf('/findings?q=dingxiang belly', { as: 'inspector' });
    expect([found.includes('鼎香小馆'), found.includes('海味馆')]).toEqual([true, false]);
    const nothing = await pageOf('/findings?q=豆腐', { as: 'inspector' });
    expect([nothing.includes('没有找到：'), nothing.includes('没有异常')]).toEqual([true, false]);
  });

  it('narrows to one kind', async () => {
    const losses = await pageOf('/findings?kind=loss', { as: 'inspector' });
    expect(losses).toContain('损耗 60%');
    expect(losses).not.toContain('还有 6.0');
    expect((await server.call('/findings?kind=nonsense&before=-1', { as: 'inspector' })).status).toBe(200);
  });

  it('also stands on the lot’s own page and at the bench', async () => {
    const lotId = server.db.sqlite.prepare('SELECT id FROM lot WHERE code = ?').pluck().get(belly);
    expect(await pageOf(`/lots/${lotId}`, { as: 'inspector' })).toContain('鼎香小馆 · 还有 6.0');
    expect(await pageOf(`/trace?code=${encodeURIComponent(belly)}`, { as: 'inspector' })).toContain('已到期');
  });
});

describe('rules', () => {
  const save = (form: Record<string, string>) =>
    server.call('/findings/rules', { as: 'inspector', form, headers: html });

  it('of a product close and open findings at once', async () => {
    expect((await save({ product: products.mince, lossPercent: '70' })).status).toBe(303);
    expect(await pageOf('/findings', { as: 'inspector' })).not.toContain('损耗 60%');
    expect((await save({ product: products.mince, lossPercent: '30' })).status).toBe(303);
    expect(await pageOf('/findings', { as: 'inspector' })).toContain('损耗 60%（上限 30%）');
  });

  it.each([
    [{ product: '06901234567892', lossPercent: '30' }, '没有登记过这个产品'],
    [{ lossPercent: '130' }, '太大'],
    [{ transitHours: 'soon' }, '要填，或格式不对'],
  ])('are refused when they make no sense: %j', async (form, said) => {
    const refused = await save(form as unknown as Record<string, string>);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(said);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM finding_rule').pluck().get()).toBe(0);
  });

  it('are for inspectors and administrators', async () => {
    expect((await server.call('/findings/rules', { ...owner, form: { lossPercent: '10' } })).status).toBe(403);
  });
});

describe('words', () => {
  it('every kind of finding has its name and its sentence in both languages', () => {
    const values = { received: 1, left: 2, lowest: -1, difference: -1, missing: 'receipt', amount: 3, unit: 'KGM' };
    const more = {
      amountIn: 10,
      amountOut: 4,
      allowed: 0.5,
      times: 1,
      minutes: 3,
      worstC: 9,
      onHand: 2,
      expiresAt: 1e12,
      days: 1,
      order: 7,
      pair: 'goods_invoice',
      goods: 12_000,
      invoiced: 11_000,
      paid: 0,
    };
    for (const lang of ['zh-CN', 'en'] as const) {
      const words = textsFor(lang);
      for (const kind of findingKinds) {
        expect(words.trace.findings[kind], `${lang} ${kind}`).toBeDefined();
        const said = findingSaid(words, { kind, values: { ...values, ...more, code: 'x' } });
        expect(said, `${lang} ${kind}`).not.toBe('');
        expect(said).not.toMatch(/undefined|NaN/);
      }
    }
  });
});
