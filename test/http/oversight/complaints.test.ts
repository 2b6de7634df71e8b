// A diner reports a problem from a lot's page; an inspector looks, answers, shows it to the shop; programs are kept out.
import sharp from 'sharp';
import { beforeEach, describe, expect, it } from 'vitest';
import { evidenceChecks } from '../../../server/evidence.ts';
import { verifyLedger } from '../../../server/ledger/verify.ts';
import { readForCapture } from '../../../server/trace/capture/capture-document.ts';
import { captureDocument } from '../../../server/trace/capture/capture-events.ts';
import { registerPlace, registerProduct } from '../../../server/trace/place/register-place.ts';
import { documentOf, events, hour, lotUri, places, products } from '../../support/cast.ts';
import { busyPhoto, detailOf } from '../../support/faces.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const code = lotUri(products.belly, 'A07');
const lotPage = `/01/${products.belly}/10/A07`;
const html = { accept: 'text/html' };
const owner = { as: 'owner', sites: [places.dingxiang] } as const;
const story = '五花肉有酸味，孩子吃后呕吐。';

beforeEach(() => {
  server = openTestServer();
  for (const [siteId, name] of [
    [places.wholesaler, '王记鲜肉'],
    [places.dingxiang, '鼎香小馆'],
  ] as const)
    registerPlace(server.deps, { siteId, name, kind: 'restaurant' });
  registerProduct(server.deps, { gtin: products.belly, name: '冷鲜五花肉', nameEn: 'Chilled belly', unit: 'KGM' });
  const list = [
    events.commission(hour(0), places.wholesaler, [[code, 10, 'KGM']]),
    events.ship(hour(1), places.wholesaler, places.dingxiang, [[code, 6, 'KGM']]),
    events.receive(hour(2), places.dingxiang, places.wholesaler, [[code, 6, 'KGM']]),
  ];
  captureDocument(server.deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
});

const textOf = async (path: string, who: object = {}) => (await server.call(path, { ...who, headers: html })).text();

/** Opens the form as a diner does, waits, and returns its ticket. */
async function opened(waitMs = 20_000): Promise<string> {
  const page = await textOf(`/reports/new?code=${encodeURIComponent(lotPage)}`);
  server.clock.pass(waitMs);
  return /name="ticket" value="([^"]+)"/.exec(page)?.[1] ?? '';
}

async function send(fields: Record<string, string | File>): Promise<Response> {
  const ticket = typeof fields['ticket'] === 'string' ? fields['ticket'] : await opened();
  const body = new FormData();
  const usual = { code: lotPage, at: '', kind: 'spoiled', words: story, when: '2026-11-21', ticket };
  for (const [name, value] of Object.entries({ ...usual, ...fields })) body.set(name, value);
  return server.call('/reports', { body, method: 'POST', headers: html });
}

const count = () => server.db.sqlite.prepare('SELECT count(*) FROM complaint').pluck().get();
const act = (form: Record<string, string>) =>
  server.call('/complaints/1/steps', { as: 'inspector', form, headers: html });

