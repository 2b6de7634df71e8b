// No camera is blind unknowingly: not looked at, locked out by a wrong password, or broken on the way, it says so.
import { beforeEach, describe, expect, it } from 'vitest';
import type { SampleFaultCode } from '../../../inference/types.ts';
import { addCamera } from '../../../server/kitchen/camera/add-camera.ts';
import { cameraById, cameraSpec, cameraTimeline, countUnwatched } from '../../../server/kitchen/camera/camera-store.ts';
import { changeCamera } from '../../../server/kitchen/camera/change-camera.ts';
import { sealOldAddresses } from '../../../server/kitchen/camera/keep-secrets.ts';
import { recordSample } from '../../../server/kitchen/sample/record-sample.ts';
import { sampleCamera } from '../../../server/kitchen/sample/sample-camera.ts';
import { scheduleSamples } from '../../../server/kitchen/sample/schedule-samples.ts';
import { watchCameras } from '../../../server/kitchen/sample/watch-cameras.ts';
import { tellOfUnwatched } from '../../../server/oversight/notice/tell-of-unwatched.ts';
import { type Cast, frameOf, openCast, scriptedEye } from '../../support/kitchen-cast.ts';
import { blindEye, openTestServer, type TestServer } from '../../support/server.ts';

let server: TestServer;
let cast: Cast;

beforeEach(() => {
  server = openTestServer({ eye: scriptedEye() });
  cast = openCast(server.deps);
});

const second = 1000;
const camera = () => cameraById(server.db, cast.camera.id)!;
const miss = (code: SampleFaultCode) => {
  server.clock.pass(30 * second);
  const fault = { code, detail: code };
  return recordSample(server.deps, { ok: false, cameraId: String(cast.camera.id), at: server.clock.now(), fault });
};
const frame = async () => {
  server.clock.pass(30 * second);
  return recordSample(server.deps, await frameOf(cast.camera, { at: server.clock.now() }));
};
const change = { place: '切配区', url: 'rtsp://192.0.2.14/stream1', user: 'viewer', sampleEverySeconds: 30 };

describe('a camera that nobody looks at', () => {
  it('is not watched after three intervals, everywhere it is shown, and back with its next picture', async () => {
    await frame();
    server.clock.pass(120 * second);
    expect([watchCameras(server.deps).length, countUnwatched(server.db, server.clock.now())]).toEqual([0, 0]);
    server.clock.pass(20 * second);
    expect(watchCameras(server.deps)).toEqual([cast.camera.id]);
    expect(watchCameras(server.deps)).toEqual([]);
    expect(camera().state).toBe('unwatched');
    const sites = cast.owner.sites;
    expect(await (await server.call(`/cameras/${cast.camera.id}`, { as: 'owner', sites })).text()).toContain('未巡看');
    expect(await (await server.call('/my', { as: 'owner', sites })).text()).toContain('起系统没有查看这路画面');
    expect(await (await server.call('/health', { as: 'admin' })).text()).toContain('1 路摄像头到时没有查看');
    expect(await (await server.call('/readyz')).json()).toMatchObject({ ready: true, unwatched: 1 });
    expect(await (await server.call('/metrics', { as: 'admin' })).text()).toContain('cameras_unwatched 1');
    await frame();
    expect([camera().state, countUnwatched(server.db, server.clock.now())]).toEqual(['online', 0]);
    const states = cameraTimeline(server.db, cast.camera.id, 0).map(({ after }) => after);
    expect(states.slice(0, 2)).toEqual(['online', 'unwatched']);
  });

  it('is a notice to the administrators and to the owner, once an hour and no oftener', async () => {
    await frame();
    const told = () =>
      server.db.sqlite
        .prepare(
          'SELECT n.kind, a.role FROM notice n JOIN notice_reader r ON r.notice_id = n.id JOIN account a ON a.id = r.account_id WHERE n.key GLOB ? ORDER BY a.role',
        )
        .all('unwatched*') as { kind: string; role: string }[];
    const blind = () => {
      server.clock.pass(200 * second);
      tellOfUnwatched(server.deps, watchCameras(server.deps));
    };
    blind();
    expect(told()).toEqual([
      { kind: 'alert', role: 'admin' },
      { kind: 'general', role: 'owner' },
    ]);
    await frame();
    blind();
    expect(told()).toHaveLength(2);
    server.clock.pass(3600 * second);
    await frame();
    blind();
    expect(told()).toHaveLength(4);
  });

  it('is known although nothing notes it, because the rows themselves are asked', async () => {
    await frame();
    server.clock.pass(600 * second);
    expect(countUnwatched(server.db, server.clock.now())).toBe(1);
  });

  it('is not one that is away and waited for longer each time', () => {
    for (let i = 0; i < 4; i++) miss('timeout');
    server.clock.pass(20 * 60 * second);
    expect(watchCameras(server.deps)).toEqual([]);
    server.clock.pass(15 * 60 * second);
    expect(watchCameras(server.deps)).toEqual([cast.camera.id]);
  });
});

