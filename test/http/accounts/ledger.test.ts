// The ledger's page: what the witnesses of this ledger have signed, or that there is none.
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { appendEntry } from '../../../server/ledger/append.ts';
import { ledgerKeyOf } from '../../../server/ledger/checkpoint.ts';
import type { NewEntry } from '../../../server/ledger/entry.ts';
import { signatureTypes, verifierKey } from '../../../server/ledger/note.ts';
import { ledgerWitnesses } from '../../../server/ledger/tables.ts';
import { type Db, writeTransaction } from '../../../server/store/db.ts';
import { registerPlace } from '../../../server/trace/place/register-place.ts';
import { places } from '../../support/cast.ts';
import { openTestServer } from '../../support/server.ts';

const { publicKey } = generateKeyPairSync('ed25519');
const witness = verifierKey({ name: 'seen.example', type: signatureTypes.witness, key: publicKey });

it('without a witness it says that whoever holds the machine could rewrite it', async () => {
  const { call } = openTestServer();
  const page = await (await call('/ledger', { as: 'admin', headers: { 'accept-language': 'en' } })).text();
  expect(page).toContain('No witness is set');
  expect(page).not.toContain('refuses to sign');
});

it('a witness that refuses is named, with what has to be done, in both languages', async () => {
  const url = 'http://seen.example:8090';
  const { call, db, clock } = openTestServer({ environment: { WITNESSES: `${witness} ${url}` } });
  db.orm
    .insert(ledgerWitnesses)
    .values({ witness, url, askedAt: clock.now(), since: 1, state: 'refused', detail: '422' })
    .run();
  const pageIn = async (lang: string) =>
    (await call('/ledger', { as: 'inspector', headers: { 'accept-language': lang } })).text();
  expect(await pageIn('en')).toContain('refuses to sign');
  expect(await pageIn('zh-CN')).toContain('拒绝签名');
});

it('hands out its key in the form that witnesses take', async () => {
  const { call, deps } = openTestServer();
  const key = verifierKey(ledgerKeyOf(deps.secrets.ledgerPublicKey));
  expect(await (await call('/api/ledger/verifier-key')).text()).toBe(`${key}\n`);
});

describe('an inspector at the ledger', () => {
  const zh = { as: 'inspector', headers: { accept: 'text/html', 'accept-language': 'zh-CN' } } as const;

  const append = (db: Db, entry: NewEntry) => writeTransaction(db, () => appendEntry(db, entry));

  function openLedger() {
    const server = openTestServer();
    registerPlace(server.deps, { siteId: places.dingxiang, name: '鼎香小馆', kind: 'restaurant' });
    const about = { subject: 'setting/retention', body: { days: 90 }, at: server.clock.now() };
    append(server.db, { kind: 'setting', ...about });
    const read = async (path: string) => (await server.call(path, zh)).text();
    return { ...server, read };
  }

  it('reads what an entry is about by its name, and opens it as a page whose proof was worked out again', async () => {
    const { read } = openLedger();
    const list = await read('/ledger');
    expect(list).toContain(`<a href="/414/${places.dingxiang}">鼎香小馆</a>`);
    expect(list).not.toContain('/api/ledger/entries');
    const seq = /\/ledger\/entries\/(\d+)">场所/.exec(list)?.[1];
    const entry = await read(`/ledger/entries/${seq}`);
    for (const said of ['场所', '鼎香小馆', '已重新核算', `/api/ledger/entries/${seq}`]) expect(entry).toContain(said);
  });

  it('sees that an entry was changed behind the ledger’s back', async () => {
    const { read, db } = openLedger();
    for (const name of db.sqlite
      .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'ledger_entry'")
      .pluck()
      .all())
      db.sqlite.exec(`DROP TRIGGER "${String(name)}"`);
    db.sqlite.exec(`UPDATE ledger_entry SET body = '{"days":9}' WHERE kind = 'setting'`);
    const seq = db.sqlite.prepare("SELECT seq FROM ledger_entry WHERE kind = 'setting'").pluck().get();
    expect(await read(`/ledger/entries/${seq}`)).toContain('这一条被改动过');
  });

  it('finds the entries of one kind, and of one thing, a page at a time', async () => {
    const { read, db, clock } = openLedger();
    const one = await read('/ledger?kind=setting');
    expect(one).toContain('setting/retention');
    expect(one).not.toContain('鼎香小馆');
    for (let i = 0; i < 60; i++)
      append(db, { kind: 'setting', subject: 'setting/other', body: { i }, at: clock.now() });
    const first = await read('/ledger?kind=setting');
    const next = /href="(\/ledger\?[^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect([first.includes('setting/retention'), (await read(next)).includes('setting/retention')]).toEqual([
      false,
      true,
    ]);
    expect(await read(`/ledger?subject=site/${places.dingxiang}`)).not.toContain('setting/other');
    expect(await read('/ledger?kind=no-such')).toContain('没有符合的记录');
  });

  it('reads it from its beginning, of the days they choose, and finds what is named', async () => {
    const { read, db, clock } = openLedger();
    const before = clock.now();
    clock.pass(3 * 86_400_000);
    append(db, { kind: 'setting', subject: 'setting/late', body: {}, at: clock.now() });
    const seqs = (page: string) => [...page.matchAll(/\/ledger\/entries\/(\d+)/g)].map(([, seq]) => Number(seq));
    const oldest = seqs(await read('/ledger?sort=seq'));
    expect(oldest).toEqual(seqs(await read('/ledger')).reverse());
    expect(oldest.length).toBeGreaterThan(2);
    const day = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
    const late = seqs(await read(`/ledger?sort=seq&from=${day(clock.now())}`));
    const early = seqs(await read(`/ledger?sort=seq&until=${day(before)}`));
    expect([...early, ...late]).toEqual(oldest);
    expect([early.length > 0, await read(`/ledger/entries/${late[0]}`)]).toEqual([
      true,
      expect.stringContaining('setting/late'),
    ]);
    const named = await read('/ledger?q=鼎香');
    expect([named.includes('鼎香小馆</a>'), named.includes('setting/late')]).toEqual([true, false]);
    expect(await read('/ledger.csv?kind=setting')).toMatch(/系统设置,setting\/late,setting\/late,/);
  });

  it('presses once, and the whole ledger is gone through', async () => {
    const { call, read } = openLedger();
    expect(await read('/ledger')).not.toContain('核验完毕');
    const pressed = await call('/ledger/checks', { ...zh, method: 'POST', form: {} });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/ledger#check']);
    await expect.poll(() => read('/ledger')).toContain('没有被改动');
  });

  it('with a district of their own, and an owner, cannot', async () => {
    const { call } = openLedger();
    expect((await call('/ledger/checks', { as: 'owner', method: 'POST', form: {} })).status).toBe(403);
    expect((await call('/ledger/entries/0', { as: 'owner' })).status).toBe(403);
    expect((await call('/ledger/entries/999999', zh)).status).toBe(404);
  });
});
