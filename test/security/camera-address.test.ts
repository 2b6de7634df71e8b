// S1: no address a camera's owner can type, redirect to, or put into a playlist reaches a server it should not.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../inference/address-guard.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openStreams } from '../../inference/stream.ts';
import type { AddressRule, CameraKind } from '../../inference/types.ts';
import { cameraAddress } from '../support/camera-network.ts';
import { type Canary, ownAddresses, type Sender, startCanary, startSender } from '../support/canary.ts';
import { selves } from '../support/hostile-hosts.ts';

const ffmpeg = findFfmpeg();

/** As wide as an administrator could open it by mistake: what is never allowed must hold even then. */
const everything: AddressRule[] = [
  { network: '0.0.0.0/0' },
  { network: '::/0' },
  { network: '127.0.0.0/8', ports: [80, 554] },
];

let canary: Canary;

let port: number;

const senders: Sender[] = [];

beforeAll(async () => {
  canary = await startCanary();
  port = canary.port;
});

afterEach(async () => {
  for (const sender of senders.splice(0)) await sender.close();
  expect(canary.seen).toEqual([]);
});

afterAll(() => canary.close());

interface Asked {
  readonly kind?: CameraKind;
  readonly allow?: readonly AddressRule[];
  readonly network?: Network;
  readonly path?: string;
}

/** The code of the fault, or the size of the picture that should not have come. */
async function ask(
  url: string,
  { kind = 'snapshot', allow = everything, network, path: file }: Asked = {},
): Promise<string> {
  const streams = openStreams({ ffmpeg, now: Date.now, takeMs: 3_000, ...(network ? { network } : {}) });
  try {
    const { jpeg } = await streams.take({ id: '1', kind, url, allow, ...(file ? { path: file } : {}) });
    return `${jpeg.length} bytes`;
  } catch (cause) {
    return String((cause as { code?: string }).code);
  } finally {
    streams.close();
  }
}

