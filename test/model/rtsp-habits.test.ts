// RTSP as cameras really speak it: each of these gave a picture in a plain player, so it gives one here.

import { spawnSync } from 'node:child_process';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openPicture } from '../../inference/image.ts';
import { openStreams, type Streams } from '../../inference/stream.ts';
import type { CameraSpec } from '../../inference/types.ts';
import { networkTo } from '../support/camera-network.ts';
import { type HabitCamera, type Habits, type LoginHabits, startHabitCamera } from '../support/habit-camera.ts';
import { h264Clip } from '../support/rtsp-server.ts';

const ffmpeg = findFfmpeg() ?? 'ffmpeg';
const password = 'p@ss word ';
const open: { camera: HabitCamera; streams: Streams }[] = [];
let clip: Buffer;

beforeAll(() => {
  clip = h264Clip(ffmpeg, { seconds: 1, width: 320, height: 180, gop: 10 });
});
afterEach(() => {
  for (const { camera, streams } of open.splice(0)) {
    streams.close();
    camera.close();
  }
});

async function meet(habits: Habits, video = clip, takeMs = 10_000) {
  const camera = await startHabitCamera(video, habits);
  const streams = openStreams({ ffmpeg, now: Date.now, network: networkTo(camera.port), takeMs });
  open.push({ camera, streams });
  const spec: CameraSpec = {
    id: '12',
    kind: 'rtsp',
    url: 'rtsp://camera.example/live/1',
    allow: [],
    user: 'kitchen',
    password,
  };
  return { camera, streams, spec };
}

/** `320x180`, or the fault with its sentence. */
async function seen(habits: Habits, video = clip, takeMs?: number): Promise<string> {
  const { streams, spec } = await meet(habits, video, takeMs);
  return streams.take(spec).then(
    async ({ jpeg }) => {
      const { width, height } = await openPicture(jpeg);
      return `${width}x${height}`;
    },
    (fault: { code: string; message: string }) => `${fault.code}: ${fault.message}`,
  );
}

async function allSeen(table: Readonly<Record<string, Habits>>): Promise<void> {
  const names = Object.keys(table);
  for (let at = 0; at < names.length; at += 4) {
    const some = names.slice(at, at + 4);
    const found = await Promise.all(some.map(async (name) => `${name}: ${await seen(table[name] ?? {})}`));
    expect(found).toEqual(some.map((name) => `${name}: 320x180`));
  }
}

const order = (method: string, body = ''): Habits => ({
  between: (frame) =>
    frame % 10 === 0 ? `${method} * RTSP/1.0\r\nCSeq: ${frame}\r\nContent-Length: ${body.length}\r\n\r\n${body}` : '',
});
const digest = (fields: string, more: Partial<LoginHabits> = {}): Habits => ({
  login: {
    user: 'kitchen',
    password,
    challenges: (nonce) => [`Digest realm="c", nonce="${nonce}"${fields}`],
    ...more,
  },
});

