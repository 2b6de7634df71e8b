// ONVIF against a camera of our own: found in opened networks alone, asked for its streams, and never followed elsewhere.
import { afterEach, describe, expect, it } from 'vitest';
import type { Network } from '../../inference/address-guard.ts';
import { askOnvif } from '../../inference/onvif.ts';
import { findDevices } from '../../inference/onvif-discovery.ts';
import { type OnvifHabits, type OnvifServer, startOnvifCamera } from '../support/onvif-camera.ts';

const login = { user: 'kitchen & co', password: 'p<ss "word"' };
const allow = [{ network: '192.168.20.8/30' }];
const home = '192.168.20.9';
const open: OnvifServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function camera(habits: OnvifHabits = {}) {
  const server = await startOnvifCamera(habits);
  open.push(server);
  const dialled: string[] = [];
  const network: Network = {
    resolve: async () => [home],
    route: ({ address, port }) => {
      dialled.push(`${address}:${port}`);
      return {
        address: '127.0.0.1',
        port: port === 3702 && address !== home ? 9 : port === 3702 ? server.discoveryPort : server.port,
      };
    },
  };
  const ask = (who: typeof login | 'nobody' = login) =>
    askOnvif({
      host: home,
      port: 80,
      guard: { allow, network },
      now: Date.now,
      ...(who === 'nobody' ? {} : { login: who }),
    });
  return { server, network, dialled, ask };
}

const codeOf = (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'an answer',
    (fault: { code: string }) => fault.code,
  );

describe('an ONVIF camera', () => {
  it('says its streams, the largest first, at the host that was asked and not where it believes to be', async () => {
    const { ask, dialled, server } = await camera({ login, clockAheadMs: 3 * 3_600_000 });
    const found = await ask();
    expect(found).toMatchObject({ maker: 'Lantian', model: 'LT-2' });
    expect(found.streams).toEqual([
      { url: `rtsp://${home}/Streaming/Channels/101?transportmode=unicast`, width: 1920, height: 1080, codec: 'H264' },
      { url: `rtsp://${home}/Streaming/Channels/102`, width: 960, height: 540, codec: 'H264' },
    ]);
    expect(Math.abs((found.clockOffsetMs ?? 0) - 3 * 3_600_000)).toBeLessThan(2_000);
    expect(new Set(dialled)).toEqual(new Set([`${home}:80`]));
    expect(server.calls).toContain('POST /onvif/Media GetProfiles');
  });

  it('with a wrong password, or without one, says so', async () => {
    const { ask } = await camera({ login });
    expect(await codeOf(ask({ ...login, password: 'guess' }))).toBe('unauthorised');
    expect(await codeOf(ask('nobody'))).toBe('unauthorised');
  });

  it('outside every opened network is not asked at all', async () => {
    const { server, network } = await camera();
    const asked = askOnvif({ host: '192.168.21.9', port: 80, guard: { allow, network }, now: Date.now });
    expect(await codeOf(asked)).toBe('forbidden');
    expect(server.calls).toEqual([]);
  });

  it('that answers nonsense, a bomb of entities, or a link to a file is told as no ONVIF', async () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}">]><Envelope><Body>&a;</Body></Envelope>`;
    const habits: OnvifHabits[] = [
      { instead: { GetDeviceInformation: 'hello' } },
      { instead: { GetProfiles: bomb } },
      { instead: { GetProfiles: '<s:Envelope><s:Body><GetProfilesResponse/></s:Body></s:Envelope>' } },
      { links: ['file:///etc/passwd'] },
      { links: ['http://127.0.0.1/live'] },
    ];
    for (const each of habits) expect(await codeOf((await camera(each)).ask()), JSON.stringify(each)).toBe('protocol');
    const long = { instead: { GetProfiles: 'x'.repeat(300_000) } };
    expect(await codeOf((await camera(long)).ask())).toBe('too_large');
  });
});

describe('looking for cameras', () => {
  it('asks every address of an opened network, and names who answered, at the address they answered from', async () => {
    const { network, dialled, server } = await camera();
    const { devices, asked, cut } = await findDevices({ allow, network, waitMs: 400 });
    expect(devices).toEqual([
      { address: home, port: server.port, path: '/onvif/device_service', name: 'Prep area', model: 'LT-2' },
    ]);
    expect([asked, cut]).toEqual([4, []]);
    expect(dialled).toEqual(['192.168.20.8:3702', `${home}:3702`, '192.168.20.10:3702', '192.168.20.11:3702']);
  });

  it('without an opened network asks nobody; a wide one is asked from its beginning, and says so', async () => {
    const { network, dialled, server } = await camera();
    expect(await findDevices({ allow: [], network, waitMs: 100 })).toEqual({ devices: [], asked: 0, cut: [] });
    expect([dialled, server.calls]).toEqual([[], []]);
    const wide = await findDevices({ allow: [{ network: '10.0.0.0/8' }], network, waitMs: 10 });
    expect([wide.asked, wide.cut]).toEqual([1024, ['10.0.0.0/8']]);
  });

  it('takes no notice of an answer that is none', async () => {
    const { network } = await camera({ instead: { Probe: '<x>' } });
    expect((await findDevices({ allow, network, waitMs: 300 })).devices).toEqual([]);
  });
});
