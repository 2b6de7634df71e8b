// Cameras that come and go for as long as the test has: each is asked on, comes back by itself, and leaves nothing behind.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CameraFault } from '../../inference/camera-fault.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { openStreams, type Streams } from '../../inference/stream.ts';
import type { CameraSpec } from '../../inference/types.ts';
import { cameraAddress } from '../support/camera-network.ts';
import { figure } from '../support/figure.ts';
import { type FlappingLine, lineStates, openFlappingLine } from '../support/flapping-line.ts';
import { randomFrom } from '../support/mutation.ts';
import { squares } from '../support/pictures.ts';
import { h264Clip, type RtspServer, startRtspServer } from '../support/rtsp-server.ts';

const isLong = process.env['SOAK'] === 'on';
const cameras = isLong ? 50 : 6;
const lastsMs = isLong ? 600_000 : 12_000;
const everyMs = isLong ? 2_000 : 500;
const stateMs = isLong ? { least: 5_000, most: 40_000 } : { least: 1_000, most: 3_000 };
const recoveredWithinMs = 15_000;

const ffmpeg = findFfmpeg() ?? 'ffmpeg';
const kinds = ['rtsp', 'snapshot', 'mjpeg'] as const;

let rtsp: RtspServer;
let web: http.Server;
const lines: FlappingLine[] = [];

beforeAll(async () => {
  rtsp = await startRtspServer({ clip: h264Clip(ffmpeg, { width: 320, height: 180, gop: 25 }) });
  const jpeg = await squares(320, 180, []);
  web = http.createServer(({ url }, response) => (url === '/mjpeg' ? part(response, jpeg) : response.end(jpeg)));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const webPort = (web.address() as AddressInfo).port;
  for (let at = 0; at < cameras; at++) lines.push(await openFlappingLine(kindAt(at) === 'rtsp' ? rtsp.port : webPort));
}, 30_000);

afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()));
  await rtsp.close();
  web.closeAllConnections();
  await new Promise((resolve) => web.close(resolve));
});

it(
  'that flap come back by themselves, with one ffmpeg each at most, and leave nothing behind',
  async () => {
    const descriptors = countDescriptors();
    const streams = openStreams({
      ffmpeg,
      now: Date.now,
      takeMs: 3_000,
      network: { resolve: async () => [cameraAddress], route: ({ port }) => ({ address: '127.0.0.1', port }) },
    });
    const until = performance.now() + lastsMs;
    const watch = watchProcesses();
    const seen = await Promise.all(lines.map((line, at) => playCamera(streams, line, at, until)));
    const { mostFfmpegs, memory } = watch.stop();
    streams.close();
    const recoveries = seen.flatMap(({ recovered }) => recovered).sort((a, b) => a - b);
    const p95 = recoveries[Math.ceil(0.95 * recoveries.length) - 1] ?? Number.NaN;
    const [pictures, faults] = [sum(seen.map((each) => each.pictures)), sum(seen.map((each) => each.faults))];
    figure(
      'R8',
      `${cameras} cameras flapping for ${lastsMs / 1000} s: ${pictures} pictures, ${faults} faults, ${recoveries.length} times back, p95 ${Math.round(p95)} ms; at most ${mostFfmpegs} ffmpeg`,
    );
    expect(seen.flatMap(({ strange }) => strange)).toEqual([]);
    expect(seen.filter((each) => each.pictures === 0 || each.faults === 0)).toEqual([]);
    expect(recoveries.length).toBeGreaterThanOrEqual(cameras);
    expect(p95).toBeLessThan(recoveredWithinMs);
    expect(mostFfmpegs).toBeLessThanOrEqual(Math.ceil(cameras / kinds.length));
    await expect.poll(() => countFfmpegs(), { timeout: 5_000 }).toBe(0);
    await expect.poll(() => countDescriptors(), { timeout: 10_000 }).toBeLessThanOrEqual(descriptors + 4);
    if (isLong) expect(memory.last / memory.first).toBeLessThan(1.3);
  },
  lastsMs + 60_000,
);

type Seen = { pictures: number; faults: number; readonly recovered: number[]; readonly strange: string[] };

/** Asks one camera over and over while its line changes; what is no camera's fault is strange. */
async function playCamera(streams: Streams, line: FlappingLine, at: number, until: number): Promise<Seen> {
  const random = randomFrom(4_711 + at);
  const seen: Seen = { pictures: 0, faults: 0, recovered: [], strange: [] };
  const camera: CameraSpec = { id: String(at), kind: kindAt(at), url: addressAt(at, line.port), allow: [] };
  let backAt: number | undefined;
  let changesAt = performance.now() + 500;
  for (let now = performance.now(); now < until || backAt !== undefined; now = performance.now()) {
    if (now > until + recoveredWithinMs) break;
    if (now >= changesAt && (now < until || line.state() !== 'through')) {
      const next = line.state() === 'through' && now < until ? lineStates[1 + Math.floor(random() * 3)] : 'through';
      line.become(next ?? 'through');
      backAt = line.state() === 'through' ? performance.now() : undefined;
      changesAt = now + stateMs.least + random() * (stateMs.most - stateMs.least);
    }
    await streams.take(camera).then(
      () => {
        seen.pictures++;
        if (backAt !== undefined) seen.recovered.push(performance.now() - backAt);
        backAt = undefined;
      },
      (cause: unknown) => {
        seen.faults++;
        if (!(cause instanceof CameraFault)) seen.strange.push(String(cause));
      },
    );
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  if (backAt !== undefined) seen.strange.push(`camera ${at} (${camera.kind}) never came back`);
  return seen;
}

function kindAt(at: number): (typeof kinds)[number] {
  return kinds[at % kinds.length] ?? 'rtsp';
}

function addressAt(at: number, port: number): string {
  const scheme = kindAt(at) === 'rtsp' ? 'rtsp' : 'http';
  return `${scheme}://camera-${at}.example:${port}/${kindAt(at) === 'rtsp' ? 'live' : kindAt(at)}`;
}

function part(response: http.ServerResponse, jpeg: Buffer): void {
  response.writeHead(200, { 'content-type': 'multipart/x-mixed-replace; boundary=frame' });
  const send = () => {
    response.write(`--frame\r\nContent-Type: image/jpeg\r\nContent-Length: ${jpeg.length}\r\n\r\n`);
    response.write(jpeg);
    response.write('\r\n');
  };
  send();
  const timer = setInterval(send, 100);
  response.on('close', () => clearInterval(timer));
}

/** Every second: how many ffmpeg there are; the memory a quarter through and at the end. */
function watchProcesses() {
  let mostFfmpegs = 0;
  const memory: number[] = [];
  const timer = setInterval(() => {
    mostFfmpegs = Math.max(mostFfmpegs, countFfmpegs());
    memory.push(process.memoryUsage.rss());
  }, 1_000);
  return {
    stop() {
      clearInterval(timer);
      const first = memory[Math.floor(memory.length / 4)] ?? Number.NaN;
      return { mostFfmpegs, memory: { first, last: memory.at(-1) ?? Number.NaN } };
    },
  };
}

function countFfmpegs(): number {
  const children = execFileSync('ps', ['-o', 'args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return children.split('\n').filter((line) => line.includes('ffmpeg')).length;
}

function countDescriptors(): number {
  return readdirSync('/proc/self/fd').length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
