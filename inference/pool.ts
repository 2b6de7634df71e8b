// The eye as the server holds it: one thread a core for models, one for the cameras' connections.

import { CameraFault } from './camera-fault.ts';
import { Crew, JobCrashed, JobDropped } from './crew.ts';
import type { LookAnswer, TakeAnswer } from './pool-messages.ts';
import { sampleCamera, type WitnessedFrame } from './sample.ts';
import type { ClassifiedFrame, ClassifyOptions, Pool, StageTimes } from './types.ts';

export interface PoolOptions {
  readonly modelsDir: string;
  /** Threads with a detector each: one per core. */
  readonly workers: number;
  /** Frames that may wait; one more pushes out the oldest. */
  readonly maxQueue?: number;
  /** 'cpu', or the execution provider of an accelerator. */
  readonly provider?: string;
  readonly ffmpegPath?: string;
  /** Ports this program listens on: no camera is there. */
  readonly ownPorts?: readonly number[];
  readonly now?: () => number;
  /** Other scripts for the threads, for tests of what happens when one dies. */
  readonly scripts?: { readonly eye?: URL; readonly stream?: URL };
}

/** Cameras asked at once, and cameras that may wait for that. */
const camerasAtOnce = 48;
const camerasWaiting = 1000;
const lookMs = 60_000;
/** Above every limit a stream has of its own. */
const takeMs = 90_000;

/** Throws PacksRefused, ProviderMissing. */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const { modelsDir, provider = 'cpu', ffmpegPath, ownPorts = [], scripts = {} } = options;
  const settings = { modelsDir, threads: 1, provider, ffmpegPath, ownPorts };
  const eyes = await Crew.open({
    script: scripts.eye ?? new URL('./pool-worker.ts', import.meta.url),
    settings,
    threads: options.workers,
    perThread: 1,
    maxQueue: options.maxQueue ?? 64,
    jobMs: lookMs,
  });
  const streams = await Crew.open({
    script: scripts.stream ?? new URL('./stream-worker.ts', import.meta.url),
    settings,
    threads: 1,
    perThread: camerasAtOnce,
    maxQueue: camerasWaiting,
    jobMs: takeMs,
  });
  const sums = newSums();
  const look = async (image: Buffer, classifyOptions: ClassifyOptions, evidence: boolean): Promise<LookAnswer> => {
    const answer = (await eyes.run({ image, options: classifyOptions, evidence })) as LookAnswer;
    sums.add(answer.frame.ms);
    return answer;
  };
  const parts = {
    now: options.now ?? Date.now,
    streams: { take: async (camera) => takenFrame((await streams.run(camera).catch(asFault)) as TakeAnswer) },
    witness: async (image, classifyOptions) => witnessed(await look(image, classifyOptions, true).catch(asFault)),
  } satisfies Parameters<typeof sampleCamera>[1];
  return {
    packs: eyes.packs,
    classify: async (image, classifyOptions = {}): Promise<ClassifiedFrame> =>
      (await look(image, classifyOptions, false)).frame,
    sample: (camera) => sampleCamera(camera, parts),
    metrics: () => ({ workers: options.workers, ...eyes.counts(), ms: sums.read() }),
    close: async () => {
      await Promise.all([streams.close(), eyes.close()]);
    },
  };
}

function takenFrame({ jpeg, at }: TakeAnswer): { jpeg: Buffer; at: number } {
  return { jpeg: bufferOf(jpeg), at };
}

function witnessed({ frame, picture, pictureWidth = 0, pictureHeight = 0 }: LookAnswer): WitnessedFrame {
  return { frame, picture: bufferOf(picture ?? new Uint8Array()), pictureWidth, pictureHeight };
}

/** What crosses between threads arrives as a plain array of bytes. */
function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function asFault(cause: unknown): never {
  if (cause instanceof JobDropped) throw new CameraFault('dropped', cause.message);
  if (cause instanceof JobCrashed) throw new CameraFault('crashed', cause.message);
  throw cause;
}

function newSums(): { add(ms: StageTimes): void; read(): StageTimes } {
  const sums = { decode: 0, check: 0, tensor: 0, model: 0, decodeBoxes: 0, total: 0 };
  return {
    add(ms) {
      for (const stage of Object.keys(sums) as (keyof StageTimes)[]) sums[stage] += ms[stage];
    },
    read: () => ({ ...sums }),
  };
}
