// Uploaded clips and Digest answers, as real files and cameras give them.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { momentAt } from '../../inference/clip.ts';
import { answerChallenge } from '../../inference/digest.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openPicture } from '../../inference/image.ts';
import { openStreams } from '../../inference/stream.ts';
import { squares } from '../support/pictures.ts';

const ffmpeg = findFfmpeg();
const mutatedClips = process.env['SOAK'] === 'on' ? 500 : 8;

let folder: string;

let _jpeg: Buffer;

let server: http.Server | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cameras-'));
  _jpeg = await squares(640, 360, []);
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

const fault = async (picture: Promise<Buffer>): Promise<string> =>
  picture.then(
    () => 'a picture',
    ({ code }) => code,
  );

describe('an uploaded clip', () => {
  const at = async (file: string, now: number): Promise<Buffer> => {
    const streams = openStreams({ ffmpeg, now: () => now });
    const { jpeg: moment } = await streams.take({ id: '1', kind: 'clip', path: path.join(folder, file), allow: [] });
    streams.close();
    return moment;
  };

  it('plays as a live loop: another moment at another time, the same at the same time', async () => {
    const [first, later, again] = await Promise.all([
      at('clip.mp4', 1_000_000),
      at('clip.mp4', 1_001_000),
      at('clip.mp4', 1_000_000),
    ]);
    expect(first.equals(again)).toBe(true);
    expect(first.equals(later)).toBe(false);
    expect((await openPicture(await at('clip.mkv', 5))).width).toBe(320);
  });

  it('asked once a minute does not always show the moment that the minute falls on', () => {
    for (const count of [8, 16, 24, 48]) {
      const moments = new Set(
        Array.from({ length: 6 }, (_, minute) => momentAt(1_800_000_000_000 + minute * 60_000, 250, count)),
      );
      expect(moments.size, String(count)).toBeGreaterThan(1);
    }
  });

  it('as camcorders, phones and old recorders save it is read; a form of one maker is named with what to do', async () => {
    const source = ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=10:duration=1'];
    const forms = {
      'cam.mts': ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-f', 'mpegts', '-mpegts_m2ts_mode', '1'],
      'ps.mpg': ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-f', 'vob'],
      'old.avi': ['-c:v', 'mpeg4'],
      'web.webm': ['-c:v', 'libvpx', '-deadline', 'realtime'],
    };
    for (const [file, output] of Object.entries(forms)) {
      spawnSync(ffmpeg ?? 'ffmpeg', [...source, ...output, path.join(folder, file)]);
      expect([file, (await openPicture(await at(file, 5))).width]).toEqual([file, 320]);
    }
    for (const [mark, words] of [
      ['IMKH\u0001\u0001', 'Hikvision'],
      ['DHAV\u00fd', 'Dahua'],
      ['\0\0\0\u0018ftypheic', 'HEIC'],
    ] as const) {
      await writeFile(path.join(folder, 'own'), Buffer.concat([Buffer.from(mark, 'latin1'), Buffer.alloc(400)]));
      await expect(at('own', 1)).rejects.toMatchObject({ code: 'form', message: expect.stringContaining(words) });
    }
  });

  it('damaged anywhere gives a picture or a fault, and leaves no ffmpeg behind', async () => {
    const whole = await readFile(path.join(folder, 'clip.mp4'));
    const found = new Set<string>();
    for (let round = 0; round < mutatedClips; round++) {
      const bytes = Buffer.from(whole);
      for (let hit = 0; hit < 40; hit++)
        bytes[12 + ((round * 7919 + hit * 104_729) % (bytes.length - 12))] = (hit * 37 + round) & 255;
      await writeFile(path.join(folder, 'broken.mp4'), bytes);
      found.add(await fault(at('broken.mp4', round * 1000)));
    }
    await writeFile(path.join(folder, 'broken.mp4'), whole.subarray(0, 200));
    expect(await fault(at('broken.mp4', 1))).toBe('codec');
    for (const each of found) expect(['a picture', 'codec', 'no_keyframe']).toContain(each);
    const left = spawnSync('ps', ['-o', 'args=', '--ppid', String(process.pid)], { encoding: 'utf8' }).stdout;
    expect(left).not.toContain('ffmpeg');
  }, 600_000);
});

describe('a Digest answer', () => {
  it('is the one in RFC 7616 for both of its hashes, and prefers the stronger', () => {
    const mufasa = { user: 'Mufasa', password: 'Circle of Life' };
    const challenge = (algorithm: string): string =>
      `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
    const answer = (headers: string[]) =>
      answerChallenge(headers, mufasa, 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ')?.('GET', '/dir/index.html');
    expect(answer([challenge('MD5')])).toContain('response="8ca523f5e9506fed4657c9700eebdbec"');
    const both = answer([challenge('MD5'), challenge('SHA-256')]);
    expect(both).toContain('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"');
    expect(answerChallenge(['Negotiate', 'Bearer realm="x"'], mufasa)).toBeUndefined();
    const oneHeader = 'Basic realm="a, b", Digest realm="c", nonce="d"';
    expect(answerChallenge([oneHeader], mufasa)?.('GET', '/')).toMatch(/^Digest username="Mufasa", realm="c"/);
    expect(
      answerChallenge(['Digest realm="c", nonce="d"'], { user: 'a"\r\nX: y', password: '' })?.('GET', '/'),
    ).not.toMatch(/[\r\n]/);
  });
});
