// A complaint is routed by rules, answered by the shop, mediated, agreed to by both, or becomes a case; each by its deadline.
import { beforeEach, describe, expect, it } from 'vitest';
import { dayMs } from '../../../server/clock.ts';
import { evidenceChecks } from '../../../server/evidence.ts';
import { verifyLedger } from '../../../server/ledger/verify.ts';
import { followMediations } from '../../../server/oversight/mediation/follow-mediations.ts';
import { belly, type JoinedKitchens, openJoinedKitchens, places } from '../../support/joined-kitchens.ts';

let house: JoinedKitchens;
beforeEach(() => {
  house = openJoinedKitchens();
});
const html = { accept: 'text/html' };
const owner = { as: 'owner', sites: [places.dingxiang] } as const;
const another = { as: 'owner', sites: [places.haiwei] } as const;
const inspector = { as: 'inspector' } as const;
const call = (path: string, options: object = {}) => house.server.call(path, options);
const textOf = async (path: string, who: object = {}) => (await call(path, { ...who, headers: html })).text();
const filed = {
  kind: 'hygiene',
  words: '汤里有一根头发，服务员态度不好',
  when: '2026-11-20',
  hour: 13,
  site: '鼎香小馆',
};

type Answer = {
  id: number;
  publicId: string;
  desk: string;
  matched: string;
  follow: { code: string };
  settling: { stage: string; overdue: boolean } | null;
};
async function file(more: object = {}): Promise<Answer> {
  const json = { reference: 'A1', ...filed, settle: 'shop_first', ...more };
  const answer = await call('/api/complaints', { as: 'partner', json });
  expect(answer.status).toBe(201);
  return (await answer.json()) as Answer;
}
const shop = (form: object, who: object = owner) => call('/my/complaints/1/mediation', { ...who, form });
const office = (form: object, more: object = {}) => call('/complaints/1/mediation', { ...inspector, form, ...more });
const diner = ({ publicId }: Answer, form: object) => call(`/reports/${publicId}/mediation`, { form });
const listed = async () =>
  ((await (await call('/api/complaints', inspector)).json()) as { complaints: Answer[] }).complaints;
const stage = async () => (await listed())[0]?.settling?.stage;

