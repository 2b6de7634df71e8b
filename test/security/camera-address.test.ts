// S1: no address a camera's owner can type, redirect to, or put into a playlist reaches a server it should not.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../inference/address-guard.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openStreams } from '../../inference/stream.ts';
import type { AddressRule, CameraKind } from '../../inference/types.ts';
import { cameraAddress, networkTo } from '../support/camera-network.ts';
import { type Canary, ownAddresses, type Page, type Sender, startCanary, startSender } from '../support/canary.ts';
import { selves } from '../support/hostile-hosts.ts';
import { h264Clip, startRtspServer } from '../support/rtsp-server.ts';

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

describe('a camera that sends us on', () => {
  async function sender(page: (path: string) => Page): Promise<Network> {
    const started = await startSender(page);
    senders.push(started);
    return networkTo(started.port);
  }

  it('by a redirect of any kind to any of those addresses is not followed', async () => {
    const targets = [
      ...selves.map((host) => `http://${host}:${port}/`),
      `//127.0.0.1:${port}/`,
      'file:///etc/passwd',
      `rtsp://127.0.0.1:${port}/`,
      `http://user@127.0.0.1:${port}/`,
    ];
    const network = await sender((at) => ({
      status: 300 + (Number(at.slice(2)) % 9),
      headers: { location: encodeURI(targets[Number(at.slice(2))] ?? '').replaceAll('%25', '%') },
    }));
    for (const index of targets.keys()) {
      for (const kind of ['snapshot', 'mjpeg', 'hls'] as const) {
        expect(await ask(`http://camera.example/r${index}`, { kind, network }), targets[index]).toMatch(
          /redirect|forbidden|name|address/,
        );
      }
    }
  });

  it('in circles is given up, and within its own address is followed without the password going anywhere else', async () => {
    const passwords: (string | undefined)[] = [];
    const started = await startSender((at, headers) => {
      passwords.push(headers.authorization && `${headers.host} ${at}`);
      if (at === '/loop') return { status: 302, headers: { location: '/loop' } };
      if (at === '/start') return { status: 302, headers: { location: '/kept' } };
      if (at === '/away') return { status: 307, headers: { location: 'http://other.example/kept' } };
      if (!headers.authorization) return { status: 401, headers: { 'www-authenticate': 'Basic realm="camera"' } };
      return { body: 'picture', headers: { 'content-type': 'image/jpeg' } };
    });
    senders.push(started);
    const streams = openStreams({ ffmpeg, now: Date.now, takeMs: 3_000, network: networkTo(started.port) });
    const take = (at: string) =>
      streams.take({
        id: '1',
        kind: 'snapshot',
        url: `http://camera.example${at}`,
        allow: [],
        user: 'owner',
        password: 'secret',
      });
    await expect(take('/loop')).rejects.toMatchObject({ code: 'redirect' });
    expect((await take('/start')).jpeg.toString()).toBe('picture');
    await expect(take('/away')).rejects.toMatchObject({ code: 'unauthorised' });
    expect(passwords.filter(Boolean)).toEqual(['camera.example /kept']);
  });

  it('by a playlist, its variants, its segments, its first part or its keys is not followed', async () => {
    const targets = [
      ...selves.slice(0, 36).map((host) => `http://${host}:${port}/s.ts`),
      `//127.0.0.1:${port}/s.ts`,
      'file:///etc/passwd',
      'concat:/etc/passwd|/etc/hostname',
      `rtsp://127.0.0.1:${port}/`,
    ];
    const playlists = [
      (link: string) => `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${link}\n`,
      (link: string) => `#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=640x360\n${link}\n`,
      (link: string) => `#EXTM3U\n#EXT-X-MAP:URI="${link}"\n#EXTINF:2,\nown.ts\n`,
      (link: string) => `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${link}"\n#EXTINF:2,\nown.ts\n`,
    ];
    const network = await sender((at) => {
      const [, target = '', shape = ''] = /^\/(\d+)\/(\d)/.exec(at) ?? [];
      return { body: playlists[Number(shape)]?.(targets[Number(target)] ?? '') ?? 'no segment' };
    });
    for (const index of targets.keys()) {
      for (const shape of playlists.keys()) {
        expect(
          await ask(`http://camera.example/${index}/${shape}`, { kind: 'hls', network }),
          `${targets[index]} ${shape}`,
        ).not.toMatch(/bytes/);
      }
    }
  });

  it('by what is inside a segment is not followed, because ffmpeg is told what it reads and from where', async () => {
    const inside = [
      `#EXTM3U\n#EXTINF:2,\nhttp://127.0.0.1:${port}/s.ts\n`,
      `ffconcat version 1.0\nfile 'http://127.0.0.1:${port}/s.ts'\n`,
      `v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video ${port} RTP/AVP 96\r\nc=IN IP4 127.0.0.1\r\n`,
      `<MPD><BaseURL>http://127.0.0.1:${port}/</BaseURL></MPD>`,
    ];
    // Dressed as MPEG-TS and as MP4 by the first bytes we look at.
    const dressed = inside.flatMap((text) => [text, `G${text}`, `\0\0\0\x18ftypisom${text}`]);
    const network = await sender((at) => ({
      body: at.endsWith('.m3u8')
        ? `#EXTM3U\n#EXTINF:2,\n${at.slice(1, -5)}.ts\n`
        : (dressed[Number(/\d+/.exec(at)?.[0])] ?? ''),
    }));
    for (const index of dressed.keys())
      expect(await ask(`http://camera.example/${index}.m3u8`, { kind: 'hls', network })).toMatch(/codec|protocol/);
    const folder = await mkdtemp(path.join(tmpdir(), 'clips-'));
    // What is dressed gets as far as ffmpeg; the rest is refused by its first bytes.
    for (const [index, text] of dressed.entries()) {
      const file = path.join(folder, `${index}.mp4`);
      await writeFile(file, text);
      expect(await ask('', { kind: 'clip', path: file })).toBe(index % 3 === 0 ? 'form' : 'codec');
    }
    await rm(folder, { recursive: true });
  });

  it('over RTSP by a redirect, a track elsewhere or a base elsewhere is not followed', async () => {
    const clip = h264Clip(ffmpeg ?? 'ffmpeg', { seconds: 1 });
    const links = [`rtsp://127.0.0.1:${port}/live`, `rtsp://[::1]:${port}/live`, `http://127.0.0.1:${port}/live`];
    for (const link of links) {
      for (const misbehave of [
        { kind: 'redirect', to: link },
        { kind: 'foreign control', link },
      ] as const) {
        const server = await startRtspServer({ clip, misbehave });
        const found = await ask('rtsp://camera.example/live', { kind: 'rtsp', network: networkTo(server.port) });
        if (misbehave.kind === 'redirect') expect(found).toBe('redirect');
        await server.close();
      }
    }
  });
});
