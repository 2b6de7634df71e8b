// What RTSP cameras whose connections are kept cost: processor time of ffmpeg and of ours, beside ffmpeg alone, and the first picture.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { findFfmpeg, inputArguments, jpegOutput } from '../../inference/ffmpeg.ts';
import { openStreams } from '../../inference/stream.ts';
import type { CameraSpec } from '../../inference/types.ts';
import { networkTo } from '../support/camera-network.ts';

const ffmpeg = findFfmpeg() ?? 'ffmpeg';
const ticksPerSecond = 100;

export type StreamCost = {
  /** Share of a core for each camera: ffmpeg and this process together. */
  readonly share: number;
  readonly memoryMb: number;
  readonly coldMs: number;
};

export async function withCameraServer<T>(work: (port: number) => Promise<T>): Promise<T> {
  const server = fork(fileURLToPath(new URL('rtsp-child.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
  try {
    return await work(await new Promise<number>((resolve) => server.once('message', (port) => resolve(Number(port)))));
  } finally {
    server.kill();
  }
}

/** `cameras` kept open for `seconds`, each asked every two seconds. */
export async function keptCost(port: number, cameras: number, seconds: number): Promise<StreamCost> {
  const streams = openStreams({ ffmpeg, now: Date.now, network: networkTo(port) });
  const specs = Array.from(
    { length: cameras },
    (_, at): CameraSpec => ({ id: String(at), kind: 'rtsp', url: `rtsp://camera${at}.example/live/1`, allow: [] }),
  );
  const started = performance.now();
  await streams.take(specs[0]!);
  const coldMs = performance.now() - started;
  // The second asking is what keeps a connection.
  for (let round = 0; round < 2; round++) await Promise.all(specs.map((spec) => streams.take(spec)));
  const children = childrenOf(process.pid);
  const [own, others, from] = [process.cpuUsage(), cpuOf(children), performance.now()];
  while (performance.now() - from < seconds * 1000) {
    await Promise.all(specs.map((spec) => streams.take(spec)));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  const wall = (performance.now() - from) / 1000;
  const { user, system } = process.cpuUsage(own);
  const memoryMb = memoryOf(children) / Math.max(1, children.length);
  if (memoryMb === 0 || children.length < cameras || childrenOf(process.pid).join() !== children.join())
    throw new Error('The connections were not kept: this machine is too busy to measure them.');
  const used = (user + system) / 1e6 + cpuOf(children) - others;
  streams.close();
  return { share: used / wall / cameras, memoryMb, coldMs };
}

/** ffmpeg by itself with the same arguments, straight at the camera, its pictures read and thrown away. */
export async function bareCost(port: number, cameras: number, seconds: number): Promise<number> {
  const url = `rtsp://127.0.0.1:${port}/live/1`;
  const args = [...inputArguments({ from: 'relay', url }, 'keyframes'), '-fps_mode', 'passthrough', ...jpegOutput()];
  const running: ChildProcess[] = Array.from({ length: cameras }, () => {
    const child = spawn(ffmpeg, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout?.resume();
    return child;
  });
  await new Promise((resolve) => setTimeout(resolve, 4_000));
  const pids = running.flatMap(({ pid }) => pid ?? []);
  const [before, from] = [cpuOf(pids), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const share = (cpuOf(pids) - before) / ((performance.now() - from) / 1000) / cameras;
  for (const child of running) child.kill('SIGKILL');
  return share;
}

function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
  } catch {
    return [];
  }
}

/** Seconds of processor time. */
function cpuOf(pids: readonly number[]): number {
  return pids.reduce(
    (sum, pid) => sum + (Number(statOf(pid)[11] ?? 0) + Number(statOf(pid)[12] ?? 0)) / ticksPerSecond,
    0,
  );
}

function memoryOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + (Number(statOf(pid)[21] ?? 0) * 4096) / 1e6, 0);
}

function childrenOf(parent: number): number[] {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? Number(name) : []));
  return all.filter(
    (pid) => Number(statOf(pid)[1]) === parent && readFileSync(`/proc/${pid}/comm`, 'utf8').includes('ffmpeg'),
  );
}
