// The report of a recall: what its page and its paper say, in both languages, so far and as written when it ended.
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeEach, describe, expect, it } from 'vitest';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { writeRecallReport } from '../../../server/trace/report/write-recall-report.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let id: string;
const code = lotUri(products.belly, 'A07');
const html = { accept: 'text/html' };
const noKitchens = () => [];

beforeEach(async () => {
  server = openTestServer();
  for (const [siteId, name, nameEn] of [
    [places.wholesaler, '王记鲜肉', 'Wang Fresh Meat'],
    [places.dingxiang, '鼎香小馆', 'Dingxiang Bistro'],
    // A rare character, as shops and people do have.
    [places.haiwei, '海味馆䶮店', 'Haiwei House'],
  ] as const)
    registerPlace(server.deps, { siteId, name, nameEn, kind: 'restaurant' });
  registerProduct(server.deps, {
    gtin: products.belly,
    name: '冷鲜猪五花肉',
    nameEn: 'Chilled pork belly',
    unit: 'KGM',
  });
  const list = [
    events.commission(hour(0), places.wholesaler, [[code, 100, 'KGM']]),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[code, 24, 'KGM']]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [[code, 24, 'KGM']]),
    events.ship(hour(1), places.wholesaler, places.haiwei, [[code, 31, 'KGM']]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
  const started = await server.call('/api/recalls', {
    as: 'inspector',
    json: { code, reason: '兽药残留超标', reasonEn: 'residue above the limit' },
  });
  id = ((await started.json()) as { id: string }).id;
  server.clock.pass(34 * 60_000);
  await server.call(`/api/recalls/${id}/answers`, {
    as: 'owner',
    sites: [places.dingxiang],
    json: { lines: [{ action: 'destroyed', quantity: 20, unit: 'kg', note: '深埋' }] },
  });
});

async function paperIn(lang: string): Promise<{ text: string; pages: number; bytes: Uint8Array }> {
  const response = await server.call(`/recalls/${id}/report.pdf?lang=${lang}`, { as: 'inspector' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { text, totalPages } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: true });
  return { text: text.replace(/\s+/g, ' '), pages: totalPages, bytes };
}

const close = (form: Record<string, string>) =>
  server.call(`/recalls/${id}/closed`, { as: 'inspector', form, headers: html });

describe('the paper', () => {
  it('can be read back in Chinese: reason, holders with rare characters, quantities, times, proof', async () => {
    const { text } = await paperIn('zh-CN');
    for (const said of ['召回报告 R-2026-0001', '阶段报告', '兽药残留超标', '鼎香小馆', '海味馆䶮店', '王记鲜肉'])
      expect(text).toContain(said);
    for (const said of ['20.0 kg', '34 分钟', '未答复', '80.0 kg 去向不明', '深埋', '根哈希'])
      expect(text).toContain(said);
    expect(text).not.toContain('�');
  });

  it('can be read back in English, with English names', async () => {
    const { text } = await paperIn('en');
    for (const said of [
      'Recall report R-2026-0001',
      'residue above the limit',
      'Dingxiang Bistro',
      '34 min',
      'Destroyed',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('鼎香小馆');
  });

  it('carries only the glyphs it uses', async () => {
    expect((await paperIn('zh-CN')).bytes.length).toBeLessThan(300_000);
  });

  it('names the ledger entries, and their leaves are those of the ledger', async () => {
    const { text } = await paperIn('en');
    const leaves = server.db.sqlite
      .prepare("SELECT lower(hex(leaf_hash)) FROM ledger_entry WHERE kind IN ('recall', 'recall-answer')")
      .pluck()
      .all() as string[];
    expect(leaves).toHaveLength(2);
    for (const leaf of leaves) expect(text).toContain(leaf);
  });
});

describe('ending a recall', () => {
  it('is refused while holders are silent or goods are missing, until somebody says so', async () => {
    const refused = await close({ reason: '全部处置完毕' });
    expect(refused.status).toBe(400);
    const page = await refused.text();
    expect(page).toContain('2 个单位未答复');
    expect(page).toContain('去向不明');
    expect((await close({ reason: '全部处置完毕', accept: 'open' })).status).toBe(303);
  });

  it('writes both papers once, keeps them, and puts their hashes into the ledger', async () => {
    await close({ reason: '全部处置完毕', accept: 'open' });
    const job = server.db.sqlite
      .prepare("SELECT payload FROM job WHERE name = 'recall-report'")
      .pluck()
      .get() as string;
    for (let turn = 0; turn < 2; turn++) await writeRecallReport(server.deps, JSON.parse(job), noKitchens);
    const entries = server.db.sqlite
      .prepare("SELECT body FROM ledger_entry WHERE kind = 'recall-report'")
      .pluck()
      .all();
    expect(entries).toHaveLength(1);
    const { papers } = JSON.parse(entries[0] as string) as { papers: Record<string, string> };
    const { bytes, text } = await paperIn('zh-CN');
    expect(server.deps.blobs.get(papers['zh-CN'] ?? '')?.equals(Buffer.from(bytes))).toBe(true);
    expect(text).toContain('结案报告');
    // What is asked for later is the paper as written, not a new one.
    server.clock.pass(86_400_000);
    expect((await paperIn('zh-CN')).bytes).toEqual(bytes);
  });

  it('of an open recall writes nothing', async () => {
    await writeRecallReport(server.deps, { recallId: 1 }, noKitchens);
    expect(server.db.sqlite.prepare('SELECT count(*) FROM recall_report').pluck().get()).toBe(0);
  });
});

describe('the page', () => {
  it('says the same in both languages', async () => {
    const chinese = await (await server.call(`/recalls/${id}/report`, { as: 'inspector', headers: html })).text();
    for (const said of ['召回范围（按发布时冻结）', '鼎香小馆', '34 分钟']) expect(chinese).toContain(said);
    const english = await (
      await server.call(`/recalls/${id}/report?lang=en`, { as: 'inspector', headers: html })
    ).text();
    for (const said of ['Scope, frozen as issued', 'Dingxiang Bistro', '34 min']) expect(english).toContain(said);
  });

  it('is for inspectors and administrators', async () => {
    for (const as of ['owner', 'partner', 'reviewer'] as const) {
      expect((await server.call(`/recalls/${id}/report`, { as })).status).toBe(403);
      expect((await server.call(`/recalls/${id}/report.pdf`, { as })).status).toBe(403);
    }
  });
});
