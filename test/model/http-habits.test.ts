// Snapshots, Motion JPEG and HLS as cameras really serve them: what a browser shows is a picture here too.

import { spawnSync } from 'node:child_process';
import { createCipheriv, createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openPicture } from '../../inference/image.ts';
import { openStreams } from '../../inference/stream.ts';
import type { CameraKind, CameraSpec } from '../../inference/types.ts';
import { networkTo } from '../support/camera-network.ts';
import { squares } from '../support/pictures.ts';
import { type RawAnswer, says, saysOn, site, startRawCamera, streams } from '../support/raw-http.ts';

const ffmpeg = findFfmpeg();
const login = { user: 'kitchen', password: 'p@ss ' };
let folder: string;
let jpeg: Buffer;
let segment: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'habits-'));
  jpeg = await squares(640, 360, []);
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=10:duration=1', '-c:v', 'libx264', '-g', '5'];
  const made = spawnSync(ffmpeg ?? 'ffmpeg', [
    '-v',
    'error',
    ...source,
    '-pix_fmt',
    'yuv420p',
    '-f',
    'mpegts',
    'pipe:1',
  ]);
  segment = made.stdout;
});
afterAll(() => rm(folder, { recursive: true }));

/** `640x360`, or the fault with its sentence. */
async function seen(kind: CameraKind, answer: RawAnswer, spec: Partial<CameraSpec> = {}): Promise<string> {
  const camera = await startRawCamera(answer);
  const opened = openStreams({ ffmpeg, now: Date.now, takeMs: 4_000, network: networkTo(camera.port) });
  try {
    const url = 'http://camera.example/x.m3u8';
    const taken = await opened.take({ id: '1', kind, url, allow: [], ...login, ...spec });
    const { width, height } = await openPicture(taken.jpeg);
    return `${width}x${height}`;
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string };
    return `${code ?? 'thrown'}: ${message}`;
  } finally {
    opened.close();
    camera.close();
  }
}

async function allSeen(kind: CameraKind, size: string, table: Readonly<Record<string, RawAnswer>>): Promise<void> {
  const found = await Promise.all(
    Object.entries(table).map(async ([name, answer]) => `${name}: ${await seen(kind, answer)}`),
  );
  expect(found).toEqual(Object.keys(table).map((name) => `${name}: ${size}`));
}

const head = (...more: readonly string[]): string[] => ['HTTP/1.1 200 OK', 'Content-Type: image/jpeg', ...more];

