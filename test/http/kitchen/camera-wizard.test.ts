// Connecting a camera on pages: by its maker, and what a test tells of its stream, in both languages.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sample } from '../../../inference/types.ts';
import { createApp } from '../../../server/app.tsx';
import { camerasOf } from '../../../server/kitchen/camera/camera-store.ts';
import { changeSettings } from '../../../server/kitchen/setting/change-setting.ts';
import { frameOf, openCast, scriptedEye } from '../../support/kitchen-cast.ts';
import { type OnvifServer, startOnvifCamera } from '../../support/onvif-camera.ts';
import { openTestServer, origin } from '../../support/server.ts';

const html = { accept: 'text/html' };

function house(sample?: Sample) {
  const server = openTestServer({ eye: scriptedEye(sample === undefined ? {} : { sample: () => sample }) });
  const cast = openCast(server.deps);
  const sites = [cast.restaurant.siteId];
  const added = () => camerasOf(server.db, cast.restaurant.id).at(-1)!;
  const add = (form: Record<string, string>) =>
    server.call('/my/cameras', {
      as: 'owner',
      sites,
      headers: html,
      form: { siteId: sites[0]!, place: '灶台', kind: 'rtsp', url: '', sampleEverySeconds: '30', ...form },
    });
  return { server, cast, sites, added, add };
}

describe('a camera of a known maker', () => {
  it('is added by maker, host and stream, without anybody knowing its address', async () => {
    const { add, added } = house();
    const response = await add({ maker: 'dahua', host: '192.0.2.9', channel: '3', stream: 'sub', user: 'admin' });
    expect(response.status).toBe(303);
    expect(added()).toMatchObject({ kind: 'rtsp', url: 'rtsp://192.0.2.9/cam/realmonitor?channel=3&subtype=1' });
  });

  it('whose maker puts the password into the address shows it nowhere', async () => {
    const { add, added, server, sites } = house();
    await add({
      maker: 'xiongmai',
      host: '192.0.2.9',
      channel: '1',
      stream: 'main',
      user: 'admin',
      password: 'oolong7',
    });
    const { url, id } = added();
    expect(url).toContain('/user=admin&password=***');
    const page = await server.call(`/cameras/${id}/change`, { as: 'owner', sites, headers: html });
    expect(await page.text()).not.toContain('oolong7');
  });

  it('without a host, or with an address in its place, is refused at that field with what was typed', async () => {
    const { add, cast, server } = house();
    const response = await add({ maker: 'dahua', host: 'rtsp://192.0.2.9/x', channel: '1', stream: 'main' });
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text).toContain('只填摄像头自己的 IP');
    expect(text).toContain('value="rtsp://192.0.2.9/x"');
    expect(camerasOf(server.db, cast.restaurant.id)).toHaveLength(1);
  });

  it('is not mistaken for one whose address was pasted', async () => {
    const { add, added } = house();
    await add({ maker: '', url: 'rtsp://192.0.2.9/live', channel: '1', stream: 'main' });
    expect(added().url).toBe('rtsp://192.0.2.9/live');
  });
});

describe('a test of a camera', () => {
  const stream = { codec: 'H265', framesPerSecond: 20, keyframeOverMs: 6_500, clockOffsetMs: -7_200_000 };

  it('tells codec, size, rate, key frames, clock and how far heads are clear, with what to change', async () => {
    const { server, cast, sites } = house({
      ...(await frameOf({ id: 1 }, { at: Date.UTC(2026, 10, 22, 3, 6) })),
      stream,
    });
    const path = `/cameras/${cast.camera.id}/test`;
    const read = async (language: string) =>
      (
        await server.call(path, {
          as: 'owner',
          sites,
          headers: { ...html, 'accept-language': language, 'hx-request': 'true' },
          form: {},
        })
      ).text();
    const chinese = await read('zh-CN');
    for (const part of [
      '960 × 540',
      'H.265',
      '每秒 20 帧',
      '超过 6.5 秒',
      '慢 2 小时',
      '约 2.4 米以内',
      '关键帧间隔超过 5 秒',
      'H.265+',
    ])
      expect(chinese).toContain(part);
    const english = await read('en');
    for (const part of ['over 6.5 s', '2 h slow', 'up to about 2.4 m', 'switch that off', 'too small for heads'])
      expect(english).toContain(part);
    const page = await (await server.call(`/cameras/${cast.camera.id}`, { as: 'owner', sites, headers: html })).text();
    expect(page).toContain('摄像头时钟慢 2 小时');
    expect(page).toContain('最多 40 秒');
  });

  it('tells a program the same', async () => {
    const { server, cast, sites } = house({
      ...(await frameOf({ id: 1 }, { at: Date.UTC(2026, 10, 22, 3, 6) })),
      stream,
    });
    const answer = await server.call(`/api/cameras/${cast.camera.id}/test`, { as: 'owner', sites, json: {} });
    expect((await answer.json()).stream).toEqual({
      width: 960,
      height: 540,
      ...stream,
      headsUpToMetres: 2.4,
      warnings: ['seldom', 'smart', 'small', 'clock'],
    });
  });
});

