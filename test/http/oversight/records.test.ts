// Public records over the sample city: what anybody may read of a kitchen, how a certificate is checked, and the open data.
import { beforeAll, describe, expect, it } from 'vitest';
import { places } from '../../../samples/district/places.ts';
import { minuteMs } from '../../../server/clock.ts';
import { readZip } from '../../../server/ledger/plain-zip.ts';
import { scoreAll } from '../../../server/oversight/risk/write-risk-scores.ts';
import { namedSubjects } from '../../../server/oversight/search/named-subject-store.ts';
import { openSamples } from '../../../server/samples.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
const seafood = places.beianSeafood.gln;
const dingxiang = places.dingxiang.gln;

beforeAll(async () => {
  server = openTestServer();
  await openSamples(server.deps);
  scoreAll(server.deps);
}, 120_000);

const read = async (path: string, lang = 'zh-CN') => {
  const answer = await server.call(path, { headers: { accept: 'text/html', 'accept-language': lang } });
  return { status: answer.status, text: await answer.text() };
};
const record = async (site: string) =>
  (await (await server.call(`/api/records/${site}`)).json()) as Record<string, unknown>;

describe('a kitchen’s public record', () => {
  it('says its grade, its orders and how they ended, and its recalls, in both languages and without signing in', async () => {
    const zh = await read(`/records/${seafood}`);
    expect(zh.status).toBe(200);
    for (const said of ['北岸海鲜大排档', '未戴口罩', '已整改', '逾期', '召回', '食品经营许可证'])
      expect(zh.text).toContain(said);
    const en = await read(`/records/${seafood}`, 'en');
    for (const said of ['Bei’an Seafood Stalls', 'Put right', 'Orders (last year)', 'Answered'])
      expect(en.text).toContain(said);
    // No person, no camera address, no picture.
    for (const hidden of ['林佳宁', 'shops-agent', 'samples/', '/pictures/']) expect(zh.text).not.toContain(hidden);
    expect(await read('/records/6900000000000')).toMatchObject({ status: 404 });
  });

  it('is found by the other name of the kitchen too, by district, and in the order that is asked for', async () => {
    const sites = (text: string) => [...text.matchAll(/href="\/records\/(\d+)"/g)].map(([, site]) => site);
    expect(sites((await read('/records?q=seafood')).text)).toEqual([seafood]);
    const least = sites((await read('/records?sort=credit')).text);
    expect(sites((await read('/records?sort=-credit')).text).at(0)).not.toBe(least.at(0));
    expect(least.length).toBeGreaterThan(3);
    expect((await read('/records?sort=drop')).status).toBe(200);
    const file = (await read('/records.csv?q=seafood')).text;
    expect(file.split('\n').filter((line) => line !== '')).toHaveLength(2);
    expect(file).toContain('北岸海鲜大排档');
  });

  it('stands behind the code on its door: score, picture, recalled goods, and a way to report it', async () => {
    const door = await read(`/414/${dingxiang}`);
    for (const said of ['鼎香小馆', '信用分', '正在召回', `href="/records/${dingxiang}"`, '反映问题'])
      expect(door.text).toContain(said);
    expect((await read(`/records/${dingxiang}`)).text).toContain(`/reports/new?code=%2F414%2F${dingxiang}`);
    // An abattoir cooks nothing: it has no kitchen's record.
    expect((await read(`/414/${places.abattoir.gln}`)).text).not.toContain('信用分');
  });

  it('and all else that the ledger tells of in the sample city has a name and a page that opens', async () => {
    const { db } = server;
    const oneOfEach = db.sqlite
      .prepare(
        "SELECT min(subject) FROM ledger_entry WHERE kind NOT IN ('rows', 'plan', 'pack-set', 'baseline') GROUP BY kind, instr(subject, '/')",
      )
      .pluck()
      .all() as string[];
    const named = namedSubjects(db, oneOfEach, 'zh-CN');
    const nameless = oneOfEach.filter((subject) => !named.has(subject) && !/^(capture|setting)\//.test(subject));
    expect([oneOfEach.length > 15, nameless]).toEqual([true, []]);
    for (const { name, href } of named.values()) {
      const page =
        href === null ? undefined : await server.call(href, { as: 'inspector', headers: { accept: 'text/html' } });
      expect([name === '', page?.status ?? 200], href ?? name).toEqual([false, 200]);
    }
  });

  it('and so has what the sample city has none of: a draw, a street, a shop taken down there, a district’s server', () => {
    const { db } = server;
    db.sqlite.exec(`INSERT INTO street (id, name, created_by, created_at) VALUES (7, '荷塘路', 1, 1);
      INSERT INTO swept_shop (id, key, name, address, sells, camera, state, checks, by, at) VALUES (7, 'k', '巷口面馆', '荷塘路 1 号', '[]', 0, 'waiting', '[]', 1, 1);
      INSERT INTO federated_server (id, name, name_en, address, sealed_token, sealed_key, inbox, account_id, added_at, added_by)
        VALUES (7, '东区', 'East', 'https://east.example', '', '', 'i', 1, 1, 1)`);
    const named = namedSubjects(db, ['street/7', 'swept-shop/7', 'federated-server/7', 'alert/1'], 'en');
    expect(Object.fromEntries(named)).toEqual({
      'street/7': { name: '荷塘路', href: '/sweep' },
      'swept-shop/7': { name: '巷口面馆', href: '/sweep/shops/7' },
      'federated-server/7': { name: 'East', href: '/federation' },
      'alert/1': { name: '2026-11-05', href: '/sentinel' },
    });
  });

  it('calls a kitchen bright only while a camera is really live: not for a still, and not an hour after the last frame', async () => {
    const { db, clock } = server;
    expect(await record(dingxiang)).toMatchObject({ brightKitchen: false });
    db.sqlite.exec(`UPDATE camera SET state = 'online', last_frame_at = ${clock.now() - minuteMs}`);
    expect(await record(dingxiang)).toMatchObject({ brightKitchen: true, live: 2, cameras: 2 });
    expect((await read(`/records/${dingxiang}`)).text).toContain('明厨亮灶：正在直播');
    // Its camera is a still that somebody uploaded.
    expect(await record(seafood)).toMatchObject({ brightKitchen: false, cameras: 0 });
    clock.pass(60 * minuteMs);
    expect(await record(dingxiang)).toMatchObject({ brightKitchen: false });
    expect((await read(`/records/${dingxiang}`)).text).not.toContain('正在直播');
  });

  it('says that nobody can sit down where that is so', async () => {
    expect((await read(`/records/${places.kuaile.gln}`)).text).toContain('无堂食');
    expect((await read(`/records/${dingxiang}`)).text).not.toContain('无堂食');
  });

  it('keeps a line of a verdict that was taken back, without what it was about', async () => {
    const { db } = server;
    const site = places.meixin.gln;
    const ofSite = `restaurant_id = (SELECT id FROM restaurant WHERE site_id = '${site}')`;
    db.sqlite.exec(`UPDATE rectification_order SET state = 'withdrawn' WHERE ${ofSite}`);
    const { text } = await read(`/records/${site}`);
    expect(text).toContain('一项判定已撤销');
    expect(text).not.toContain('未戴口罩');
    const sheets = await openData();
    expect(sheets['violations.csv']).not.toContain(site);
    expect(sheets['corrections.csv']).toContain(site);
  });
});

describe('a certificate', () => {
  it('carries a code whose page says that it is genuine, and later that the grade has changed', async () => {
    const { db, clock } = server;
    const id = db.sqlite.prepare('SELECT max(id) FROM risk_grade WHERE site_id = ?').pluck().get(seafood);
    const paper = await read(`/records/${seafood}/certificate`);
    expect(paper.text).toContain('data:image/svg+xml');
    expect((await read(`/records/${seafood}/check/${id}`)).text).toContain('等级现在仍然有效');
    clock.pass(300 * 86_400_000);
    scoreAll(server.deps);
    const later = await read(`/records/${seafood}/check/${id}`, 'en');
    expect(later.text).toContain('the grade has changed since');
    expect(later.text).toMatch(/Ledger entry \d+/);
  });

  it('of another kitchen, or of a number nobody gave out, is not known', async () => {
    const other = server.db.sqlite.prepare('SELECT max(id) FROM risk_grade WHERE site_id = ?').pluck().get(dingxiang);
    for (const number of [other, 999_999]) {
      const { status, text } = await read(`/records/${seafood}/check/${number}`);
      expect(status).toBe(404);
      expect(text).toContain('没有发过这样一张证书');
    }
  });
});

describe('the open data', () => {
  it('is a ZIP with the five files of LIVES 1.0, every field of which its page explains', async () => {
    const sheets = await openData();
    expect(Object.keys(sheets).sort()).toEqual([
      'businesses.csv',
      'corrections.csv',
      'feed_info.csv',
      'inspections.csv',
      'legend.csv',
      'violations.csv',
    ]);
    expect(sheets['businesses.csv']?.split('\n')[0]).toMatch(
      /^business_id,name,address,city,state,postal_code,latitude,longitude,phone_number/,
    );
    expect(sheets['inspections.csv']).toMatch(new RegExp(`${seafood},\\d+,\\d{8},camera review,other`));
    expect(sheets['feed_info.csv']).toContain('1.0');
    const { text } = await read('/open-data');
    for (const column of sheets['violations.csv']?.split('\n')[0]?.split(',') ?? [])
      expect(text).toContain(column.trim());
    expect(text).not.toContain('undefined');
  });

  it('carries a name that looks like a formula as the text it is', async () => {
    server.db.sqlite.exec(
      `UPDATE restaurant SET name = '=HYPERLINK("http://x")' WHERE site_id = '${places.mianbao.gln}'`,
    );
    expect((await openData())['businesses.csv']).not.toMatch(/(^|,)"?=HYPERLINK/m);
  });
});

it('the records of a district are listed by name, and found by a part of it', async () => {
  const district = server.db.sqlite.prepare("SELECT id FROM district WHERE name = '江北区'").pluck().get();
  const { text } = await read(`/records?district=${district}`);
  expect(text).toContain('江北老火锅');
  expect(text).not.toContain('鼎香小馆');
  expect((await read('/records?q=SEAFOOD', 'en')).text).toContain('Bei’an Seafood Stalls');
  expect((await read('/records?q=nobody%25')).text).toContain('没有找到');
});

async function openData(): Promise<Record<string, string>> {
  const answer = await server.call('/api/open-data/lives.zip');
  expect(answer.headers.get('content-type')).toBe('application/zip');
  const read = readZip(Buffer.from(await answer.arrayBuffer()));
  if (!read.ok) throw new Error('The archive cannot be read.');
  return Object.fromEntries(read.files.map(({ path, bytes }) => [path, bytes.toString('utf8')]));
}