describe('a snapshot comes', () => {
  it('whatever the head of the answer looks like', async () => {
    const length = `Content-Length: ${jpeg.length}`;
    await allSeen('snapshot', '640x360', {
      'lower case': says(['http/1.1 200 OK', length], jpeg),
      'no reason': says(['HTTP/1.0 200', length], jpeg),
      ICY: says(['ICY 200 OK'], jpeg),
      'space before the colon': says(head('Server : a', `Content-Length : ${jpeg.length}`), jpeg),
      'no colon': says(head('Nonsense', length), jpeg),
      'folded line': says(head('X-A: b', '  c', length), jpeg),
      'line feeds': says(head(length), jpeg, '\n'),
      'twice the length': says(head(length, length), jpeg),
      'go on first': says(['HTTP/1.1 100 Continue', '', 'HTTP/1.1 200 OK', length], jpeg),
      'no type, no length, left open': saysOn(['HTTP/1.1 200 OK'], jpeg),
    });
  });

  it('whatever length is said of it', async () => {
    const chunked = Buffer.concat([Buffer.from(`${jpeg.length.toString(16)}\r\n`), jpeg, Buffer.from('\r\n0\r\n\r\n')]);
    await allSeen('snapshot', '640x360', {
      '2 too large': says(head(`Content-Length: ${jpeg.length + 2}`), jpeg),
      '48 too large, left open': saysOn(head(`Content-Length: ${jpeg.length + 48}`), jpeg),
      '48 too small': says(head(`Content-Length: ${jpeg.length - 48}`), jpeg),
      'both length and chunks': says(head('Content-Length: 10', 'Transfer-Encoding: chunked'), chunked),
      'chunks that are none': says(head('Transfer-Encoding: chunked'), jpeg),
      'chunks without an end': saysOn(head('Transfer-Encoding: Chunked'), chunked.subarray(0, -7)),
      gzip: says(head('Content-Encoding: gzip'), gzipSync(jpeg)),
      'gzip and silent about it': says(head(), gzipSync(jpeg)),
      'a stream instead': streams(
        'multipart/x-mixed-replace; boundary=b',
        Buffer.concat([Buffer.from('--b\r\n\r\n'), jpeg]),
      ),
      'its last bytes missing': says(head(), jpeg.subarray(0, -4)),
    });
    expect(await seen('snapshot', says(head(), jpeg.subarray(0, jpeg.length / 2)))).toMatch(/^damaged/);
    expect(await seen('snapshot', says(head(), gzipSync(Buffer.alloc(64_000_000))))).toMatch(/^too_large/);
  });

  it('by every way of logging in, and a wrong password is asked once', async () => {
    const md5 = (text: string, hash = 'md5'): string => createHash(hash).update(text).digest('hex');
    const digest =
      (
        fields: (nonce: string) => string,
        hash: string,
        right = (field: (name: string) => string, nonce: string) => {
          const qop = field('qop');
          const request = md5(`GET:/x.m3u8${qop === 'auth-int' ? `:${md5('', hash)}` : ''}`, hash);
          const middle = qop ? `${nonce}:${field('nc')}:${field('cnonce')}:${qop}` : nonce;
          return field('response') === md5(`${md5(`kitchen:c:${login.password}`, hash)}:${middle}:${request}`, hash);
        },
      ): RawAnswer =>
      (request, socket) => {
        const given = /^authorization: (.*)$/im.exec(request.head)?.[1] ?? '';
        const field = (name: string): string => new RegExp(`\\b${name}="?([^",]*)`).exec(given)?.[1] ?? '';
        if (right(field, 'n1') && request.before !== 1) return says(head(), jpeg)(request, socket);
        says(['HTTP/1.1 401 Unauthorized', `WWW-Authenticate: Digest realm="c", ${fields('n1')}`, 'Content-Length: 0'])(
          request,
          socket,
        );
      };
    await allSeen('snapshot', '640x360', {
      'SHA-512-256, stale once': digest(
        (n) => `nonce="${n}", qop="auth", algorithm=SHA-512-256, stale=true`,
        'sha512-256',
      ),
      'auth-int, stale once': digest((n) => `nonce="${n}", qop="auth-int", stale=true`, 'md5'),
    });
    const wrong = await startRawCamera(
      says(['HTTP/1.1 401 Unauthorized', 'WWW-Authenticate: Digest realm="c", nonce="n"', 'Content-Length: 0']),
    );
    const opened = openStreams({ ffmpeg, now: Date.now, network: networkTo(wrong.port) });
    const spec = { id: '1', kind: 'snapshot', url: 'http://camera.example/', allow: [], ...login } as const;
    await expect(opened.take(spec)).rejects.toMatchObject({ code: 'unauthorised' });
    expect(wrong.heads.filter((each) => /^authorization:/im.test(each))).toHaveLength(1);
    wrong.close();
    const locked = says(
      ['HTTP/1.1 401 Unauthorized', 'Content-Length: 40'],
      '<lockStatus>lock</lockStatus>           ',
    );
    expect(await seen('snapshot', locked)).toMatch(/^locked/);
    expect(await seen('snapshot', says(['HTTP/1.1 401 No', 'Content-Length: 0']))).toMatch(/^challenge/);
    expect(await seen('snapshot', says(['SSH-2.0-OpenSSH_9.2']))).toMatch(/^protocol: .*not HTTP/);
  });

  it('from a camera with a certificate of its own only when its fingerprint was accepted', async () => {
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=camera', '-keyout', key, '-out', cert];
    spawnSync('openssl', made);
    const asked: string[] = [];
    const server = https.createServer({ key: await readFile(key), cert: await readFile(cert) }, (request, response) => {
      asked.push(request.headers.authorization ?? 'no login');
      response.end(jpeg);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const opened = openStreams({ ffmpeg, now: Date.now, network: networkTo((server.address() as AddressInfo).port) });
    const spec = { id: '1', kind: 'snapshot', url: 'https://camera.example/s', allow: [] } as const;
    const refused = await opened.take(spec).catch((fault: { code: string; message: string }) => fault);
    expect(refused).toMatchObject({ code: 'certificate' });
    expect(asked).toEqual([]);
    const certificate = /SHA-256 is ([\da-f]{64})/.exec('message' in refused ? refused.message : '')?.[1] ?? '';
    expect((await opened.take({ ...spec, certificate })).jpeg.equals(jpeg)).toBe(true);
    await expect(opened.take({ ...spec, certificate: certificate.replace(/./g, '0') })).rejects.toMatchObject({
      code: 'certificate',
    });
    server.closeAllConnections();
    server.close();
  });
});

describe('a Motion JPEG picture comes', () => {
  it('whatever stands between the pictures', async () => {
    const part = (lines: string, picture = jpeg, after = '\r\n') =>
      Buffer.concat([Buffer.from(lines), picture, Buffer.from(after)]);
    const type = 'multipart/x-mixed-replace;boundary=frame';
    const text = '--frame\r\nContent-Type: text/plain\r\nContent-Length: 12\r\n\r\nhello world!\r\n';
    const xml = `--frame\r\nContent-Type: application/xml\r\n\r\n<a>${'x'.repeat(9000)}</a>\r\n`;
    await allSeen('mjpeg', '640x360', {
      'length 0': streams(type, part('--frame\r\nContent-Length: 0\r\n\r\n')),
      'length too small': streams(type, part(`--frame\r\nContent-Length: ${jpeg.length - 48}\r\n\r\n`)),
      'length too large': streams(type, part(`--frame\r\nContent-Length: ${jpeg.length + 48}\r\n\r\n`)),
      'no dashes': streams(type, part('frame\r\nContent-Type: image/jpeg\r\n\r\n')),
      'another boundary': streams(type, part('--other\r\n\r\n')),
      'no boundary': streams('multipart/x-mixed-replace', part('\r\n\r\n')),
      'text first': streams(type, Buffer.concat([Buffer.from(text), part('--frame\r\n\r\n')])),
      'XML first': streams(type, Buffer.concat([Buffer.from(xml), part('--frame\r\n\r\n')])),
      'no end of picture': streams(type, part('--frame\r\n\r\n', jpeg.subarray(0, -2))),
      'bare pictures': streams('video/x-motion-jpeg', jpeg),
    });
  });
});

describe('an HLS picture comes', () => {
  const list = (...lines: readonly string[]): string => ['#EXTM3U', ...lines, ''].join('\n');

  it('whatever its playlists look like', async () => {
    const media = list('#EXTINF:1,', 'a.ts');
    const files = { '/a.ts': segment, '/big.m3u8': media };
    const ranged = Buffer.concat([Buffer.alloc(1000, 7), segment]);
    const key = Buffer.alloc(16, 3);
    const seal = (iv: Buffer): Buffer => {
      const cipher = createCipheriv('aes-128-cbc', key, iv);
      return Buffer.concat([cipher.update(segment), cipher.final()]);
    };
    const numbered = Buffer.alloc(16);
    numbered[15] = 9;
    const variant = (link: string, more: string) => [`#EXT-X-STREAM-INF:BANDWIDTH=4000000,${more}`, link];
    await allSeen('hls', '320x180', {
      'carriage returns': site({ ...files, '/x.m3u8': media.replaceAll('\n', '\r') }),
      gzip: site({ ...files, '/x.m3u8': gzipSync(media) }),
      'byte ranges': site({
        '/one.ts': ranged,
        '/x.m3u8': list('#EXTINF:1,', `#EXT-X-BYTERANGE:${segment.length}@1000`, 'one.ts'),
      }),
      'newest gone': site({ ...files, '/x.m3u8': list('#EXTINF:1,', 'a.ts', '#EXTINF:1,', 'gone.ts') }),
      'newest without a picture': site({
        ...files,
        '/b.ts': Buffer.alloc(20_000, 'G'),
        '/x.m3u8': list('a.ts', 'b.ts'),
      }),
      'sound beside it': site({
        ...files,
        '/x.m3u8': list(
          ...variant('audio.m3u8', 'CODECS="mp4a.40.2"'),
          ...variant('big.m3u8', 'RESOLUTION=2560x1440,CODECS="avc1.640032,mp4a.40.2"'),
        ),
      }),
      'a dead variant': site({
        ...files,
        '/x.m3u8': list(...variant('dead.m3u8', 'RESOLUTION=1920x1080'), ...variant('big.m3u8', 'RESOLUTION=640x360')),
      }),
      'AES-128': site({
        '/k': key,
        '/a.ts': seal(Buffer.alloc(16, 1)),
        '/x.m3u8': list(`#EXT-X-KEY:METHOD=AES-128,URI="k",IV=0x${'01'.repeat(16)}`, '#EXTINF:1,', 'a.ts'),
      }),
      'AES-128 by number': site({
        '/k': key,
        '/a.ts': seal(numbered),
        '/x.m3u8': list('#EXT-X-MEDIA-SEQUENCE:9', '#EXT-X-KEY:METHOD=AES-128,URI="k"', '#EXTINF:1,', 'a.ts'),
      }),
    });
    const sealed = list('#EXT-X-KEY:METHOD=SAMPLE-AES,URI="k"', 'a.ts');
    expect(await seen('hls', site({ '/x.m3u8': sealed }))).toMatch(/^codec: .*SAMPLE-AES/);
    const inward = list('#EXT-X-KEY:METHOD=AES-128,URI="http://127.0.0.1:1/k"', 'a.ts');
    expect(await seen('hls', site({ ...files, '/x.m3u8': inward }))).toMatch(/^forbidden/);
  });
});
