// The kitchen's pages over HTTP: the desk with and without script, the owner's answer, who sees what, in both languages.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../server/accounts/caller.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { flagById } from '../../../server/kitchen/flag/flag-store.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { violationIds } from '../../../server/kitchen/violation/violation-kinds.ts';
import { type Cast, dingxiang, frameOf, jpeg, openCast, scriptedEye, seen } from '../../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;

let cast: Cast;

let sites: string[];

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
  sites = [cast.restaurant.siteId];
});

const html = { accept: 'text/html', 'accept-language': 'zh-CN' };

const htmx = { ...html, 'hx-request': 'true' };

async function read(
  path: string,
  as: Role,
  options: { sites?: string[]; headers?: Record<string, string>; form?: Record<string, string> } = {},
) {
  const response = await server.call(path, { as, headers: html, ...options });
  return { response, text: await response.text() };
}

async function frames(count: number, label = 'no_mask', score = 0.87) {
  const raised: number[] = [];
  for (let i = 0; i < count; i++) {
    server.clock.pass(30_000);
    const sample = await frameOf(cast.camera, { at: server.clock.now(), detections: [seen(label, score)] });
    raised.push(...recordSample(server.deps, sample).flags);
  }
  return raised;
}

const flag = async () => (await frames(2))[0]!;

const confirmedOrder = async () =>
  judgeFlag(server.deps, cast.reviewer, { flagId: await flag(), decision: 'confirmed' }).orderId!;

describe('the order’s page', () => {
  it('refuses an answer that is too long, keeps it to be shortened, and records nothing', async () => {
    const id = await confirmedOrder();
    const body = new FormData();
    body.set('text', '洗'.repeat(501));
    body.set('photo', new File([Uint8Array.from(await jpeg())], 'p.jpg', { type: 'image/jpeg' }));
    const response = await server.call(`/orders/${id}/answer`, { as: 'owner', sites, headers: html, body });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('最多 500 个字');
    expect(text).toContain('洗'.repeat(501));
    expect(server.db.sqlite.prepare("SELECT count(*) FROM order_step WHERE kind = 'answered'").pluck().get()).toBe(0);
  });

  it('shows the clock of the plan until there is one, and the rules are open to everybody', async () => {
    const id = await confirmedOrder();
    expect((await read(`/orders/${id}`, 'owner', { sites })).text).toContain('整改方案须在 2 小时内提交 · 还剩 2 小时');
    await read(`/orders/${id}/plan`, 'owner', { sites, form: { text: '今天换发口罩' } });
    const after = await read(`/orders/${id}`, 'owner', { sites });
    expect(after.text).toContain('商家提交整改方案');
    expect(after.text).not.toContain('整改方案须在');
    const rules = await (await server.call('/score-rules', { headers: html })).text();
    expect(rules).toContain('到期未整改，另扣 2 分');
    expect((await read('/orders/raised', 'inspector')).text).toContain('没有需要督办的整改');
    expect((await read('/orders/raised', 'owner', { sites })).response.status).toBe(403);
  });
});

