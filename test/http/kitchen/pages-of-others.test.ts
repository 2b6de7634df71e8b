// Pages of inspectors and administrators, and what people type into any of them.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../../server/accounts/caller.ts';
import { addCamera } from '../../../server/kitchen/camera/add-camera.ts';
import { judgeFlag } from '../../../server/kitchen/desk/judge-flag.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { registerRestaurant } from '../../../server/kitchen/shop/register-restaurant.ts';
import { type Cast, dingxiang, frameOf, openCast, person, scriptedEye, seen } from '../../support/kitchen-cast.ts';
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

describe('what people type never becomes markup', () => {
  it('in names, places, answers and appeals', async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>';
    const restaurant = registerRestaurant(server.deps, cast.admin, {
      name: evil,
      licence: 'JY23309020041829',
      address: evil,
      opensAt: '00:00',
      closesAt: '00:00',
    });
    const camera = addCamera(server.deps, cast.admin, {
      siteId: restaurant.siteId,
      place: evil.slice(0, 40),
      kind: 'rtsp',
      url: 'rtsp://192.0.2.14/s',
      sampleEverySeconds: 30,
    });
    cast = { ...cast, camera, restaurant };
    const orderId = await confirmedOrder();
    const own = [restaurant.siteId];
    await read(`/orders/${orderId}/appeal`, 'owner', { sites: own, form: { text: evil } });
    const seenBy: [string, Role][] = [
      ['/my', 'owner'],
      [`/orders/${orderId}`, 'owner'],
      ['/review/orders', 'reviewer'],
      ['/kitchens', 'inspector'],
      [`/kitchens/${restaurant.id}`, 'inspector'],
      [`/cameras/${camera.id}`, 'admin'],
    ];
    for (const [path, as] of seenBy) {
      const { text } = await read(path, as, as === 'owner' ? { sites: own } : {});
      expect(text, path).not.toMatch(/<script>alert|<img src=x/);
      expect(text, path).toContain('&lt;script&gt;');
    }
  });
});

describe('an inspector and an administrator', () => {
  it('see kitchens by risk, a record, and the way to an original only for the inspector', async () => {
    await confirmedOrder();
    expect((await read('/kitchens', 'inspector')).text).toContain(dingxiang);
    const record = await read(`/kitchens/${cast.restaurant.id}`, 'inspector');
    for (const part of ['ZG-0001', '信用分', '97']) expect(record.text).toContain(part);
    expect((await read(`/cameras/${cast.camera.id}`, 'inspector')).text).toContain('查看未模糊的原图');
    expect((await read(`/cameras/${cast.camera.id}`, 'owner', { sites })).text).not.toContain('查看未模糊的原图');
  });

  it('an administrator sets audits and camera networks; nonsense is refused at its field', async () => {
    const form = {
      auditPercent: '3',
      secondPercent: '10',
      hits: '2',
      of: '3',
      networks: '192.168.20.0/24 554,80',
      keepCleared: '30',
      keepConfirmed: '365',
      keepAnswer: '365',
    };
    expect((await read('/kitchens/settings', 'admin', { form })).response.status).toBe(303);
    expect((await read('/kitchens/settings', 'admin')).text).toContain('192.168.20.0/24 554,80');
    const wrong = await read('/kitchens/settings', 'admin', { form: { ...form, hits: '4', networks: 'everything' } });
    expect(wrong.response.status).toBe(400);
    expect(wrong.text).toContain('每行一个网段');
  });

  it('a reviewer who belongs to a shop gets none of its flags', async () => {
    const id = await flag();
    const insider = person(server.deps, 'reviewer', 'insider', sites);
    expect(insider.sites).toEqual(sites);
    expect((await read('/review', 'reviewer', { sites })).text).toContain('都审完了');
    expect(
      (await read(`/flags/${id}/verdict`, 'reviewer', { sites, form: { verdict: 'cleared', queue: 'desk' } })).response
        .status,
    ).toBe(403);
  });
});