describe('a diner', () => {
  it('finds the form on the lot’s page and gets an address that says what became of it', async () => {
    const link = /href="(\/reports\/new\?[^"]+)"/.exec(await textOf(lotPage))?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(await textOf(link)).toContain('冷鲜五花肉');
    const sent = await send({});
    expect(sent.status).toBe(303);
    const receipt = sent.headers.get('location') ?? '';
    expect(receipt).toMatch(/^\/reports\/[0-9a-f-]{36}$/);
    const page = await textOf(receipt);
    expect(page).toContain('已收到');
    expect(page).not.toContain(story);
    expect(await textOf(`${receipt}?lang=en`)).toContain('Spoiled, or a strange smell');
    expect((await server.call('/reports/00000000-0000-0000-0000-000000000000', { headers: html })).status).toBe(404);
  });

  it('is told every fault at its field and keeps what was typed', async () => {
    const refused = await send({ kind: '', words: 'x', when: '2031-01-01' });
    expect(refused.status).toBe(400);
    const page = await refused.text();
    for (const said of ['选一项', '至少写 5 个字', '最近 90 天内']) expect(page).toContain(said);
    expect(count()).toBe(0);
  });

  it('standing at a shop’s door scans its code and reports the shop itself, without any lot', async () => {
    const door = `/414/${places.dingxiang}`;
    const page = await textOf(door);
    for (const said of ['鼎香小馆', '没有正在召回', '反映问题']) expect(page).toContain(said);
    const link = /href="(\/reports\/new\?[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await textOf(link);
    expect(form).toContain('鼎香小馆');
    const ticket = /name="ticket" value="([^"]+)"/.exec(form)?.[1] ?? '';
    server.clock.pass(20_000);
    const sent = await send({ code: door, ticket, kind: 'hygiene', words: '后厨门口有老鼠跑过。' });
    expect(sent.status).toBe(303);
    expect(await textOf(sent.headers.get('location') ?? '')).toContain(`href="${door}"`);
    expect(server.db.sqlite.prepare('SELECT lot_id, site_id FROM complaint').get()).toEqual({
      lot_id: 0,
      site_id: places.dingxiang,
    });
    // A ticket of the shop's form is none for a lot's, and a place nobody registered has no form.
    expect((await send({ ticket, kind: 'hygiene' })).status).toBe(400);
    expect((await server.call('/reports/new?code=/414/6900000000007', { headers: html })).status).toBe(404);
  });

  it('may send the same form twice: it is one complaint', async () => {
    const ticket = await opened();
    const [first, second] = [await send({ ticket }), await send({ ticket })];
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(count()).toBe(1);
  });

  it('sends a photo that is kept without its metadata, and only an inspector opens it, by the page’s address', async () => {
    const jpeg = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#557799' } })
      .withExif({ IFD0: { Copyright: 'secret place' } })
      .jpeg()
      .toBuffer();
    expect((await send({ photo: new File([Uint8Array.from(jpeg)], 'p.jpg', { type: 'image/jpeg' }) })).status).toBe(
      303,
    );
    const page = await textOf('/complaints/1', { as: 'inspector' });
    const href = /src="(\/complaints\/1\/photos\/[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const photo = await server.call(href, { as: 'inspector' });
    expect(photo.status).toBe(200);
    const kept = await sharp(Buffer.from(await photo.arrayBuffer())).metadata();
    expect([kept.width, kept.exif]).toEqual([300, undefined]);
    expect((await server.call(href.split('?')[0] ?? '', { as: 'inspector' })).status).toBe(404);
    expect((await server.call(href, owner)).status).toBe(403);
    expect((await server.call(href)).status).toBe(401);
    server.clock.pass(600_000);
    expect((await server.call(href, { as: 'inspector' })).status).toBe(404);
  });

  it('whose photo nobody could look at yet is shown to an inspector as colours alone, until they write down why', async () => {
    const jpeg = await busyPhoto();
    await send({ photo: new File([Uint8Array.from(jpeg)], 'p.jpg', { type: 'image/jpeg' }) });
    const page = await textOf('/complaints/1', { as: 'inspector' });
    const href = /src="(\/complaints\/1\/photos\/[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const bytes = async (path: string) => {
      const answer = await server.call(path, { as: 'inspector' });
      return Buffer.from(await answer.arrayBuffer());
    };
    expect(await detailOf(await bytes(href))).toBeLessThan((await detailOf(jpeg)) / 20);
    const hash = /photos\/([0-9a-f]{64})/.exec(href)?.[1];
    const form = { reason: '核实投诉' };
    const opened = await server.call(`/pictures/${hash}/openings`, { as: 'inspector', form });
    expect(await detailOf(await bytes(opened.headers.get('location')!))).toBeGreaterThan((await detailOf(jpeg)) / 2);
  });

  it('whose file is no picture is told so', async () => {
    const refused = await send({ photo: new File(['no picture'], 'p.jpg', { type: 'image/jpeg' }) });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('这不是图片');
    expect(count()).toBe(0);
  });
});

describe('a program', () => {
  it.each([
    ['that fills the hidden field', { website: 'http://spam.example' }, '有一栏应当留空'],
    ['that advertises', { words: 'buy http://a.example and http://b.example now' }, '网址太多'],
    ['that makes its own ticket', { ticket: 'abc-0123456789abcdef0123456789abcdef' }, '页面已失效'],
    ['without a ticket', { ticket: '' }, '页面已失效'],
  ])('%s is refused', async (_what, fields, said) => {
    const refused = await send(fields as unknown as Record<string, string>);
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain(said);
    expect(count()).toBe(0);
  });

  it('that is faster than a person waits a little and is taken, and one that comes back the next day is refused', async () => {
    expect((await send({ ticket: await opened(500) })).status).toBe(303);
    expect(server.waits).toEqual([3_000]);
    expect((await send({ ticket: await opened(13 * 3_600_000), when: '2026-11-22' })).status).toBe(400);
    expect(count()).toBe(1);
  });

  it('may not use one lot’s ticket for another', async () => {
    captureDocument(
      server.deps,
      readForCapture(
        documentOf([events.commission(hour(0), places.wholesaler, [[lotUri(products.mince, 'M1'), 1, 'KGM']])]),
        'application/ld+json',
      ),
      null,
      { onError: 'rollback' },
    );
    expect((await send({ ticket: await opened(), code: `/01/${products.mince}/10/M1` })).status).toBe(400);
    expect((await send({ ticket: await opened(), code: '/01/06901234567892/10/NO' })).status).toBe(404);
  });

  it('is stopped after five from one address', async () => {
    const statuses = [];
    for (let turn = 0; turn < 7; turn++) statuses.push((await send({ ticket: 'x' })).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429]);
  });
});

