// Real ffmpeg on a real RTSP server: logged in, refused, redirected, silent, without keyframes.

import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openPicture } from '../../inference/image.ts';
import { openStreams, type Streams } from '../../inference/stream.ts';
import type { CameraSpec } from '../../inference/types.ts';
import { networkTo } from '../support/camera-network.ts';
import { h264Clip, type Misbehaviour, type RtspServer, startRtspServer } from '../support/rtsp-server.ts';

const login = { user: 'kitchen', password: 'p@ss "word"' };
const ffmpeg = findFfmpeg();
let clip: Buffer;
const open: { server: RtspServer; streams: Streams }[] = [];

beforeAll(() => {
  clip = h264Clip(ffmpeg ?? 'ffmpeg');
});

afterEach(async () => {
  for (const { server, streams } of open.splice(0)) {
    streams.close();
    await server.close();
  }
});

async function camera(misbehave?: Misbehaviour, takeMs = 8_000) {
  const server = await startRtspServer({ clip, login, ...(misbehave ? { misbehave } : {}) });
  const streams = openStreams({ ffmpeg, now: Date.now, network: networkTo(server.port), takeMs });
  open.push({ server, streams });
  const spec: CameraSpec = { id: '12', kind: 'rtsp', url: 'rtsp://camera.example/live/1', allow: [], ...login };
  return { server, streams, spec };
}

async function faultOf(misbehave: Misbehaviour, takeMs?: number): Promise<string> {
  const { streams, spec } = await camera(misbehave, takeMs);
  return streams.take(spec).then(
    () => 'a picture',
    (fault: { code: string }) => fault.code,
  );
}

describe('an RTSP camera', () => {
  it('gives a whole picture after the Digest login, which ffmpeg never sees', async () => {
    const { server, streams, spec } = await camera();
    const { jpeg } = await streams.take(spec);
    const picture = await openPicture(jpeg);
    expect([picture.width, picture.height]).toEqual([640, 360]);
    const asked = server.requests.map(({ first }) => first);
    expect(asked.some((line) => line === 'SETUP rtsp://camera.example/live/1/track1 RTSP/1.0')).toBe(true);
    expect(asked.join()).not.toContain('127.0.0.1');
  });

  it('asked again soon keeps its connection, asked once does not', async () => {
    const { server, streams, spec } = await camera();
    await streams.take(spec);
    await streams.take(spec);
    expect(server.connections()).toBe(2);
    await streams.take(spec);
    expect(server.connections()).toBe(2);
  });

  it('that hung up between two pictures is called again, not called faulty', async () => {
    const { server, streams, spec } = await camera();
    await streams.take(spec);
    await streams.take(spec);
    server.hangUp();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { jpeg } = await streams.take(spec);
    expect((await openPicture(jpeg)).width).toBe(640);
    expect(server.connections()).toBe(3);
  });

  it('with a wrong password, or at a path it has not, says which', async () => {
    const { streams, spec } = await camera();
    await expect(streams.take({ ...spec, password: 'guess' })).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(streams.take({ ...spec, url: 'rtsp://camera.example/other' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('that points elsewhere is not followed', async () => {
    expect(await faultOf({ kind: 'redirect', to: 'rtsp://127.0.0.1:9/live' })).toBe('redirect');
  });

  it('that names its track by another address is still asked at its own', async () => {
    const { server, streams, spec } = await camera({ kind: 'foreign control', link: 'rtsp://10.0.0.7:9/live/inner' });
    await streams.take(spec);
    expect(server.requests.some(({ first }) => first.startsWith('SETUP rtsp://camera.example/live/inner '))).toBe(true);
  });

  it('that stays silent, sends no keyframe, no video, another codec or no RTSP gets the fault its owner can mend', async () => {
    const cases = [
      [{ kind: 'silent' }, 'timeout'],
      [{ kind: 'no keyframes' }, 'no_keyframe'],
      [{ kind: 'audio only' }, 'codec'],
      [{ kind: 'other codec' }, 'codec'],
      [{ kind: 'endless headers' }, 'protocol'],
      [{ kind: 'not rtsp' }, 'protocol'],
    ] as const;
    const found = await Promise.all(cases.map(async ([misbehave]) => faultOf(misbehave, 4_000)));
    expect(found).toEqual(cases.map(([, code]) => code));
  });

  it('that is not there says that nothing answers', async () => {
    const { server, streams, spec } = await camera();
    await server.close();
    await expect(streams.take(spec)).rejects.toMatchObject({ code: 'refused' });
    await server.close().catch(() => undefined);
  });
});