describe('an agreement', () => {
  it('binds no shop that never offered it: a complaint that is linked to another place goes to a mediator', async () => {
    const complaint = await file({ lot: belly });
    expect((await shop({ act: 'offered', words: '退款', amount: '50' })).status).toBe(303);
    const supplier = { as: 'owner', sites: [places.wholesaler] } as const;
    const link = (step: string) =>
      call('/complaints/1/steps', { ...inspector, form: { step, site: places.wholesaler }, headers: html });
    expect([(await link('linked')).status, (await link('published')).status]).toEqual([303, 303]);
    expect(await stage()).toBe('mediator');
    const refused = await diner(complaint, { act: 'signed' });
    expect([refused.status, await stage()]).toEqual([409, 'mediator']);
    expect((await shop({ act: 'signed' }, supplier)).status).toBe(409);
    for (const lang of ['zh-CN', 'en'])
      expect(await textOf(`/complaints/1?lang=${lang}`, inspector)).toMatch(
        /此前的方案作废|what was offered before is void/,
      );
    expect((await shop({ act: 'moved' }, supplier)).status).toBe(409);
    expect((await shop({ act: 'offered', words: '送一份', amount: '' }, supplier)).status).toBe(303);
    expect((await diner(complaint, { act: 'signed' })).status).toBe(303);
    expect(await stage()).toBe('agreed');
  });

  it('stands when the shop has offered and whoever complained has agreed, and no inspector had to come', async () => {
    const complaint = await file();
    expect([complaint.desk, complaint.matched, complaint.settling?.stage]).toEqual(['餐饮监管科', '服务员', 'shop']);
    expect((await shop({ act: 'offered', words: '退款并道歉', amount: '88.50' })).status).toBe(303);
    const receipt = await textOf(`/reports/${complaint.publicId}`);
    for (const said of ['退款并道歉', '88.50 元', '同意方案', complaint.follow.code]) expect(receipt).toContain(said);
    expect(receipt).not.toContain(filed.words);
    expect((await diner(complaint, { act: 'signed' })).status).toBe(303);
    expect(await stage()).toBe('agreed');
    const list = await textOf('/complaints', inspector);
    expect(list).toContain('近 90 天办结 1 件，其中 100 % 没有等到检查员上门就和解：双方自行和解 1 件');
    expect(await textOf('/complaints?lang=en', inspector)).toContain(
      '100 % were settled before an inspector had to come',
    );
  });

  it('is not sought where whoever complained did not ask for it', async () => {
    expect((await file({ settle: undefined })).settling).toBeNull();
    expect((await shop({ act: 'offered', words: '退款', amount: '20' })).status).not.toBe(303);
  });

  it('signed by the wrong party is refused in both languages, and nothing changes', async () => {
    const complaint = await file();
    expect((await diner(complaint, { act: 'signed' })).status).toBe(409);
    await shop({ act: 'offered', words: '退款', amount: '20' });
    const refused = async (answer: Response) => {
      const body = (await answer.json()) as { faults: { code: string }[] };
      return [answer.status, body.faults[0]?.code];
    };
    expect(await refused(await shop({ act: 'signed' }))).toEqual([409, 'own_offer']);
    expect(await refused(await office({ act: 'signed' }))).toEqual([409, 'wrong_party']);
    expect((await shop({ act: 'signed' }, another)).status).toBe(404);
    expect(await stage()).toBe('offer');
    const back = (await office({ act: 'signed' }, { headers: html })).headers.get('location') ?? '';
    expect(await textOf(back, inspector)).toContain('和解要由商家和反映人各自确认，别人不能代签');
    expect(await textOf(back.replace('?', '?lang=en&'), inspector)).toContain('nobody else can do it for them');
  });

  it('that a mediator proposes needs both; after a refusal it goes back to the mediator, who may make it a case', async () => {
    const complaint = await file();
    expect((await office({ act: 'offered', words: '各让一步' })).status).toBe(409);
    await office({ act: 'joined' });
    await office({ act: 'offered', words: '退一半', amount: '44' });
    await shop({ act: 'signed' });
    expect(await stage()).toBe('offer');
    await diner(complaint, { act: 'refused' });
    expect(await stage()).toBe('mediator');
    expect((await office({ act: 'case', words: '' })).status).toBe(400);
    expect((await office({ act: 'case', words: '后厨要现场查' })).status).toBe(303);
    expect((await shop({ act: 'offered', words: '再谈' })).status).toBe(409);
    expect(await stage()).toBe('case');
  });

  it('does not wait for a shop that is silent: after three days a mediator has it, and it is late from then on', async () => {
    await file();
    house.server.clock.pass(2 * dayMs);
    expect(followMediations(house.server.deps)).toBe(0);
    house.server.clock.pass(dayMs + 1);
    expect(await textOf('/my/complaints', owner)).toContain('逾期');
    expect(followMediations(house.server.deps)).toBe(1);
    expect(await stage()).toBe('mediator');
    house.server.clock.pass(8 * dayMs);
    expect(await textOf('/complaints', inspector)).toContain('逾期 1 件');
    expect((await listed())[0]?.settling?.overdue).toBe(true);
  });

  it('is not touched by who pays first: that is shown, with the amount, to everybody', async () => {
    const complaint = await file();
    expect((await shop({ act: 'paid', amount: '' })).status).toBe(400);
    expect((await shop({ act: 'paid', amount: 'viel' })).status).toBe(400);
    await shop({ act: 'paid', amount: '100' });
    await office({ act: 'paid:insurer', amount: '1,000' });
    const receipt = await textOf(`/reports/${complaint.publicId}`);
    expect(receipt).toContain('先行赔付 · 100.00 元');
    expect(receipt).toContain('保险公司');
    expect(receipt).toContain('1000.00 元');
    expect(await stage()).toBe('shop');
  });
});

