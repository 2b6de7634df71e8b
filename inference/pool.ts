// The eye as the server holds it: one thread a core for models, one for the cameras' connections.

import { CameraFault } from './camera-fault.ts';
import { Crew, type CrewCounts, JobCrashed, JobDropped } from './crew.ts';
import type { HeadsAnswer, LookAnswer, TakeAnswer, ThreadSettings } from './pool-messages.ts';
import { type SeenFrame, sampleCamera, type WitnessedFrame } from './sample.ts';
import type { TakenFrame } from './stream-settings.ts';
import type { ClassifiedFrame, ClassifyOptions, HeadLook, ModelPack, Pool, StageTimes } from './types.ts';

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
  /** Told of every frame of a camera that was looked at. Returns at once and never throws. */
  readonly onSeen?: (seen: SeenFrame) => void;
  /** Gives up opening; what was opened by then is closed. */
  readonly signal?: AbortSignal;
  /** Other scripts for the threads, for tests of what happens when one dies. */
  readonly scripts?: { readonly eye?: URL; readonly stream?: URL };
}

/** Cameras asked at once, and cameras that may wait for that. */
const camerasAtOnce = 48;
const camerasWaiting = 1000;
const lookMs = 60_000;
/** Above every limit a stream has of its own. */
const takeMs = 90_000;
/** How long the packs of an ended crew are still told: its last frames are recorded by then. */
const formerKeptMs = 60_000;

/** Throws PacksRefused, ProviderMissing. */
export async function openPool(options: PoolOptions): Promise<Pool> {
  const eyes = await openEyes(options);
  const streams = await openStreams(options).catch(async (cause: unknown) => {
    await eyes.close();
    throw cause;
  });
  const parts = {
    now: options.now ?? Date.now,
    streams: { take: async (camera) => takenFrame((await streams.run(camera).catch(asFault)) as TakeAnswer) },
    witness: async (image, classifyOptions) =>
      witnessed(await eyes.look(image, classifyOptions, 'with-evidence').catch(asFault)),
    onSeen: options.onSeen,
  } satisfies Parameters<typeof sampleCamera>[1];
  return {
    get packs() {
      return eyes.packs();
    },
    get formerPacks() {
      return eyes.formerPacks();
    },
    classify: async (image, classifyOptions = {}): Promise<ClassifiedFrame> =>
      (await eyes.look(image, classifyOptions, 'bare')).frame,
    heads: (image, look) => eyes.findHeads(image, look),
    sample: (camera) => sampleCamera(camera, parts),
    swap: (modelsDir) => eyes.swap(modelsDir),
    metrics: () => ({ workers: options.workers, ...eyes.counts(), ms: eyes.times() }),
    close: async () => {
      await Promise.all([streams.close(), eyes.close()]);
    },
  };
}

function settingsOf({ modelsDir, provider = 'cpu', ffmpegPath, ownPorts = [] }: PoolOptions): ThreadSettings {
  return { modelsDir, threads: 1, provider, ffmpegPath, ownPorts };
}

function openStreams(options: PoolOptions): Promise<Crew> {
  return Crew.open({
    script: options.scripts?.stream ?? new URL('./stream-worker.ts', import.meta.url),
    settings: settingsOf(options),
    threads: 1,
    perThread: camerasAtOnce,
    maxQueue: camerasWaiting,
    jobMs: takeMs,
    signal: options.signal,
  });
}

/** The crew that looks at frames, and the crew that takes over from it when other packs are given. */
async function openEyes(options: PoolOptions) {
  const openCrew = (modelsDir: string): Promise<Crew> =>
    Crew.open({
      script: options.scripts?.eye ?? new URL('./pool-worker.ts', import.meta.url),
      settings: settingsOf({ ...options, modelsDir }),
      threads: options.workers,
      perThread: 1,
      maxQueue: options.maxQueue ?? 64,
      jobMs: lookMs,
      signal: options.signal,
    });
  const sums = newSums();
  let crew = await openCrew(options.modelsDir);
  const former = new Set<Crew>();
  const formerPacks: (readonly ModelPack[])[] = [];
  let ended = noCounts;
  let last: Promise<unknown> = Promise.resolve();

  /** The old crew ends by itself once its last frame is answered. */
  async function end(old: Crew): Promise<void> {
    former.add(old);
    formerPacks.unshift(old.packs);
    await old.drain();
    former.delete(old);
    ended = sumCounts([ended, old.counts()]);
    setTimeout(() => formerPacks.splice(formerPacks.lastIndexOf(old.packs), 1), formerKeptMs).unref();
  }

  async function takeOver(modelsDir: string): Promise<readonly ModelPack[]> {
    const [old, fresh] = [crew, await openCrew(modelsDir)];
    crew = fresh;
    // Nobody waits for that.
    void end(old);
    return fresh.packs;
  }

  return {
    packs: () => crew.packs,
    formerPacks: () => [...formerPacks],
    async look(image: Buffer, classifyOptions: ClassifyOptions, what: 'with-evidence' | 'bare'): Promise<LookAnswer> {
      const evidence = what === 'with-evidence';
      const answer = (await crew.run({ image, options: classifyOptions, evidence })) as LookAnswer;
      sums.add(answer.frame.ms);
      return answer;
    },
    findHeads: async (image: Buffer, look: HeadLook) => ((await crew.run({ image, heads: look })) as HeadsAnswer).heads,
    /** One after another, or two swaps at once would leave a crew behind. */
    swap(modelsDir: string): Promise<readonly ModelPack[]> {
      const swapped = last.then(() => takeOver(modelsDir));
      last = swapped.catch(() => undefined);
      return swapped;
    },
    counts: () => sumCounts([ended, ...[crew, ...former].map((each) => each.counts())]),
    times: () => sums.read(),
    async close(): Promise<void> {
      await last;
      await Promise.all([crew, ...former].map((each) => each.close()));
    },
  };
}

const noCounts: CrewCounts = { queued: 0, running: 0, done: 0, dropped: 0, crashes: 0, requeued: 0 };

/** What all crews did: a swap forgets nothing. */
function sumCounts(all: readonly CrewCounts[]): CrewCounts {
  const sum = (name: keyof CrewCounts) => all.reduce((total, counts) => total + counts[name], 0);
  return {
    queued: sum('queued'),
    running: sum('running'),
    done: sum('done'),
    dropped: sum('dropped'),
    crashes: sum('crashes'),
    requeued: sum('requeued'),
  };
}

function takenFrame(taken: TakeAnswer): TakenFrame {
  return { ...taken, jpeg: bufferOf(taken.jpeg) };
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
