// Snapshot, Motion JPEG, HLS and clips, with real bytes made by ffmpeg, and the ways in which such cameras misbehave.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { readPlaylist } from '../../inference/hls-playlist.ts';
import { openPicture } from '../../inference/image.ts';
import { jpegParts } from '../../inference/jpeg-parts.ts';
import { openStreams } from '../../inference/stream.ts';
import type { CameraKind, CameraSpec } from '../../inference/types.ts';
import { networkTo } from '../support/camera-network.ts';
import { squares } from '../support/pictures.ts';

const ffmpeg = findFfmpeg();

const login = { user: 'kitchen', password: 'secret' };

let folder: string;

let jpeg: Buffer;

let server: http.Server | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cameras-'));
  jpeg = await squares(640, 360, []);
  const made = (file: string, output: readonly string[]): void => {
    const source = [
      '-f',
      'lavfi',
      '-i',
      'testsrc2=size=320x180:rate=10:duration=4',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '10',
      '-pix_fmt',
      'yuv420p',
    ];
    const { status, stderr } = spawnSync(ffmpeg ?? 'ffmpeg', [
      '-v',
      'error',
      '-nostdin',
      ...source,
      ...output,
      path.join(folder, file),
    ]);
    if (status !== 0) throw new Error(stderr.toString());
  };
  made('live.m3u8', ['-f', 'hls', '-hls_time', '1']);
  made('parts.m3u8', ['-f', 'hls', '-hls_time', '1', '-hls_segment_type', 'fmp4']);
  made('clip.mp4', ['-movflags', '+faststart']);
  made('clip.mkv', []);
});

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

afterAll(() => rm(folder, { recursive: true }));

type Handler = (request: http.IncomingMessage, response: http.ServerResponse) => void;

async function camera(
  kind: CameraKind,
  handler: Handler,
  spec: Partial<CameraSpec> = {},
  takeMs = 10_000,
): Promise<Buffer> {
  server = http.createServer(handler);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const streams = openStreams({
    ffmpeg,
    now: Date.now,
    takeMs,
    network: networkTo((server.address() as AddressInfo).port),
  });
  try {
    return (await streams.take({ id: '1', kind, url: 'http://camera.example/live.m3u8', allow: [], ...spec })).jpeg;
  } finally {
    streams.close();
  }
}

const fault = async (picture: Promise<Buffer>): Promise<string> =>
  picture.then(
    () => 'a picture',
    ({ code }) => code,
  );

const files: Handler = (request, response) => {
  readFile(path.join(folder, path.basename(request.url ?? ''))).then(
    (bytes) => response.end(bytes),
    () => response.writeHead(404).end(),
  );
};

describe('a snapshot camera', () => {
  it('that wants a Digest gets the right answer to its challenge, and no password before it asked', async () => {
    const seen: (string | undefined)[] = [];
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const picture = await camera(
      'snapshot',
      (request, response) => {
        const given = request.headers.authorization;
        seen.push(given?.split(' ')[0]);
        const field = (name: string): string => new RegExp(`${name}="?([^",]*)`).exec(given ?? '')?.[1] ?? '';
        const secret = `${md5('kitchen:cam:secret')}:n1:${field('nc')}:${field('cnonce')}:auth:${md5('GET:/shot?size=full')}`;
        if (field('response') === md5(secret)) response.end(jpeg);
        else
          response
            .writeHead(401, {
              'www-authenticate': [
                'Basic realm="cam"',
                'Digest realm="cam", nonce="n1", qop="auth,auth-int", opaque="o"',
              ],
            })
            .end();
      },
      { url: 'http://camera.example/shot?size=full', ...login },
    );
    expect(picture.equals(jpeg)).toBe(true);
    expect(seen).toEqual([undefined, 'Digest']);
  });

  it('that refuses, is lost, sends too much, trickles or never ends its headers is ended in time with its fault', async () => {
    const answers =
      (status: number): Handler =>
      (_, response) =>
        void response.writeHead(status).end();
    expect(await fault(camera('snapshot', answers(403)))).toBe('unauthorised');
    expect(await fault(camera('snapshot', answers(404)))).toBe('not_found');
    expect(await fault(camera('snapshot', answers(500)))).toBe('protocol');
    const endless: Handler = (_, response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(Buffer.alloc(1024 * 1024)), 1);
      response.on('close', () => clearInterval(timer));
    };
    expect(await fault(camera('snapshot', endless))).toBe('too_large');
    const trickle: Handler = (_, response) => {
      response.writeHead(200, { 'content-length': '100000' });
      const timer = setInterval(() => response.write('x'), 50);
      response.on('close', () => clearInterval(timer));
    };
    const from = Date.now();
    expect(await fault(camera('snapshot', trickle, {}, 800))).toBe('timeout');
    expect(await fault(camera('snapshot', () => undefined, {}, 800))).toBe('timeout');
    const headers: Handler = (request) => {
      const timer = setInterval(() => request.socket.write(`X-${Math.random()}: ${'y'.repeat(900)}\r\n`), 2);
      request.socket.write('HTTP/1.1 200 OK\r\n');
      request.socket.on('close', () => clearInterval(timer));
    };
    expect(await fault(camera('snapshot', headers, {}, 3_000))).toMatch(/protocol|timeout/);
    expect(Date.now() - from).toBeLessThan(15_000);
  });
});