describe('routing', () => {
  it('is tried on a page, which says where a text goes and why', async () => {
    const said = await textOf(`/complaints/routing?words=${encodeURIComponent('孩子在食堂吃了呕吐')}`, inspector);
    expect(said).toContain('分到“应急处置组”（第 1 条规则）');
    expect(said).toContain('按关键词“呕吐”分派');
    expect(await textOf(`/complaints/routing?lang=en&words=${encodeURIComponent('缺斤少两')}`, inspector)).toContain(
      'Weights and measures',
    );
  });

  it('is changed by an administrator alone, with a reason, in the ledger; each line that cannot be read is named', async () => {
    const rules = '外卖组 | Delivery | shop | day | | 盒饭\n综合 | General | inspector | routine | other |';
    expect((await call('/complaints/routing', { ...inspector, form: { rules, reason: '新设' } })).status).toBe(403);
    const admin = { as: 'admin', headers: html } as const;
    const bad = await call('/complaints/routing', { ...admin, form: { rules: `${rules}\n一 | 二`, reason: '' } });
    expect(bad.status).toBe(400);
    const page = await bad.text();
    expect(page).toContain('第 3 行：要有六部分');
    expect(page).toContain('写上修改的理由');
    expect((await call('/complaints/routing', { ...admin, form: { rules, reason: '新设外卖组' } })).status).toBe(303);
    expect((await file({ words: '盒饭里有虫子' })).desk).toBe('外卖组');
    const kinds = house.server.db.sqlite.prepare("SELECT count(*) FROM ledger_entry WHERE kind = 'complaint-routing'");
    expect(kinds.pluck().get()).toBe(1);
  });

  it('takes hundreds of rules from a sheet, which is looked at first and saved then', async () => {
    await file({ words: '店里的事项17号没有办' });
    const rows = Array.from({ length: 383 }, (_, at) => `第 ${at % 12} 科,商家,当天,,事项${at + 1}号`);
    const body = new FormData();
    body.set('file', new File([`\uFEFF责任科室,先找谁,时限,类别,投诉事项\n${rows.join('\n')}\n`], '383.csv'));
    const boss = { as: 'admin', headers: html } as const;
    const seen = await (await call('/complaints/routing/preview', { ...boss, method: 'POST', body })).text();
    expect(seen).toContain('读到 383 条规则，12 个部门');
    expect(seen).toContain('近 90 天的 1 件投诉，按这些规则有 1 件会换部门');
    expect(house.server.db.sqlite.prepare('SELECT count(*) FROM routing_version').pluck().get()).toBe(0);
    const rules = /<textarea[^>]*name="rules"[^>]*>([\s\S]*?)<\/textarea>/.exec(seen)?.[1] ?? '';
    expect((await call('/complaints/routing', { ...boss, form: { rules, reason: '按年度事项' } })).status).toBe(303);
    expect((await file({ reference: 'A2', words: '店里的事项383号' })).desk).toBe('第 10 科');
  });

  it('refuses a sheet without the columns it needs, in both languages, and changes nothing', async () => {
    const body = new FormData();
    body.set('file', new File(['甲,乙\n一,二\n'], 'x.csv'));
    for (const [lang, said] of [
      ['zh-CN', '表头里要有“部门”和“关键词”两列'],
      ['en', 'needs columns headed'],
    ] as const) {
      const headers = { ...html, 'accept-language': lang };
      const answer = await call('/complaints/routing/preview', { as: 'admin', headers, method: 'POST', body });
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(said)]);
    }
    const { status } = await call('/complaints/routing/preview', { ...inspector, method: 'POST', body });
    expect([status, house.server.db.sqlite.prepare('SELECT count(*) FROM routing_version').pluck().get()]).toEqual([
      403, 0,
    ]);
  });

  it('sends what may make people ill to an inspector, whatever was agreed to', async () => {
    expect((await file({ words: '吃完一家人都拉肚子' })).settling).toBeNull();
  });
});