describe('a picture comes from an RTSP camera', () => {
  it('whatever its links look like', async () => {
    await allSeen({
      'base relative': { base: () => '/live/1/' },
      'base without scheme': { base: (uri) => `${uri.replace('rtsp://', '')}/` },
      'base in capitals': { base: (uri) => `${uri.replace('rtsp', 'RTSP')}/` },
      'base of the inner network': { base: () => 'rtsp://admin:secret@10.0.0.7:8554/live/1/' },
      'base of nonsense': { base: () => '*' },
      'no base': { base: () => undefined },
      'track in capitals': { control: (uri) => `${uri.replace('rtsp', 'RTSP')}/trackID=1` },
      'track from the root': {
        control: () => '/live/1/trackID=1',
        only: /(PLAY|camera\.example\/live\/1\/trackID=1$)/,
      },
    });
  }, 60_000);

  it('however it numbers its answers and ends its lines', async () => {
    await allSeen({
      'one behind': { cseq: (asked) => String(asked - 1) },
      'one ahead': { cseq: (asked) => String(asked + 1) },
      padded: { cseq: (asked) => `000${asked}  ` },
      'no number': { cseq: () => undefined },
      'line feeds only': { newline: '\n' },
      'carriage returns only': { newline: '\r' },
      'too many carriage returns': { newline: '\r\r\n' },
      'RTSP/1.1': { version: 'RTSP/1.1' },
      'RTSP/2.0': { version: 'RTSP/2.0' },
      'a body shorter than announced': { lengthOff: 8 },
    });
  }, 60_000);

  it('whatever else it describes beside its video', async () => {
    const other = ['m=video 0 RTP/AVP 98', 'a=rtpmap:98 MP4V-ES/90000', 'a=control:trackID=3'];
    const audio = ['m=audio 0 RTP/AVP 8', 'a=control:trackID=2'];
    await allSeen({
      'another codec first': { sdp: (video) => [...other, ...video], only: /PLAY|trackID=1/ },
      'sound first': { sdp: (video) => [...audio, ...video], only: /PLAY|trackID=1/ },
      'two payloads': { sdp: ([, ...rest]) => ['m=video 0 RTP/AVP 98 96', 'a=rtpmap:98 VP8/90000', ...rest] },
      'space after the colon': { sdp: (video) => video.map((line) => line.replace('rtpmap:96', 'rtpmap: 96')) },
      'no parameter sets': { sdp: (video) => video.filter((line) => !line.startsWith('a=fmtp')) },
      'line feeds in the description': { sdpNewline: '\n' },
    });
  }, 60_000);

  it('over whatever channel it sends, with whatever lies between its packets', async () => {
    await allSeen({
      'no channel named': { transport: () => 'RTP/AVP/TCP;unicast' },
      'capitals in the transport': { transport: (channels) => `rtp/avp/tcp;UNICAST;INTERLEAVED=${channels}` },
      'sent on another channel': { channel: 4 },
      'line feeds between': { between: () => '\n' },
      'text between': { between: () => 'hello, world\r\n' },
      'other channels between': {
        between: () => Buffer.concat([Buffer.from([0x24, 9, 0, 12]), Buffer.alloc(12, 0x80)]),
      },
    });
  }, 60_000);

  it('that asks things of its own: it is answered, and followed in nothing', async () => {
    await allSeen({
      OPTIONS: order('OPTIONS'),
      ANNOUNCE: order('ANNOUNCE', 'v=0\r\ns=elsewhere\r\n'),
      SET_PARAMETER: order('SET_PARAMETER', 'position: 1\r\n'),
      REDIRECT: order('REDIRECT'),
    });
    const { camera, streams, spec } = await meet(order('REDIRECT'));
    await streams.take(spec);
    await expect.poll(() => camera.heard).toContain('RTSP/1.0 501 Not Implemented');
    const endless = await meet({ between: () => 'OPTIONS * RTSP/1.0\r\nCSeq: 1\r\n\r\n'.repeat(600) });
    await expect(endless.streams.take(endless.spec)).rejects.toMatchObject({ code: 'protocol' });
  }, 60_000);

  it('by every way of logging in that cameras ask for', async () => {
    await allSeen({
      plain: digest(''),
      'SHA-256': digest(', qop="auth", algorithm=SHA-256', { hash: 'sha256', qop: 'auth' }),
      'SHA-512-256': digest(', qop="auth", algorithm=SHA-512-256', { hash: 'sha512-256', qop: 'auth' }),
      'MD5-sess': digest(', qop="auth", algorithm=MD5-sess', { qop: 'auth', session: true }),
      'auth-int': digest(', qop="auth-int"', { qop: 'auth-int' }),
      'another nonce each time': digest('', { rotates: true }),
      'hanging up after its question': digest('', { closesAfter401: true }),
      'two ways, one unknown': digest('', {
        challenges: (nonce) => ['Digest realm="c", nonce="x", algorithm=TOKEN', `Digest realm=c,nonce=${nonce}`],
      }),
    });
  }, 60_000);

  it('with pixels that are not square, as wide as people see it', async () => {
    const source = 'testsrc2=size=352x288:rate=25:duration=1';
    const coding = ['-vf', 'setsar=16/11', '-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency'];
    const args = ['-v', 'error', '-f', 'lavfi', '-i', source, ...coding, '-pix_fmt', 'yuv420p', '-f', 'h264', 'pipe:1'];
    const { stdout } = spawnSync(ffmpeg, args, { maxBuffer: 64e6 });
    expect(await seen({}, stdout)).toBe('512x288');
  });
});

