// What a test of a camera tells beside the picture: codec, rate, key frames, and how far its clock is off.
import { afterEach, describe, expect, it } from 'vitest';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openStreams, type Streams } from '../../inference/stream.ts';
import type { CameraSpec, StreamFacts } from '../../inference/types.ts';
import { networkTo } from '../support/camera-network.ts';
import { h264Clip, type RtspServer, type RtspServerOptions, startRtspServer } from '../support/rtsp-server.ts';

const ffmpeg = findFfmpeg() ?? 'ffmpeg';
const open: { server: RtspServer; streams: Streams }[] = [];

afterEach(async () => {
  for (const { server, streams } of open.splice(0)) {
    streams.close();
    await server.close();
  }
});

async function factsOf(gop: number, options: Partial<RtspServerOptions>, measureMs: number): Promise<StreamFacts> {
  const clip = h264Clip(ffmpeg, { seconds: 4, width: 320, height: 180, gop });
  const server = await startRtspServer({ clip, ...options });
  const streams = openStreams({ ffmpeg, now: Date.now, network: networkTo(server.port), measureMs });
  open.push({ server, streams });
  const spec: CameraSpec = { id: '12', kind: 'rtsp', url: 'rtsp://camera.example/live/1', allow: [], measure: true };
  return (await streams.take(spec)).facts ?? {};
}

describe('a test of an RTSP camera', () => {
  it('says codec, pictures a second, key-frame interval, and that its clock is two minutes ahead', async () => {
    const facts = await factsOf(25, { clockAheadMs: 120_000 }, 6_000);
    expect(facts).toMatchObject({ codec: 'H264', framesPerSecond: 25, keyframeMs: 1000 });
    expect(Math.abs((facts.clockOffsetMs ?? 0) - 120_000)).toBeLessThan(2_000);
    expect(facts.keyframeOverMs).toBeUndefined();
  });

  it('of which no second key frame comes says so, and invents neither an interval nor a clock', async () => {
    const facts = await factsOf(100, {}, 600);
    expect(facts.keyframeMs).toBeUndefined();
    expect(facts.keyframeOverMs).toBeGreaterThan(400);
    expect(facts.clockOffsetMs).toBeUndefined();
  });
});