describe('a clerk', () => {
  it('registers a call without a lot, and reads out a code by which it is found', async () => {
    const form = {
      channel: 'phone12345',
      kind: 'hygiene',
      words: '后厨有老鼠跑过',
      when: '2026-11-20',
      hour: '12',
      site: '鼎香小馆',
    };
    await house.frames('dingxiang', [3, 4.5]);
    const sent = await call('/complaints', { ...inspector, form, headers: html });
    expect(sent.headers.get('location')).toBe('/complaints/1');
    const page = await textOf('/complaints/1', inspector);
    for (const said of ['12345 热线', '餐饮监管科', '留存画面 1 张']) expect(page).toContain(said);
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(page)?.[0] ?? '';
    const found = await call(`/reports/follow?code=${code.toLowerCase().replaceAll('-', ' ')}`, { headers: html });
    expect(found.headers.get('location')).toMatch(/^\/reports\/[0-9a-f-]{36}$/);
    expect((await call('/reports/follow?code=NOTACODEATAL', { headers: html })).status).toBe(404);
  });

  it('is told what is missing, and the same number of the hotline is one complaint', async () => {
    const form = {
      channel: 'phone12345',
      reference: 'W7',
      kind: 'hygiene',
      words: '后厨有老鼠跑过',
      when: '2026-11-20',
    };
    const refused = await call('/complaints', {
      ...inspector,
      form: { ...form, hour: '25', lot: 'no-such-lot' },
      headers: html,
    });
    expect(refused.status).toBe(400);
    const page = await refused.text();
    for (const said of ['没有找到这个批次', '写 0 到 23']) expect(page).toContain(said);
    expect(await (await call('/complaints', { ...inspector, form, headers: html })).text()).toContain('至少写一个');
    for (let turn = 0; turn < 2; turn++) await call('/complaints', { ...inspector, form: { ...form, lot: belly } });
    expect(await listed()).toHaveLength(1);
  });
});

describe('what is kept of it', () => {
  it('the API refuses strangers, faults by field, and a program gone wrong; a repeat is the same complaint', async () => {
    expect((await call('/api/complaints')).status).toBe(401);
    expect((await call('/api/complaints', { as: 'reviewer' })).status).toBe(403);
    const bad = await call('/api/complaints', {
      as: 'partner',
      json: { reference: '1', ...filed, kind: 'none', hour: 30 },
    });
    expect(bad.status).toBe(400);
    expect(await bad.text()).toContain('/kind');
    await file();
    const again = await call('/api/complaints', { as: 'partner', json: { reference: 'A1', ...filed } });
    expect(again.status).toBe(200);
    expect(await listed()).toHaveLength(1);
    const statuses = [];
    for (let turn = 0; turn < 125; turn++)
      statuses.push((await call('/api/complaints', { as: 'partner', json: { reference: 'A1', ...filed } })).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it('repeated subjects rise, and a shop reads its own alone, without contact', async () => {
    await file({ reference: 'A1', words: '味道一般般，有点失望', kind: 'other', site: '海味轩' });
    for (const reference of ['B1', 'B2', 'B3']) await file({ reference, contact: '13800000000' });
    const first = await textOf('/complaints?first=1', inspector);
    expect(first.indexOf('30 天内第 3 次')).toBeLessThan(first.indexOf('海味轩'));
    const mine = await call('/api/complaints', owner);
    const body = await mine.text();
    expect((JSON.parse(body) as { complaints: Answer[] }).complaints).toHaveLength(3);
    expect(body).not.toContain('13800000000');
  });

  it('whoever changes a step of a settlement behind the program’s back is found', async () => {
    await file();
    await shop({ act: 'offered', words: '退款', amount: '20' });
    const { db, deps } = house.server;
    const faults = async () => {
      const checks = evidenceChecks(db, deps.config.dataDir);
      const report = await verifyLedger({ db, publicKey: deps.secrets.ledgerPublicKey, checks });
      return JSON.stringify(report).match(/step of the settlement/g) ?? [];
    };
    expect(await faults()).toEqual([]);
    db.sqlite.prepare("UPDATE mediation_step SET words = '不退' WHERE words = '退款'").run();
    expect(await faults()).toHaveLength(1);
  });
});
