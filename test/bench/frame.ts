// npm run bench:frame — one 1080p JPEG to labelled boxes, beside the bare decode and the bare models of the same run.
// Options: --picture FILE, --models DIR, --frames N, --long (10,000 frames for the memory line, and nothing else).

import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { openDetector } from '../../inference/detector.ts';
import { findFfmpeg } from '../../inference/ffmpeg.ts';
import { limitPictureThreads } from '../../inference/image.ts';
import { openPool } from '../../inference/pool.ts';
import type { ClassifiedFrame } from '../../inference/types.ts';
import { type Crops, openBare } from './bare.ts';
import { figuresOf } from './figures.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { values } = parseArgs({
  options: {
    picture: { type: 'string' },
    models: { type: 'string', default: path.join(root, 'models') },
    frames: { type: 'string', default: '100' },
    long: { type: 'boolean', default: false },
  },
});
const modelsDir = values.models;
const frames = Number(values.frames);
const rounds = 6;
const found = figuresOf('frame');

limitPictureThreads(1);
const jpeg = values.picture ? await readFile(values.picture) : await sampleFrame();
if (values.long) await benchMemory(jpeg, 10_000);
else {
  const crops = await benchOneThread(jpeg);
  await benchTwoCores(jpeg, crops);
  await benchMemory(jpeg, 600);
}

/** A frame of the sample district's first kitchen, scaled to a 1080p camera's picture. */
async function sampleFrame(): Promise<Buffer> {
  const clip = path.join(root, 'samples/clips/dingxiang-prep.mp4');
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-i',
    clip,
    '-frames:v',
    '1',
    '-vf',
    'scale=1920:1080',
    '-q:v',
    '3',
    '-f',
    'mjpeg',
    'pipe:1',
  ];
  const made = spawnSync(findFfmpeg() ?? 'ffmpeg', args, { maxBuffer: 32e6 });
  if (made.status !== 0) throw new Error(`no frame from ${clip}: ${made.stderr}`);
  return made.stdout;
}