describe('a wrong password', () => {
  it('is tried three times, said so, and tried again once it is changed', async () => {
    for (let i = 0; i < 3; i++) miss('unauthorised');
    server.clock.pass(3600 * second);
    expect([scheduleSamples(server.deps), watchCameras(server.deps)]).toEqual([0, []]);
    const sites = cast.owner.sites;
    expect(await (await server.call('/my', { as: 'owner', sites })).text()).toContain('已停止尝试');
    changeCamera(server.deps, cast.owner, cast.camera.id, { ...change, place: '炒锅区' });
    expect(scheduleSamples(server.deps)).toBe(0);
    changeCamera(server.deps, cast.owner, cast.camera.id, { ...change, password: 'right now ' });
    expect(scheduleSamples(server.deps)).toBe(1);
    expect(cameraSpec(server.deps, camera()).password).toBe('right now ');
  });

  it('that was right in between is counted anew, and another fault counts as none', async () => {
    for (let i = 0; i < 2; i++) miss('unauthorised');
    await frame();
    for (let i = 0; i < 2; i++) miss('unauthorised');
    for (let i = 0; i < 5; i++) miss('timeout');
    server.clock.pass(3600 * second);
    expect(scheduleSamples(server.deps)).toBe(1);
  });
});

describe('what breaks while looking', () => {
  it('is a miss with its reason, and no silence', async () => {
    const deps = { ...server.deps, eye: blindEye };
    server.clock.pass(second);
    await sampleCamera(deps, { cameraId: cast.camera.id });
    expect(camera()).toMatchObject({ lastFault: 'internal', lastTriedAt: server.clock.now() });
    server.db.sqlite.prepare("UPDATE camera SET sealed_password = 'spoilt'").run();
    server.clock.pass(second);
    await sampleCamera(server.deps, { cameraId: cast.camera.id });
    expect(camera()).toMatchObject({ lastFault: 'internal', lastTriedAt: server.clock.now() });
  });
});

describe('a secret inside an address', () => {
  const typed = 'rtsp://192.0.2.14/h264?usr=admin&pwd=oolong-8&channel=1';

  it('is sealed, never shown, and used; written anew it replaces the old one', () => {
    const input = {
      siteId: cast.restaurant.siteId,
      place: '门口',
      kind: 'rtsp',
      url: typed,
      sampleEverySeconds: 30,
    } as const;
    const { id } = addCamera(server.deps, cast.owner, input);
    const row = () => cameraById(server.db, id)!;
    expect(row().url).toBe('rtsp://192.0.2.14/h264?usr=admin&pwd=***&channel=1');
    expect(JSON.stringify(server.db.sqlite.prepare('SELECT * FROM camera').all())).not.toContain('oolong-8');
    expect(cameraSpec(server.deps, row()).url).toBe(typed);
    changeCamera(server.deps, cast.owner, id, { ...change, url: row().url! });
    expect(cameraSpec(server.deps, row()).url).toBe(typed);
    const moved = { ...change, url: row().url!.replace('channel=1', 'channel=2') };
    expect(() => changeCamera(server.deps, cast.owner, id, moved)).toThrow();
    changeCamera(server.deps, cast.owner, id, {
      ...change,
      url: 'rtsp://192.0.2.14/user=a_password=b_c_channel=1.sdp',
    });
    expect(row().url).toBe('rtsp://192.0.2.14/user=a_password=***_channel=1.sdp');
  });

  it('that was kept before is sealed at the next start', () => {
    server.db.sqlite.prepare('UPDATE camera SET url = ?').run(typed);
    expect([sealOldAddresses(server.deps), sealOldAddresses(server.deps)]).toEqual([1, 0]);
    expect(camera().url).toContain('pwd=***');
    expect(cameraSpec(server.deps, camera()).url).toBe(typed);
  });
});

