// What cameras cost: a kept connection beside ffmpeg alone, a look on the wire, and a city of 75,000 through schedule, queue and record.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sealParcel } from '../../inference/answer-parcel.ts';
import { openPool } from '../../inference/pool.ts';
import { sealMessage } from '../../inference/worker-messages.ts';
import { playCity } from './city-of-cameras.ts';
import { figuresOf } from './figures.ts';
import { bareCost, keptCost, withCameraServer } from './stream-cost.ts';

const figure = figuresOf('cameras');
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'wire,city,fairness,streams' },
    cameras: { type: 'string', default: '75000' },
    seconds: { type: 'string', default: '20' },
    kept: { type: 'string', default: '4,8' },
  },
});
const parts = values.only.split(',');
const everySeconds = 300;
const lookMs = { value: 60, signature: 16_000 };

if (parts.includes('wire')) await wire();
if (parts.includes('city')) await city();
if (parts.includes('fairness')) await fairness();
if (parts.includes('streams')) await streams();

/** One real look at a picture of the samples, sealed as it crosses to a worker and back. */
async function wire(): Promise<void> {
  const eye = await openPool({ modelsDir: join(process.cwd(), 'models'), workers: 1 });
  const path = join(process.cwd(), 'samples/clips/dingxiang-prep.mp4');
  const camera = { id: '1', kind: 'clip', path, allow: [], always: true } as const;
  await eye.sample(camera);
  const times: number[] = [];
  const key = Buffer.alloc(32, 7);
  for (let round = 0; round < 5; round++) {
    const cpu = process.cpuUsage();
    const sample = await eye.sample(camera);
    const { user, system } = process.cpuUsage(cpu);
    if (!sample.ok) throw new Error(sample.fault.detail);
    times.push((user + system) / 1000);
    if (round > 0) continue;
    const previous = sample.signature;
    const out = sealMessage(key, 'job', '1.1', {
      camera: { ...camera, previous },
      picture: 'when-seen',
      packs: ['a'.repeat(64)],
    });
    const counts = sealParcel(key, '1.1', { sample: { ...sample, picture: Buffer.alloc(0) } });
    const whole = sealParcel(key, '1.1', { sample });
    lookMs.signature = JSON.stringify(sample.signature).length;
    figure({ name: 'a job to a worker', value: out.length / 1e6, unit: 'MB', note: `${out.length} bytes` });
    figure({
      name: 'an answer of counts alone',
      value: counts.length / 1e6,
      unit: 'MB',
      note: `${counts.length} bytes`,
    });
    figure({
      name: 'an answer with its picture',
      value: whole.length / 1e6,
      unit: 'MB',
      note: `${whole.length} bytes`,
    });
  }
  lookMs.value = times.sort((a, b) => a - b)[2] ?? lookMs.value;
  figure({ name: 'a look with the models, processor time', value: lookMs.value, unit: 'ms' });
  await eye.close();
}

/** All cameras for some seconds of theirs, with a fifth more machines than they need. */
async function city(): Promise<void> {
  const [cameras, seconds] = [Number(values.cameras), Number(values.seconds)];
  const capacity = Math.ceil((cameras / everySeconds) * 1.2);
  const found = await playCity({ cameras, seconds, everySeconds, capacity, signatureBytes: lookMs.signature });
  const said = `${found.looks} looks of ${cameras} cameras in ${seconds} s of their time`;
  figure({
    name: 'a due camera waited, median',
    value: found.lagP50 * 1000,
    unit: 'ms',
    note: `p99 ${found.lagP99} s; ${said}`,
  });
  const note = `${found.rowsPerLook.toFixed(1)} a look`;
  figure({ name: 'rows written', value: found.rowsPerLook * (found.looks / seconds), unit: '/s', note });
  figure({ name: 'schedule and record, processor', value: found.msPerLook, unit: 'ms', note: 'a look' });
}

/** Fewer cameras for twenty minutes, with half the machines they need and a budget that says so. */
async function fairness(): Promise<void> {
  const [cameras, seconds] = [Math.ceil(Number(values.cameras) / 50), 1_200];
  const half = cameras / everySeconds / 2;
  const budget = { capacity: Math.ceil(half), looksPerMinute: Math.floor(half * 60) };
  const found = await playCity({ cameras, seconds, everySeconds, ...budget, signatureBytes: lookMs.signature });
  const note = `plain cameras ${found.fewest} to ${found.most} looks, waited ${found.lagP50} s, p99 ${found.lagP99} s`;
  figure({ name: 'half the machines: riskier beside plain', value: found.riskyRatio, unit: '×', note });
}

async function streams(): Promise<void> {
  await withCameraServer(async (port) => {
    const counts = values.kept.split(',').map(Number);
    const alone = await bareCost(port, counts[0] ?? 4, 8);
    for (const count of counts) {
      const { share, memoryMb, coldMs } = await keptCost(port, count, 8);
      const beside = { name: 'ffmpeg alone', value: alone * 1000 };
      figure({
        name: `${count} cameras kept: processor a second, each`,
        value: share * 1000,
        unit: 'ms',
        beside,
        note: `${memoryMb.toFixed(0)} MB each`,
      });
      figure({
        name: `${count} cameras: cold first picture`,
        value: coldMs,
        unit: 'ms',
        most: 1_700,
        note: 'key frame every 2 s',
      });
    }
  });
}