describe('an address', () => {
  it("of this machine, of its neighbours' metadata, or of nobody is never asked, however it is spelt and whatever is allowed", async () => {
    const urls = selves.flatMap(
      (host) =>
        [
          [`http://${host}:${port}/picture.jpg`, 'snapshot'],
          [`rtsp://${host}:${port}/live`, 'rtsp'],
        ] as const,
    );
    expect(urls.length).toBeGreaterThan(120);
    const found = await Promise.all(urls.map(async ([url, kind]) => [url, await ask(url, { kind })] as const));
    for (const [url, code] of found) expect(['address', 'forbidden', 'name'], url).toContain(code);
    const others = await Promise.all(
      (['hls', 'mjpeg'] as const).flatMap((kind) =>
        selves.slice(0, 34).map((host) => ask(`http://${host}:${port}/a`, { kind })),
      ),
    );
    for (const code of others) expect(['address', 'forbidden', 'name']).toContain(code);
  });

  it('of this machine on its network is opened only by a rule that names the port, and never to the product itself', async () => {
    const own = ownAddresses();
    for (const host of own) {
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;
      expect(await ask(url)).toBe('forbidden');
      expect(await ask(url, { allow: [] })).toBe('forbidden');
    }
    const { pinAddress, readCameraUrl } = await import('../../inference/address-guard.ts');
    for (const host of own.filter((address) => !address.includes(':'))) {
      const url = readCameraUrl('snapshot', `http://${host}:${port}/`);
      const allow = [{ network: `${host}/32`, ports: [port] }];
      expect((await pinAddress(url, { allow })).address).toBe(host);
      await expect(pinAddress(url, { allow, ownPorts: [port] })).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('on a private network is refused until an administrator opened that network and that port', async () => {
    const { pinAddress, readCameraUrl } = await import('../../inference/address-guard.ts');
    const answer = (url: string, allow: AddressRule[]) =>
      pinAddress(readCameraUrl('rtsp', url), { allow }).then(
        () => 'open',
        ({ code }) => code,
      );
    for (const host of ['10.1.2.3', '172.16.0.1', '192.168.77.8', '100.64.1.1', '[fd12::1]']) {
      expect(await answer(`rtsp://${host}/live`, [])).toBe('forbidden');
      expect(await answer(`rtsp://${host}/live`, [{ network: '10.9.0.0/16' }])).toBe('forbidden');
    }
    const rule = { network: '192.168.77.0/24', ports: [554] };
    expect(await answer('rtsp://192.168.77.8/live', [rule])).toBe('open');
    expect(await answer('rtsp://192.168.77.8:8554/live', [rule])).toBe('forbidden');
    expect(await answer('rtsp://[::ffff:192.168.77.8]/live', [rule])).toBe('open');
    expect(await answer('rtsp://192.168.78.8/live', [rule])).toBe('forbidden');
  });

  it('with another scheme, a login, or characters that parsers disagree about is refused before anything is asked', async () => {
    const at = `127.0.0.1:${port}`;
    const urls = [
      'file:///etc/passwd',
      'concat:http://x/a|file:///etc/passwd',
      `gopher://${at}/_x`,
      `ftp://${at}/a`,
      `rtmp://${at}/a`,
      `tcp://${at}`,
      `udp://${at}`,
      'pipe:0',
      'data:image/jpeg;base64,AAAA',
      `tls://${at}`,
      `subfile,,start,0,end,9,,:/etc/passwd`,
      `crypto+http://${at}/`,
      `rtsps://${at}/a`,
      'unix:///var/run/x',
      `http://camera.example@${at}/`,
      `http://user:secret@${at}/`,
      `http://${at}\\@camera.example/`,
      ` http://${at}/`,
      `http://${at}/\r\nHost: x`,
      `ht\ttp://${at}/`,
      `http:/${at}/`,
      `http:${at}/`,
      `//${at}/`,
      at,
      '',
      'http://',
      'http://:80/',
      `http://[::1`,
      `http://camera.example:99999/`,
      `http://camera.example:0/`,
      `http://${'a'.repeat(3000)}/`,
    ];
    for (const url of urls) expect(await ask(url), url).toBe('address');
    expect(await ask(`http://${at}/`, { kind: 'rtsp' })).toBe('address');
    expect(await ask(`rtsp://${at}/`, { kind: 'hls' })).toBe('address');
  });
});

describe('a name', () => {
  const leadsTo = (...answers: string[][]): Network => {
    let asked = 0;
    return { resolve: async () => answers[Math.min(asked++, answers.length - 1)] ?? [], route: (target) => target };
  };

  it('that leads to a forbidden address, even as one of several, is refused', async () => {
    for (const addresses of [
      ['127.0.0.1'],
      ['::1'],
      [cameraAddress, '127.0.0.1'],
      ['127.0.0.1', cameraAddress],
      ['::ffff:127.0.0.1'],
      ['169.254.169.254'],
      ['not an address'],
    ]) {
      for (const kind of ['snapshot', 'rtsp', 'hls', 'mjpeg'] as const) {
        const url = `${kind === 'rtsp' ? 'rtsp' : 'http'}://camera.example:${port}/a`;
        expect(await ask(url, { kind, network: leadsTo(addresses) }), `${kind} ${addresses}`).toBe('forbidden');
      }
    }
    expect(await ask('http://camera.example/', { network: leadsTo([]) })).toBe('name');
  });

  it('that changes its mind between the check and the connection is connected where it was checked', async () => {
    const honest = await startSender(() => ({ headers: { 'content-type': 'image/jpeg' }, body: 'picture' }));
    senders.push(honest);
    let asked = 0;
    const rebinding: Network = {
      resolve: async () => (asked++ === 0 ? [cameraAddress] : ['127.0.0.1']),
      route: (target) => (target.address === cameraAddress ? { address: '127.0.0.1', port: honest.port } : target),
    };
    expect(await ask(`http://camera.example:${port}/a`, { network: rebinding })).toBe('7 bytes');
    expect(honest.asked).toEqual([`camera.example:${port} /a`]);
    expect(asked).toBe(1);
    expect(await ask(`http://camera.example:${port}/a`, { network: rebinding })).toBe('forbidden');
  });
});
