// A camera whose connection is kept: only its key frames are sent on to ffmpeg, and each is shown when it comes, not with the next one.
import { spawnSync } from 'node:child_process';
import sharp from 'sharp';
import { afterEach, expect, it } from 'vitest';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openStreams } from '../../inference/stream.ts';
import { networkTo } from '../support/camera-network.ts';
import { h264Clip, nalUnits, startRtspServer } from '../support/rtsp-server.ts';

const ffmpeg = findFfmpeg() ?? 'ffmpeg';
const size = { width: 320, height: 180 };
const keys = 4;
const gop = 50;
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** Small and grey: enough to know the key frames of the clip apart. */
const thumbnail = (picture: Buffer) => sharp(picture).resize(32, 18, { fit: 'fill' }).greyscale().raw().toBuffer();

async function keyFrames(clip: Buffer, format: string): Promise<Buffer[]> {
  const words = ['-v', 'error', '-skip_frame', 'nokey', '-f', format, '-i', 'pipe:0', '-fps_mode', 'passthrough'];
  const { stdout } = spawnSync(ffmpeg, [...words, '-f', 'rawvideo', '-pix_fmt', 'rgb24', 'pipe:1'], {
    input: clip,
    maxBuffer: 64e6,
  });
  const bytes = size.width * size.height * 3;
  const raw = { raw: { ...size, channels: 3 } } as const;
  const frames = Array.from({ length: stdout.length / bytes }, (_, at) =>
    stdout.subarray(at * bytes, (at + 1) * bytes),
  );
  return Promise.all(frames.map(async (frame) => thumbnail(await sharp(frame, raw).png().toBuffer())));
}

const differs = (a: Buffer, b: Buffer) => a.reduce((sum, value, at) => sum + Math.abs(value - (b[at] ?? 0)), 0);

async function shown(codec: 'H265' | undefined): Promise<{ picture: number; newest: number }[]> {
  const more = codec === undefined ? {} : { codec };
  const clip = h264Clip(ffmpeg, { seconds: (keys * gop) / 25, ...size, gop, ...more });
  const known = await keyFrames(clip, codec === undefined ? 'h264' : 'hevc');
  expect(known).toHaveLength(keys);
  const server = await startRtspServer({ clip, ...more });
  const streams = openStreams({ ffmpeg, now: Date.now, network: networkTo(server.port) });
  ends.push(server.close, streams.close);
  const found: { picture: number; newest: number }[] = [];
  while (server.connections() < 2 || found.length < 5) {
    const { jpeg } = await streams.take({ id: '1', kind: 'rtsp', url: 'rtsp://camera.example/live/1', allow: [] });
    const newest = (server.keysSent() - 1) % keys;
    const seen = await thumbnail(jpeg);
    const distances = known.map((each) => differs(each, seen));
    found.push({ picture: distances.indexOf(Math.min(...distances)), newest });
    await new Promise((resolve) => setTimeout(resolve, 1_050));
  }
  expect(server.connections()).toBe(2);
  return found;
}

it('what is shown of a kept camera is always its newest key frame, in H.264 and in H.265', async () => {
  const both = await Promise.all([shown(undefined), shown('H265')]);
  for (const found of both) {
    expect(found.map(({ picture }) => picture)).toEqual(found.map(({ newest }) => newest));
    expect(new Set(found.map(({ picture }) => picture)).size).toBeGreaterThan(2);
  }
}, 60_000);

it('with a key frame every thirty seconds the first one is shown when it comes, and whoever joins later waits for the next', async () => {
  const clip = h264Clip(ffmpeg, { seconds: 32, ...size, gop: 750 });
  const units = nalUnits(clip);
  const sets = units.filter((unit) => [7, 8].includes(unit[0]! & 31)).slice(0, 2);
  const isLate = (_: Buffer, at: number) => at >= 500;
  const later = Buffer.concat([...sets, ...units.filter(isLate)].flatMap((unit) => [Buffer.from([0, 0, 0, 1]), unit]));
  for (const bytes of [clip, later]) {
    const server = await startRtspServer({ clip: bytes });
    const streams = openStreams({ ffmpeg, now: Date.now, network: networkTo(server.port) });
    ends.push(server.close, streams.close);
    const { at } = await streams.take({ id: '1', kind: 'rtsp', url: 'rtsp://camera.example/live/1', allow: [] });
    expect([server.keysSent(), Date.now() - at < 5_000]).toEqual([1, true]);
  }
}, 60_000);
