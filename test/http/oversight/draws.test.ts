// A random draw from the first form to the record that anybody runs again, and everything that is refused on the way.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addDrawCommands } from '../../../server/commands/draw-commands.ts';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { type DrawRecord, verifyRecord } from '../../../server/oversight/draw/draw-record.ts';
import { fetchBeacon } from '../../../server/oversight/draw/fetch-beacon.ts';
import { askVisit } from '../../../server/oversight/visit/ask-visit.ts';
import { writeTransaction } from '../../../server/store/db.ts';
import { type PersonAtWork, signedIn } from '../../support/people.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

/** A round of drand's quicknet as it was published. */
const round = 32_285_085;
const roundAt = Date.parse('2026-09-17T15:23:39Z');
const signature = '81dbce51d584d90d618547f4b50391d53ace6f6b9aeb8fb67e1879427af9d0310ac0ec6f519271d9a313ee84b378d416';
const answer = JSON.stringify({ round, signature });
const fields = {
  title: '九月抽查',
  kinds: 'kitchen',
  size: '4',
  inspectors: '1',
  recentDays: '90',
  source: 'drand-quicknet',
};

let server: TestServer;
let chen: PersonAtWork;

beforeEach(async () => {
  server = openTestServer();
  server.clock.pass(roundAt - 600_000 - server.clock.now());
  const admin = { id: 0, name: 'admin', role: 'admin', sites: [], via: 'session' } as const;
  for (let shop = 1; shop <= 6; shop += 1) {
    const licence = `JY2330000000000${shop}`;
    registerRestaurant(server.deps, admin, {
      name: `鼎香 ${shop} 店`,
      licence,
      address: `临江路 ${shop} 号`,
      opensAt: '09:00',
      closesAt: '22:00',
    });
  }
  chen = await signedIn(server, { login: 'chen', role: 'inspector', name: '陈敏' });
});

const start = (more: Record<string, string> = {}) => chen.go('/draws', { ...fields, round: String(round), ...more });
const count = (table: string) => server.db.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

async function drawn(): Promise<void> {
  await start();
  server.clock.pass(600_000);
  expect((await chen.go('/draws/1/beacon', { answer })).status).toBe(303);
}