describe('the desk', () => {
  it('shows one question with its frame, keys and no score; the model does not nudge', async () => {
    await flag();
    const { text } = await read('/review', 'reviewer');
    for (const part of [
      '未戴口罩',
      dingxiang,
      '切配区',
      'aria-keyshortcuts="F"',
      'name="verdict" value="confirmed"',
      '<svg class="boxes"',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('0.87');
    expect(text).not.toMatch(/<script(?! src=)|style="|onclick/);
  });

  it('takes a verdict from a plain form and goes on to the next page', async () => {
    const id = await flag();
    const { response } = await read(`/flags/${id}/verdict`, 'reviewer', {
      form: { verdict: 'cleared', queue: 'desk', ms: '' },
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/review');
    expect((await read('/review', 'reviewer')).text).toContain('都审完了');
  });

  it('answers htmx with what stands inside main, the undo in it', async () => {
    const id = await flag();
    const { text } = await read(`/flags/${id}/verdict`, 'reviewer', {
      headers: htmx,
      form: { verdict: 'confirmed', queue: 'desk', ms: '1800', key: 'a' },
    });
    expect(text).not.toContain('<html');
    expect(text).toContain('上一条：属实');
    const undone = await read('/review/undo', 'reviewer', { headers: htmx, form: { queue: 'desk' } });
    expect(undone.text).toContain(`/flags/${id}/verdict`);
  });

  it('keeps the time from the picture to the key, never more than since the flag was taken', async () => {
    const id = await flag();
    await read('/review', 'reviewer');
    server.clock.pass(2_500);
    await read(`/flags/${id}/verdict`, 'reviewer', { form: { verdict: 'cleared', queue: 'desk', ms: '900000' } });
    expect(server.db.sqlite.prepare('SELECT visible_ms, idle FROM verdict').get()).toEqual({
      visible_ms: 2500,
      idle: 0,
    });
  });

  it('a verdict that came too late is said, and the next flag comes', async () => {
    const id = await flag();
    judgeFlag(server.deps, cast.reviewer, { flagId: id, decision: 'cleared' });
    const { response, text } = await read(`/flags/${id}/verdict`, 'reviewer', {
      form: { verdict: 'confirmed', queue: 'desk' },
    });
    expect(response.status).toBe(200);
    expect(text).toContain('没有重复记录');
  });

  it('an audited frame is asked about every kind, and nobody is told what the models saw', async () => {
    changeSettings(server.deps, cast.admin, { auditShare: 1 });
    await frames(1, 'mask', 0.95);
    const audit = await read('/review', 'reviewer');
    expect(audit.text).toContain('value="confirmed"');
    expect(audit.text).not.toMatch(/audit|抽查/);
    const kinds = [...audit.text.matchAll(/name="kinds" value="([a-z_]+)"/g)].map(([, id]) => id);
    expect(kinds).toEqual([...violationIds]);
    const unsaid = await read('/flags/1/verdict', 'reviewer', { form: { verdict: 'confirmed', queue: 'desk' } });
    expect(unsaid.text).toContain('先选出画面中有哪些违规');
    expect(flagById(server.db, 1)?.status).toBe('open');
    await read('/flags/1/verdict', 'reviewer', { form: { verdict: 'confirmed', kinds: 'phone', queue: 'desk' } });
    const quality = await read('/review/quality', 'reviewer');
    expect(quality.text).toMatch(/使用手机.*100\.0% \(\d+\.\d–100\.0\)/s);
    expect((await read('/review/quality.csv', 'reviewer')).text).toContain('house,,使用手机,1,1,1,0,1,');
    expect((await read('/review/quality', 'owner')).response.status).toBe(403);
  });

  it('speaks English when asked to', async () => {
    await flag();
    const { text } = await read('/review', 'reviewer', { headers: { ...html, 'accept-language': 'en-GB' } });
    expect(text).toContain('No mask');
    expect(text).not.toContain('疑似');
  });
});

describe('an owner', () => {
  it('sees what is due, answers with a photo, and a reviewer accepts it', async () => {
    const orderId = await confirmedOrder();
    expect((await read('/my', 'owner', { sites })).text).toContain('待整改 1 件');
    const form = new FormData();
    form.set('text', '已配齐');
    form.set('photo', new File([new Uint8Array(await jpeg())], 'a.jpg', { type: 'image/jpeg' }));
    const answered = await server.call(`/orders/${orderId}/answer`, {
      as: 'owner',
      sites,
      method: 'POST',
      body: form,
      headers: html,
    });
    expect(answered.status).toBe(303);
    expect((await read('/review/orders', 'reviewer')).text).toContain('已配齐');
    await read(`/orders/${orderId}/decision`, 'reviewer', { form: { decision: 'accepted', note: '' } });
    expect((await read(`/orders/${orderId}`, 'owner', { sites })).text).toContain('整改通过');
  });

  it('is told in words when the photo cannot be read, with the form still there', async () => {
    const orderId = await confirmedOrder();
    const form = new FormData();
    form.set('photo', new File(['GIF89a not really'], 'a.gif', { type: 'image/gif' }));
    const refused = await server.call(`/orders/${orderId}/answer`, {
      as: 'owner',
      sites,
      method: 'POST',
      body: form,
      headers: html,
    });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('上传一张能打开的');
  });

  it('appeals, and only a reviewer who did not judge it decides', async () => {
    const orderId = await confirmedOrder();
    await read(`/orders/${orderId}/appeal`, 'owner', { sites, form: { text: '画面中是顾客，不是员工' } });
    const list = await read('/review/orders', 'reviewer');
    expect(list.text).toContain('画面中是顾客');
    await read(`/orders/${orderId}/appeal-decision`, 'reviewer', {
      form: { decision: 'overturned', note: '确为顾客' },
    });
    expect((await read('/my', 'owner', { sites })).text).toContain('100');
  });

  it('without a restaurant is led to register one, then to a camera, and sees every fault at once', async () => {
    expect((await read('/my', 'owner')).response.headers.get('location')).toBe('/my/restaurants/new');
    const wrong = await read('/my/restaurants', 'owner', { form: { name: '', licence: 'JY1', address: '' } });
    expect(wrong.response.status).toBe(400);
    for (const part of ['名称要', '许可证号是', '地址要']) expect(wrong.text).toContain(part);
    const form = {
      name: '三味食堂',
      licence: 'JY23309020041828',
      address: '南桥路 1 号',
      opensAt: '06:00',
      closesAt: '21:00',
    };
    const right = await read('/my/restaurants', 'owner', { form });
    expect(right.response.headers.get('location')).toBe('/my/cameras/new?site=local%3Ajy23309020041828');
  });

  it('adds a camera and is led to its test; a wrong address is shown at its field, the password is not shown again', async () => {
    const camera = {
      siteId: sites[0]!,
      place: '灶台',
      kind: 'rtsp',
      url: '192.0.2.14/s',
      password: 'secret-tea',
      sampleEverySeconds: '30',
    };
    const wrong = await read('/my/cameras', 'owner', { sites, form: camera });
    expect(wrong.response.status).toBe(400);
    expect(wrong.text).toContain('以 rtsp:// 或 https:// 开头');
    expect(wrong.text).not.toContain('secret-tea');
    const right = await read('/my/cameras', 'owner', { sites, form: { ...camera, url: 'rtsp://192.0.2.14/s' } });
    expect(right.response.headers.get('location')).toMatch(/^\/cameras\/\d+\?test=1$/);
  });

  it('sees no other shop: not its pages, not its camera, not its order', async () => {
    const orderId = await confirmedOrder();
    for (const path of [
      `/orders/${orderId}`,
      `/cameras/${cast.camera.id}`,
      `/cameras/${cast.camera.id}/change`,
      `/my/cameras/new?site=${sites[0]}`,
    ]) {
      const { response, text } = await read(path, 'owner', { sites: ['local:other'] });
      expect([303, 404]).toContain(response.status);
      expect(text).not.toContain(dingxiang);
    }
  });
});

describe('the list of restaurants', () => {
  it('is searched, put in order and cut down to trouble, all of it in the address; what has no camera is not online', async () => {
    registerRestaurant(server.deps, cast.admin, {
      name: '海味轩',
      nameEn: 'Haiwei House',
      licence: 'JY23309020041827',
      address: '渔港路 3 号',
      opensAt: '00:00',
      closesAt: '00:00',
    });
    const names = async (query: string) => {
      const { text } = await read(`/kitchens?${query}`, 'inspector');
      return [...text.matchAll(/<a href="\/kitchens\/\d+">([^<]+)</g)].map(([, name]) => name);
    };
    await confirmedOrder();
    expect(await names('')).toEqual([dingxiang, '海味轩']);
    expect(await names('words=haiwei')).toEqual(['海味轩']);
    expect(await names('words=渔港路&order=name')).toEqual(['海味轩']);
    expect(await names('words=%25')).toEqual([]);
    expect(await names('only=blind')).toEqual(['海味轩']);
    expect(await names('only=overdue')).toEqual([]);
    server.clock.pass(8 * 24 * 3600_000);
    expect(await names('only=overdue&order=orders')).toEqual([dingxiang]);
    expect(await names('only=nonsense&order=best')).toHaveLength(2);
    const { text } = await read('/kitchens?only=blind', 'inspector');
    expect(text).toContain('<option value="blind" selected');
    expect(text).not.toContain('0 台在线');
  });
});

describe('pictures from a recording', () => {
  it('say that the clock in them is the recording’s, on the desk and at the camera', async () => {
    const said = '画面里的时间是录制时的';
    await flag();
    expect((await read('/review', 'reviewer')).text).not.toContain(said);
    server.db.sqlite.prepare("UPDATE camera SET kind = 'clip'").run();
    expect((await read('/review', 'reviewer')).text).toContain(said);
    expect((await read(`/cameras/${cast.camera.id}`, 'inspector')).text).toContain(said);
  });
});