describe('an RTSP camera that gives no picture', () => {
  it('is told apart: UDP only, full, another algorithm, no question, a wrong password asked once', async () => {
    expect(await seen({ refuse: { SETUP: '461 Unsupported Transport' } })).toMatch(/^udp_only: .*RTP over TCP/);
    const udp = { transport: () => 'RTP/AVP;unicast;client_port=5000-5001;server_port=6000-6001' };
    expect(await seen(udp)).toMatch(/^udp_only/);
    expect(await seen({ refuse: { PLAY: '453 Not Enough Bandwidth' } })).toMatch(/^full/);
    expect(await seen(digest(', algorithm=XX-9'))).toMatch(/^algorithm: .*XX-9/);
    expect(await seen(digest('', { challenges: () => [] }))).toMatch(/^challenge/);
    const wrong = await meet(digest('', { password: 'another' }));
    await expect(wrong.streams.take(wrong.spec)).rejects.toMatchObject({ code: 'unauthorised' });
    expect(wrong.camera.logins()).toBe(1);
  }, 30_000);

  it('and never sends a key frame, hears that it sends none', async () => {
    expect(await seen({ without: [5] }, clip, 3_000)).toMatch(/^no_keyframe: .*no key frame at all/);
  }, 20_000);
});

describe('the time of a picture', () => {
  /** Each frame shows its own number as twelve black and white bars: the clock of the scene. */
  function clockClip(gop: number, seconds: number): Buffer {
    const bars = "geq=lum='255*mod(floor(N/pow(2\\,floor(X*12/W)))\\,2)':cb=128:cr=128";
    const source = `color=black:s=240x96:r=25:d=${seconds},${bars}`;
    const coding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-g', String(gop)];
    const args = ['-v', 'error', '-f', 'lavfi', '-i', source, ...coding, '-pix_fmt', 'yuv420p', '-f', 'h264', 'pipe:1'];
    return spawnSync(ffmpeg, args, { maxBuffer: 64e6 }).stdout;
  }

  async function frameShown(jpeg: Buffer): Promise<number> {
    const { data, info } = await sharp(jpeg).greyscale().raw().toBuffer({ resolveWithObject: true });
    const middle = Math.floor(info.height / 2) * info.width;
    const bars = Array.from({ length: 12 }, (_, bar) => data[middle + Math.floor(((bar + 0.5) * info.width) / 12)]!);
    return bars.reduce((sum, light, bar) => sum + (light > 128 ? 2 ** bar : 0), 0);
  }

  it('is its own moment, and no key-frame interval later', async () => {
    for (const gop of [50, 250]) {
      const { camera, streams, spec } = await meet({}, clockClip(gop, 12));
      const from = Date.now();
      const { jpeg, at } = await streams.take(spec);
      const age = at - (camera.sentAt(await frameShown(jpeg)) ?? 0);
      expect([gop, age >= 0 && age <= 1000, Date.now() - from <= 9_000]).toEqual([gop, true, true]);
    }
  }, 60_000);

  it('that was kept is at most a second old, or the next one is waited for', async () => {
    const { camera, streams, spec } = await meet({}, clockClip(50, 12));
    await streams.take(spec);
    await streams.take(spec);
    await new Promise((resolve) => setTimeout(resolve, 1300));
    const { jpeg } = await streams.take(spec);
    expect(Date.now() - (camera.sentAt(await frameShown(jpeg)) ?? 0)).toBeLessThanOrEqual(1500);
    expect(camera.connections()).toBe(2);
  }, 60_000);
});
