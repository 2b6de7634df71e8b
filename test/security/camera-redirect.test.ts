// A camera that sends the program on reaches nothing it may not reach.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../inference/address-guard.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openStreams } from '../../inference/stream.ts';
import type { AddressRule, CameraKind } from '../../inference/types.ts';
import { networkTo } from '../support/camera-network.ts';
import { type Canary, type Page, type Sender, startCanary, startSender } from '../support/canary.ts';
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