describe('a Motion JPEG camera', () => {
  const parts =
    (head: string, type = 'multipart/x-mixed-replace; boundary=frame'): Handler =>
    (_, response) => {
      response.writeHead(200, { 'content-type': type });
      const send = (): void => {
        response.write(`--frame\r\n${head}\r\n`);
        // In pieces, as networks do.
        for (let at = 0; at < jpeg.length; at += 5000) response.write(jpeg.subarray(at, at + 5000));
        response.write('\r\n');
      };
      send();
      const timer = setInterval(send, 40);
      response.on('close', () => clearInterval(timer));
    };

  it('gives its first whole picture, with or without lengths, or one picture only', async () => {
    const lengths = `Content-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n`;
    expect((await camera('mjpeg', parts(lengths))).equals(jpeg)).toBe(true);
    await new Promise((resolve) => server?.close(resolve) && server.closeAllConnections());
    expect((await camera('mjpeg', parts('Content-Type: image/jpeg\r\n'))).equals(jpeg)).toBe(true);
    const single: Handler = (_, response) => void response.writeHead(200, { 'content-type': 'image/jpeg' }).end(jpeg);
    expect((await camera('mjpeg', single)).equals(jpeg)).toBe(true);
  });

  it('that sends anything else, or ends early, says so', async () => {
    const page: Handler = (_, response) =>
      void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>log in</p>'.repeat(1000));
    expect(await fault(camera('mjpeg', page))).toBe('protocol');
    const half: Handler = (_, response) =>
      void response
        .writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=f' })
        .end(Buffer.concat([Buffer.from('--f\r\n\r\n'), jpeg.subarray(0, 900)]));
    expect(await fault(camera('mjpeg', half))).toBe('no_keyframe');
  });

  it('may cut its stream anywhere: the pictures come out whole', () => {
    const stream = Buffer.concat(
      [1, 2, 3]
        .map(() => Buffer.concat([Buffer.from('--b\r\n\r\n'), jpeg, Buffer.from('\r\n')]))
        .concat(Buffer.from('--b')),
    );
    for (const size of [1, 7, 1000, stream.length]) {
      const reader = jpegParts('b', 1e6);
      const found: Buffer[] = [];
      for (let at = 0; at < Math.min(stream.length, size === 1 ? 60_000 : stream.length); at += size)
        found.push(...reader.push(stream.subarray(at, at + size)));
      for (const picture of found) expect(picture.equals(jpeg)).toBe(true);
      if (size > 1) expect(found).toHaveLength(3);
    }
    expect(() => jpegParts('b', 1000).push(Buffer.concat([Buffer.from('--b\r\n\r\n'), jpeg]))).toThrow(
      'more than 1000 bytes',
    );
  });
});

describe('an HLS camera', () => {
  it('gives a picture of its newest segment, as transport stream or as MP4 parts', async () => {
    for (const playlist of ['live.m3u8', 'parts.m3u8']) {
      const picture = await openPicture(await camera('hls', files, { url: `http://camera.example/${playlist}` }));
      expect([playlist, picture.width, picture.height]).toEqual([playlist, 320, 180]);
      await new Promise((resolve) => server?.close(resolve) && server.closeAllConnections());
    }
  });

  it('of several sizes is asked for the largest that is looked at', () => {
    const variant = (height: number, link: string): string =>
      `#EXT-X-STREAM-INF:BANDWIDTH=${height * 1000},RESOLUTION=${height * 2}x${height}\n${link}\n`;
    const master = (...heights: number[]): string =>
      `#EXTM3U\n${heights.map((height) => variant(height, `${height}.m3u8`)).join('')}`;
    expect(readPlaylist(master(360, 1080, 2160, 720))).toMatchObject({
      variants: ['1080.m3u8', '720.m3u8', '360.m3u8', '2160.m3u8'],
    });
    expect(readPlaylist(master(2160, 1440))).toMatchObject({ variants: ['1440.m3u8', '2160.m3u8'] });
    expect(() => readPlaylist('#EXTM3U\n#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"\n#EXTINF:1,\na.ts')).toThrow('encrypted');
    expect(() => readPlaylist('#EXTM3U\n')).toThrow('no segment');
    expect(() => readPlaylist('<html>')).toThrow('not an HLS playlist');
  });

  it('whose segment is no video is told so', async () => {
    const broken: Handler = (request, response) =>
      void response.end(request.url?.endsWith('.m3u8') ? '#EXTM3U\n#EXTINF:1,\na.ts\n' : Buffer.alloc(20_000, 'G'));
    expect(await fault(camera('hls', broken))).toBe('codec');
  });
});