async function benchOneThread(picture: Buffer): Promise<Crops> {
  const detector = await openDetector({ modelsDir });
  const first = await detector.classify(picture);
  const crops = cropsOf(first);
  const bare = await openBare(modelsDir, picture, [...crops.keys()]);
  const whole: ClassifiedFrame[] = [];
  const decode: number[] = [];
  const models: number[] = [];
  // In turn, so that whatever else the machine does falls on all three alike.
  for (let frame = 0; frame < frames + 5; frame++) {
    const reading = await detector.classify(picture);
    const bareDecode = await bare.decode();
    const bareModels = await bare.models(crops);
    if (frame < 5) continue;
    whole.push(reading);
    decode.push(bareDecode);
    models.push(bareModels);
  }
  await Promise.all([detector.close(), bare.close()]);
  const total = median(whole.map(({ ms }) => ms.total));
  const least = median(decode) + median(models);
  const { width, height } = await sharp(picture).metadata();
  say(
    `picture                 ${width} × ${height}, ${Math.round(picture.length / 1024)} KB; ${first.detections.length} detections, ${[...crops.values()].reduce((sum, count) => sum + count, 0)} crops; packs ${first.packs.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
  );
  const note = `p95 ${quantile(
    whole.map(({ ms }) => ms.total),
    0.95,
  ).toFixed(1)} ms`;
  const bareName = 'bare decoding and models';
  found({
    name: 'JPEG to boxes, one thread, median',
    most: 80,
    value: total,
    unit: 'ms',
    beside: { name: bareName, value: least },
    note,
  });
  for (const stage of ['decode', 'check', 'tensor', 'model', 'decodeBoxes'] as const) {
    found({ name: `  of it ${stage}`, value: median(whole.map(({ ms }) => ms[stage])), unit: 'ms' });
  }
  found({ name: 'bare decode', value: median(decode), unit: 'ms' });
  found({ name: 'bare models', value: median(models), unit: 'ms' });
  const alone = `over the models alone ${(total / median(models)).toFixed(2)}`;
  found({ name: 'whole over bare', most: 1.3, value: total / least, unit: '×', note: alone });
  return crops;
}

/** How many boxes each crop classifier looked at, for every pack that looked at the frame. */
function cropsOf({ detections, packs }: ClassifiedFrame): Crops {
  const seen = new Map<string, Set<number>>();
  for (const { source, of, label } of detections) {
    if (of === undefined || label.endsWith('_unknown')) continue;
    seen.set(source, (seen.get(source) ?? new Set()).add(of));
  }
  return new Map(packs.map(({ name }) => [name, seen.get(name)?.size ?? 0]));
}

/** Two threads of ours and two bare ones, in turn, so that the machine's other work falls on both alike. */
async function benchTwoCores(picture: Buffer, crops: Crops): Promise<void> {
  const perRound = 2 * Math.max(5, Math.round(frames / rounds / 2));
  const pool = await openPool({ modelsDir, workers: 2, maxQueue: perRound });
  const bare = await openBareThreads(picture, crops);
  const burst = async (): Promise<void> => {
    await Promise.all(Array.from({ length: perRound }, () => pool.classify(picture)));
  };
  await burst();
  const ours: Pace[] = [];
  const least: Pace[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await paceOf(burst, perRound));
    least.push(await paceOf(() => bare.run(perRound / 2), perRound));
  }
  await Promise.all([pool.close(), bare.close()]);
  const rate = (paces: readonly Pace[]) => median(paces.map(({ perSecond }) => perSecond));
  const cpu = (paces: readonly Pace[]) => median(paces.map(({ cpuMs }) => cpuMs));
  const beside = { name: 'two bare loops', value: rate(least) };
  found({
    name: 'frames, two threads',
    value: rate(ours),
    unit: '/s',
    beside,
    note: `medians of ${rounds} rounds in turn`,
  });
  const bareCpu = { name: 'bare', value: cpu(least) };
  found({ name: 'processor time a frame, two threads', value: cpu(ours), unit: 'ms', beside: bareCpu });
}

interface Pace {
  readonly perSecond: number;
  /** Processor time of the whole program, per frame: says what a busy machine hides. */
  readonly cpuMs: number;
}

async function paceOf(work: () => Promise<void>, count: number): Promise<Pace> {
  const before = process.cpuUsage();
  const from = performance.now();
  await work();
  const ms = performance.now() - from;
  const { user, system } = process.cpuUsage(before);
  return { perSecond: (count * 1000) / ms, cpuMs: (user + system) / 1000 / count };
}

interface BareThreads {
  run(perThread: number): Promise<void>;
  close(): Promise<void>;
}

async function openBareThreads(picture: Buffer, crops: Crops): Promise<BareThreads> {
  const script = new URL('./bare-worker.ts', import.meta.url).href;
  const workers = [1, 2].map(
    () =>
      new Worker(new URL('../../inference/thread.mjs', import.meta.url), {
        workerData: { script, modelsDir, jpeg: picture, crops },
        execArgv: [],
      }),
  );
  const heard = (): Promise<unknown> =>
    Promise.all(
      workers.map(
        (worker) =>
          new Promise<void>((resolve, reject) => {
            worker.once('error', reject);
            worker.once('message', () => resolve());
          }),
      ),
    );
  await heard();
  return {
    async run(perThread) {
      const done = heard();
      for (const worker of workers) worker.postMessage(perThread);
      await done;
    },
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

async function benchMemory(picture: Buffer, count: number): Promise<void> {
  const detector = await openDetector({ modelsDir });
  const rss: number[] = [];
  for (let frame = 1; frame <= count; frame++) {
    await detector.classify(picture);
    if (frame % Math.floor(count / 10) === 0) rss.push(process.memoryUsage.rss() / 1e6);
  }
  await detector.close();
  const late = rss.slice(rss.length / 2);
  say(
    `memory over ${count} frames  ${rss.map((megabytes) => megabytes.toFixed(0)).join(' ')} MB; second half grows ${((late.at(-1) ?? 0) - (late[0] ?? 0)).toFixed(1)} MB`,
  );
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