describe('an inspector', () => {
  it('sees what waits, looks, answers and closes; the diner reads the answer and not the notes', async () => {
    const receipt = (await send({ contact: '13800000000', place: '鼎香小馆' })).headers.get('location') ?? '';
    expect(await textOf('/complaints?state=new', { as: 'inspector' })).toContain('变质、异味');
    const page = await textOf('/complaints/1', { as: 'inspector' });
    expect(page).toContain('13800000000');
    expect(page).toContain(story);
    expect((await act({ step: 'looked', words: '已联系门店' })).status).toBe(303);
    const empty = await act({ step: 'answered', words: '' });
    expect(empty.status).toBe(400);
    expect(await empty.text()).toContain('先写上给反映人的话');
    expect((await act({ step: 'answered', words: '已封存同批次，正在检验。' })).status).toBe(303);
    const followed = await textOf(receipt);
    expect(followed).toContain('已封存同批次，正在检验。');
    expect(followed).not.toContain('已联系门店');
    expect((await act({ step: 'closed', words: '检验合格。' })).status).toBe(303);
    expect((await act({ step: 'looked', words: '' })).status).toBe(409);
  });

  it('shows it to the shop it is about once linked; the shop sees neither contact nor another’s', async () => {
    await send({ contact: '13800000000' });
    expect((await act({ step: 'published' })).status).toBe(400);
    // The shop that served it stands first, not the wholesaler it came from.
    const [offered] = /<option value="[^"]*"/.exec(await textOf('/complaints/1', { as: 'inspector' })) ?? [];
    expect(offered).toBe(`<option value="${places.dingxiang}"`);
    expect((await act({ step: 'linked', site: places.haiwei })).status).toBe(400);
    expect((await act({ step: 'linked', site: places.dingxiang })).status).toBe(303);
    expect(await textOf('/my/complaints', owner)).not.toContain(story);
    expect((await act({ step: 'published' })).status).toBe(303);
    const mine = await textOf('/my/complaints', owner);
    expect(mine).toContain(story);
    expect(mine).not.toContain('13800000000');
    // Linked to another place, it is shown to nobody there until it is published anew.
    const shown = server.db.sqlite.prepare('SELECT site_id AS site, published_at AS at FROM complaint');
    expect((await act({ step: 'linked', site: places.wholesaler })).status).toBe(303);
    expect(shown.get()).toEqual({ site: places.wholesaler, at: null });
    expect(await textOf('/my/complaints', owner)).not.toContain(story);
    await act({ step: 'linked', site: places.dingxiang });
    await act({ step: 'published' });
    expect(await textOf('/my/complaints', { as: 'owner', sites: [places.haiwei] })).not.toContain(story);
    expect((await act({ step: 'unpublished' })).status).toBe(303);
    expect(await textOf('/my/complaints', owner)).not.toContain(story);
  });

  it('links it at once where the code said the place', async () => {
    await send({ at: places.dingxiang });
    expect(server.db.sqlite.prepare('SELECT site_id FROM complaint').pluck().get()).toBe(places.dingxiang);
    await send({ at: places.haiwei });
    expect(server.db.sqlite.prepare('SELECT site_id FROM complaint WHERE id = 2').pluck().get()).toBeNull();
  });

  it('is the only one who sees the list', async () => {
    for (const as of ['owner', 'partner', 'reviewer'] as const) {
      expect((await server.call('/complaints', { as })).status).toBe(403);
      expect((await server.call('/complaints/1', { as })).status).toBe(403);
    }
  });
});

describe('what is kept', () => {
  it('a contact is sealed, and the ledger holds hashes of words and never the words', async () => {
    await send({ contact: '13800000000' });
    await act({ step: 'answered', words: '已核查，谢谢。' });
    const kept = server.db.sqlite.prepare('SELECT contact FROM complaint').pluck().get() as string;
    expect(kept).not.toContain('13800000000');
    const bodies = server.db.sqlite
      .prepare("SELECT body FROM ledger_entry WHERE kind IN ('complaint', 'complaint-step')")
      .pluck()
      .all() as string[];
    expect(bodies).toHaveLength(2);
    for (const secret of [story, '13800000000', '谢谢']) expect(bodies.join()).not.toContain(secret);
  });

  it.each([
    ['words', "UPDATE complaint SET words = 'all was fine'", 'words of the complaint'],
    ['photo', 'UPDATE complaint SET photo_hash = NULL', 'photo of the complaint'],
    ['step', "UPDATE complaint_step SET words = 'nothing found'", 'step of the complaint'],
    ['complaint', 'DELETE FROM complaint_step; DELETE FROM complaint', 'complaint is gone'],
  ])('whoever changes the %s behind the program’s back is found', async (_what, change, said) => {
    const png = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#557799' } })
      .png()
      .toBuffer();
    await send({ photo: new File([Uint8Array.from(png)], 'p.png', { type: 'image/png' }) });
    await act({ step: 'answered', words: '已核查。' });
    const { db, deps } = server;
    const faults = () =>
      verifyLedger({
        db,
        publicKey: deps.secrets.ledgerPublicKey,
        checks: evidenceChecks(db, deps.config.dataDir),
      }).faults.map(({ detail }) => detail);
    expect(faults()).toEqual([]);
    db.sqlite.exec(change);
    expect(faults().join()).toContain(said);
  });
});