describe('looking for cameras', () => {
  let camera: OnvifServer;
  const login = { user: 'admin', password: 'oolong7' };
  beforeAll(async () => {
    camera = await startOnvifCamera({ login });
  });
  afterAll(() => camera.close());

  function district() {
    const found = house();
    const { server, cast } = found;
    changeSettings(server.deps, cast.admin, { allowedNetworks: [{ network: '192.168.20.8/30' }] });
    const port = (asked: number, address: string) =>
      asked === 3702 ? (address.endsWith('.9') ? camera.discoveryPort : 9) : camera.port;
    const network = {
      resolve: async (host: string) => [host],
      route: ({ address, port: asked }: { address: string; port: number }) => ({
        address: '127.0.0.1',
        port: port(asked, address),
      }),
    };
    const deps = { ...server.deps, network };
    const app = createApp(deps);
    const call = (path: string, as: 'admin' | 'owner', form?: Record<string, string>) =>
      app.request(`${origin}${path}`, {
        method: form ? 'POST' : 'GET',
        headers: { ...html, authorization: `Bearer ${server.tokenOf(as, as === 'owner' ? found.sites : [])}` },
        ...(form ? { body: new URLSearchParams(form) } : {}),
      });
    return { ...found, call };
  }

  it('is an administrator’s alone; it names who answered, and leads to the form with its address', async () => {
    const { call, sites } = district();
    expect((await call('/cameras/find', 'owner', {})).status).toBe(403);
    const page = await (await call(`/cameras/find?site=${encodeURIComponent(sites[0]!)}`, 'admin', {})).text();
    for (const part of ['192.168.20.9', 'Prep area · LT-2', '问了 4 个地址，找到 1 台', 'maker=onvif'])
      expect(page).toContain(part);
    const href = /href="(\/my\/cameras\/new[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const form = await (await call(href, 'admin')).text();
    expect(form).toContain(`value="192.168.20.9:${camera.port}"`);
    expect(form).toContain('<option value="onvif" selected');
  }, 15_000);

  it('an owner gives the IP, and the camera says its own address; a wrong password is told at the field', async () => {
    const { call, added, sites, cast, server } = district();
    const form = { siteId: sites[0]!, place: '灶台', kind: 'rtsp', url: '', sampleEverySeconds: '30', channel: '1' };
    const picked = { ...form, maker: 'onvif', host: '192.168.20.9', stream: 'sub', ...login };
    const refused = await call('/my/cameras', 'owner', { ...picked, password: 'guess' });
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('ONVIF 常有自己的用户');
    expect(camerasOf(server.db, cast.restaurant.id)).toHaveLength(1);
    expect((await call('/my/cameras', 'owner', picked)).status).toBe(303);
    expect(added()).toMatchObject({ url: 'rtsp://192.168.20.9/Streaming/Channels/102', user: 'admin' });
  });

  it('tells an owner the same of an address that is forbidden as of one that is away, after the same time', async () => {
    const { call, sites, server } = district();
    const form = { siteId: sites[0]!, place: '灶台', kind: 'rtsp', url: '', sampleEverySeconds: '30', channel: '1' };
    const response = await call('/my/cameras', 'owner', { ...form, maker: 'onvif', host: '10.1.1.1', ...login });
    expect(await response.text()).toContain('问不到这台摄像头');
    expect(server.waits.at(-1)).toBeGreaterThan(10_000);
  });
});