describe('a draw', () => {
  it('is committed in the ledger before its round, drawn with it, and drawn again by anybody', async () => {
    const sent = await start();
    expect(sent.headers.get('location')).toBe('/draws/1');
    const waiting = await chen.text('/draws/1');
    expect(waiting).toContain('等待信标');
    const entry = server.db.sqlite.prepare(`SELECT body, at FROM ledger_entry WHERE kind = 'draw'`).get() as {
      body: string;
      at: number;
    };
    expect(entry.at).toBeLessThan(roundAt);
    expect(waiting).toContain(JSON.parse(entry.body).poolHash);
    server.clock.pass(600_000);
    expect((await chen.go('/draws/1/beacon', { answer })).status).toBe(303);
    const record = (await (await chen.go('/draws/1/record.json')).json()) as DrawRecord;
    expect(record.drawn).toHaveLength(4);
    expect((await verifyRecord(record)).filter(({ ok }) => !ok)).toEqual([]);
    expect(count('visit')).toBe(4);
    expect(await chen.text('/draws/1')).toContain('陈敏');
    expect(await chen.text('/draws/1?lang=en')).toContain('4 places drawn');
  });

  it('reads the round by itself where the operator has set an address, and says what to do where it cannot', async () => {
    const asked: string[] = [];
    const beacon = createServer(({ url = '' }, reply) => {
      asked.push(url);
      reply.end(asked.length === 1 ? 'no round yet' : answer);
    });
    await new Promise<void>((resolve) => void beacon.listen(0, '127.0.0.1', resolve));
    const { port } = beacon.address() as AddressInfo;
    try {
      await start();
      expect(await chen.text('/draws/1')).not.toContain('读取信标并抽取');
      const config = { ...server.deps.config, drandUrl: 'http://beacon.example' };
      const network = {
        resolve: async () => ['203.0.114.9'],
        route: () => ({ address: '127.0.0.1', port }),
      };
      const quiet = { config, log: server.deps.log, network };
      server.clock.pass(600_000);
      expect(await fetchBeacon(quiet, { source: 'drand-quicknet', round })).toBe('no round yet');
      expect(await fetchBeacon(quiet, { source: 'drand-quicknet', round })).toBe(answer);
      expect(asked[0]).toMatch(/^\/52db9ba7[0-9a-f]+\/public\/32285085$/);
      const inside = { ...quiet, network: { ...network, resolve: async () => ['169.254.169.254'] } };
      await expect(fetchBeacon(inside, { source: 'drand-quicknet', round })).rejects.toThrow();
      expect(asked).toHaveLength(2);
    } finally {
      beacon.close();
    }
    // Nothing is set here: the same press is refused with words, and nothing is drawn.
    for (const [lang, said] of [
      ['', '没有读到信标：检查网络，或手工录入'],
      ['?lang=en', 'The beacon was not reached: check the network'],
    ] as const)
      expect(await (await chen.go(`/draws/1/beacon${lang}`, { from: 'beacon', answer: '' })).text()).toContain(said);
    expect(count('visit')).toBe(0);
  });

  it('is run again from its record by the command line alone, which refuses a changed pool', async () => {
    await drawn();
    const record = (await (await chen.go('/draws/1/record.json')).json()) as DrawRecord;
    const file = join(mkdtempSync(join(tmpdir(), 'draw-')), 'record.json');
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const run = async (body: DrawRecord): Promise<string[]> => {
      said.mockClear();
      writeFileSync(file, JSON.stringify(body));
      const program = new Command();
      addDrawCommands(program);
      const end = await program.parseAsync(['draw', 'verify', file, '--json'], { from: 'user' }).catch(String);
      const lines = said.mock.calls.flatMap(([text]) => String(text).trim().split('\n'));
      const checks = lines.map((line) => JSON.parse(line) as { check: string; ok: boolean });
      return [...checks.filter(({ ok }) => !ok).map(({ check }) => check), ...(typeof end === 'string' ? [end] : [])];
    };
    try {
      expect(await run(record)).toEqual([]);
      const [left, ...targets] = record.pool.targets;
      expect(left).toBeDefined();
      const changed = await run({ ...record, pool: { ...record.pool, targets } });
      expect(changed[0]).toBe('pool');
      expect(changed.at(-1)).toContain('this is not how the lots were drawn');
    } finally {
      said.mockRestore();
    }
  });

  it('shows everybody what was committed, and the lots once they are published', async () => {
    await drawn();
    const stranger = () => server.call('/draws/1', { headers: { accept: 'text/html' } });
    const before = await (await stranger()).text();
    expect(before).toContain('结果尚未公开');
    expect(before).not.toContain('鼎香');
    expect((await server.call('/draws/1/record.json')).status).toBe(404);
    expect((await chen.go('/draws/1/published', {})).status).toBe(303);
    expect(await (await stranger()).text()).toContain('鼎香');
    expect((await server.call('/draws/1/record.json')).status).toBe(200);
    expect((await chen.go('/draws/1/published', {})).status).toBe(409);
  });

  it('sends nobody twice: who was due a visit anyway is merged and counted', async () => {
    const sites = server.db.sqlite.prepare('SELECT site_id FROM restaurant').pluck().all() as string[];
    const at = server.clock.now();
    writeTransaction(server.db, () => {
      for (const siteId of sites)
        askVisit(server.db, { siteId, kind: 'complaint', ref: 'complaint/1', weight: 5, inspectors: [], at });
    });
    await drawn();
    expect(count('visit')).toBe(6);
    expect(await chen.text('/draws/1')).toContain('其中 4 处原本就要检查');
  });

  it('in flight keeps its pool: nobody is sent to a kitchen that closed meanwhile, nor an inspector who is gone', async () => {
    await start({ size: '6' });
    expect((await chen.go('/kitchens/1/closing', { day: '2026-09-17', reason: '租约到期' })).status).toBe(303);
    const ji = await signedIn(server, { login: 'ji', role: 'inspector', name: '季云' });
    server.db.sqlite.prepare('UPDATE account SET disabled_at = 1 WHERE id = ?').run(chen.id);
    expect(await ji.text('/draws/1')).toContain('名单中有 1 家停业、1 名检查员不再参加');
    server.clock.pass(600_000);
    expect((await ji.go('/draws/1/beacon', { answer })).status).toBe(303);
    const record = (await (await ji.go('/draws/1/record.json')).json()) as DrawRecord;
    expect(record.drawn).toHaveLength(6);
    expect((await verifyRecord(record)).filter(({ ok }) => !ok)).toEqual([]);
    expect([count('visit'), count('visit_inspector')]).toEqual([5, 0]);
    expect(await ji.text('/draws/1')).toContain('已于 2026-09-17 停业');
  });

  it('leaves out who was visited lately, and sends no inspector where they have a conflict', async () => {
    const [first, second] = server.db.sqlite.prepare('SELECT site_id FROM restaurant').pluck().all() as string[];
    const at = server.clock.now();
    writeTransaction(server.db, () => {
      askVisit(server.db, { siteId: first ?? '', kind: 'plan', ref: 'plan/1', weight: 1, inspectors: [], at });
      server.db.sqlite.prepare(`UPDATE visit SET state = 'closed', closed_at = ?`).run(at - 86_400_000);
    });
    expect((await chen.go('/my/conflicts', { site: second ?? '', reason: '亲属在该店任职' })).status).toBe(303);
    await start({ size: '5' });
    server.clock.pass(600_000);
    await chen.go('/draws/1/beacon', { answer });
    const record = (await (await chen.go('/draws/1/record.json')).json()) as DrawRecord;
    expect(record.drawn.map(({ id }) => id)).not.toContain(first);
    expect(record.rule.leftOut.recent).toBe(1);
    expect(record.drawn.find(({ id }) => id === second)?.inspectors).toEqual([]);
    expect(await chen.text('/draws/1')).toContain('1 处没有可派的检查员');
  });
});