describe('a network that cameras may never be in', () => {
  it('is refused with its reason, one line at a time', async () => {
    const form = {
      auditPercent: '3',
      secondPercent: '10',
      hits: '2',
      of: '3',
      keepCleared: '30',
      keepConfirmed: '365',
    };
    const save = async (networks: string) => {
      const answer = await server.call('/kitchens/settings', {
        as: 'admin',
        form: { ...form, keepAnswer: '365', networks },
        headers: { accept: 'text/html' },
      });
      return answer.status === 303 ? 'saved' : await answer.text();
    };
    for (const never of ['127.0.0.0/8', '169.254.0.0/16', '0.0.0.0/0', '::1/128', 'fe80::/10', '::/0', '224.0.0.0/4'])
      expect(await save(never), never).toContain('永远不会对摄像头开放');
    for (const mask of ['192.168.1.0/33', '192.168.1.0', '192.168.1.0/255.255.255.0', '300.1.1.0/24'])
      expect(await save(mask), mask).toContain('网段写法不对');
    expect(await save('10.0.0.0/4')).toContain('网段太宽');
    expect(await save('192.168.20.0/24 554 8554')).toContain('多个端口用逗号相连');
    for (const port of ['0', '70000', 'rtsp', '554,'])
      expect(await save(`192.168.20.0/24 ${port}`), port).toContain('端口是 1 到 65535');
    expect(await save('192.168.20.0/24 554,8554\nfd00:12::/64')).toBe('saved');
  });
});

describe('a certificate of the camera’s own', () => {
  it('is offered to an administrator alone, and taken when accepted by its fingerprint', async () => {
    const fingerprint = 'ab'.repeat(32);
    const fault = { code: 'certificate', detail: `Nobody vouches; its SHA-256 is ${fingerprint}.` } as const;
    const eye = scriptedEye({ sample: (cameraId) => ({ ok: false, cameraId, at: server.clock.now(), fault }) });
    const strict = openTestServer({ eye, from: server });
    const tested = async (role: 'admin' | 'owner') => {
      server.clock.pass(second);
      const options = { as: role, sites: cast.owner.sites, form: {}, headers: { accept: 'text/html' } };
      return (await strict.call(`/cameras/${cast.camera.id}/test`, options)).text();
    };
    expect(await tested('admin')).toContain(`value="${fingerprint}"`);
    const told = await tested('owner');
    expect(told).toContain('摄像头的证书不受信任');
    expect(told).not.toContain(fingerprint);
    const accept = (as: 'admin' | 'owner', certificate: string) =>
      strict.call(`/cameras/${cast.camera.id}/certificate`, { as, sites: cast.owner.sites, form: { certificate } });
    expect((await accept('owner', fingerprint)).status).toBe(403);
    expect((await accept('admin', 'no fingerprint')).status).toBe(400);
    expect((await accept('admin', fingerprint)).status).toBe(303);
    expect(cameraSpec(server.deps, camera()).certificate).toBe(fingerprint);
    changeCamera(server.deps, cast.owner, cast.camera.id, { ...change, url: 'rtsp://192.0.2.15/stream1' });
    expect(cameraSpec(server.deps, camera()).certificate).toBeUndefined();
  });
});