it('No inspector whose account was closed is in the pool', async () => {
  await signedIn(server, { login: 'gone', role: 'inspector', name: '已离职' });
  server.db.sqlite.prepare("UPDATE account SET disabled_at = 1 WHERE login = 'gone'").run();
  await start({ inspectors: '1' });
  const pool = JSON.parse(server.db.sqlite.prepare('SELECT pool FROM draw').pluck().get() as string);
  const chenId = server.db.sqlite.prepare("SELECT id FROM account WHERE login = 'chen'").pluck().get();
  expect(pool.inspectors.map(({ id }: { id: number }) => id)).toEqual([chenId]);
});

describe('refused, with nothing changed:', () => {
  const refusal = async (asked: Promise<Response>) => (await asked).text();

  it('a round that is out already, and one that nobody can wait for', async () => {
    expect(await refusal(start({ round: String(round - 300) }))).toContain('这一轮已经公布或马上公布');
    expect(await refusal(chen.go('/draws?lang=en', { ...fields, round: '1000' }))).toContain(
      'This round is out already',
    );
    expect(await refusal(start({ round: '99999999' }))).toContain('90 天以后');
    server.clock.pass(580_000);
    expect(await refusal(start())).toContain('这一轮已经公布或马上公布');
    expect(count('draw')).toBe(0);
  });

  it('a draw whose pool was changed after it was committed', async () => {
    await start();
    const { sqlite } = server.db;
    const triggers = sqlite
      .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'draw'")
      .pluck();
    for (const name of triggers.all()) sqlite.exec(`DROP TRIGGER "${name}"`);
    sqlite.exec("UPDATE draw SET pool = json_remove(pool, '$.targets[0]')");
    server.clock.pass(600_000);
    for (const [lang, said] of [
      ['', '名单或规则与锁定的不一致：这次抽查不能进行'],
      ['?lang=en', 'are not those that were committed'],
    ] as const)
      expect(await refusal(chen.go(`/draws/1/beacon${lang}`, { answer }))).toContain(said);
    expect([count('visit'), sqlite.prepare('SELECT state FROM draw').pluck().get()]).toEqual([0, 'committed']);
  });

  it('a form without sense: every fault at once', async () => {
    const page = await refusal(
      chen.go('/draws', { title: '', size: '-3', inspectors: 'x', recentDays: '', round: '' }),
    );
    for (const said of ['写一个名称', '至少选一种', '1 到 50000', '1 到 5 之间', '0 到 3650'])
      expect(page).toContain(said);
    expect(await refusal(start({ size: '7' }))).toContain('超过了库里的单位数');
    expect(await refusal(start({ inspectors: '3' }))).toContain('可派的检查员不够');
    expect(count('draw')).toBe(0);
  });

  it('an answer before its time, of another round, with a digit changed, or no answer at all', async () => {
    await start();
    expect(await refusal(chen.go('/draws/1/beacon', { answer }))).toContain('还没有公布');
    server.clock.pass(600_000);
    expect(await refusal(chen.go('/draws/1/beacon', { answer: '' }))).toContain('不是信标的答复');
    expect(await refusal(chen.go('/draws/1/beacon', { answer: answer.replace('085', '086') }))).toContain(
      '不是锁定的那一轮',
    );
    expect(await refusal(chen.go('/draws/1/beacon', { answer: answer.replace('81db', '81da') }))).toContain('签名不是');
    expect(count('visit')).toBe(0);
  });

  it('a pool or a rule that was changed behind the draw, and a second drawing', async () => {
    await start();
    server.clock.pass(600_000);
    const pool = server.db.sqlite.prepare('SELECT pool FROM draw').pluck().get() as string;
    server.db.sqlite.prepare('UPDATE draw SET pool = ?').run(pool.replace('"weight":1}', '"weight":9}'));
    expect(await refusal(chen.go('/draws/1/beacon', { answer }))).toContain('与锁定的不一致');
    server.db.sqlite.prepare('UPDATE draw SET pool = ?').run(pool);
    const rule = server.db.sqlite.prepare('SELECT rule FROM draw').pluck().get() as string;
    const other = rule.replace('"inspectorsEach":', '"inspectorsEach":1');
    server.db.sqlite.prepare('UPDATE draw SET rule = ?').run(other);
    expect(await refusal(chen.go('/draws/1/beacon', { answer }))).toContain('与锁定的不一致');
    server.db.sqlite.prepare('UPDATE draw SET rule = ?').run(rule);
    expect((await chen.go('/draws/1/beacon', { answer })).status).toBe(303);
    expect((await chen.go('/draws/1/beacon', { answer })).status).toBe(409);
    expect(count('visit')).toBe(4);
  });

  it('another than inspector or administrator, a place nobody knows, a conflict declared twice', async () => {
    const owner = await signedIn(server, { login: 'wang', role: 'owner' });
    expect((await owner.go('/draws')).status).toBe(403);
    expect(await refusal(chen.go('/my/conflicts', { site: 'local:none', reason: '亲属' }))).toContain('没有这个单位');
    const site = server.db.sqlite.prepare('SELECT site_id FROM restaurant LIMIT 1').pluck().get() as string;
    expect(await refusal(chen.go('/my/conflicts', { site, reason: '' }))).toContain('写明原因');
    await chen.go('/my/conflicts', { site, reason: '亲属' });
    expect(await refusal(chen.go('/my/conflicts', { site, reason: '亲属' }))).toContain('已经申报过');
    expect((await chen.go('/my/conflicts/1/ended', {})).status).toBe(303);
    expect((await chen.go('/my/conflicts/1/ended', {})).status).toBe(404);
  });
});
