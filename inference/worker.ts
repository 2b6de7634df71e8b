// A worker: takes sealed camera jobs off Redis, looks, and sends sealed answers back. Needs Redis and the models alone.

import { type CarriedAnswer, layParcel, sealParcel } from './answer-parcel.ts';
import { type Carried, type CarrierQueue, openCarrierQueue } from './carrier-queue.ts';
import { openPool, type PoolOptions } from './pool.ts';
import type { ModelPack, Pool, SampledFrame } from './types.ts';
import { type CarriedJob, openJob, packDigests, queuePrefix, sealMessage } from './worker-messages.ts';
import { keepSigning } from './worker-sign.ts';

export interface WorkerOptions extends PoolOptions {
  readonly redisUrl: string;
  readonly key: Buffer;
  /** What people know it by; the machine's name when left out. */
  readonly name?: string;
  readonly onError: (error: Error) => void;
}

export interface EyeWorker {
  readonly packs: readonly ModelPack[];
  /** Takes no more jobs, finishes those in hand, then lets go of everything. */
  stop(): Promise<void>;
}

/** Cameras asked at once for each thread that looks: most of a sample is waiting for a picture. */
const camerasPerEye = 8;
const answerTries = 20;

/** Throws PacksRefused, ProviderMissing. A Redis that is away is waited for. */
export async function startWorker(options: WorkerOptions): Promise<EyeWorker> {
  const { redisUrl, key, name, onError, ...poolOptions } = options;
  const eye = await openPool(poolOptions);
  const prefix = queuePrefix(key);
  const jobs = openCarrierQueue(redisUrl, prefix, 'jobs', onError);
  const answers = openCarrierQueue(redisUrl, prefix, 'answers', onError);
  jobs
    .process(camerasPerEye * options.workers, (job) => answerJob({ eye, key, answers }, String(job.id), job.data))
    .catch(onError);
  const signing = keepSigning(jobs, key, { eye, onError, ...(name === undefined ? {} : { name }) });
  return {
    packs: eye.packs,
    async stop() {
      await signing.stop();
      await jobs.close();
      await answers.close();
      await eye.close();
    },
  };
}

interface Parts {
  readonly eye: Pool;
  readonly key: Buffer;
  readonly answers: CarrierQueue;
}

/** The answer lies in Redis before the job leaves it: whoever dies in between, one of the two is there. */
async function answerJob({ eye, key, answers }: Parts, ticket: string, { body }: Carried): Promise<void> {
  const job = openJob(key, ticket, body);
  const answer = await lookFor(eye, job);
  // A server of before knows no parcels: workers are renewed first, last, or in between.
  const said =
    job.answers === 'parcel'
      ? await layParcel(answers, ticket, sealParcel(key, ticket, answer))
      : sealMessage(key, 'answer', ticket, answer);
  await answers.add({ body: said }, { jobId: ticket, attempts: answerTries, backoff: { type: 'fixed', delay: 1_000 } });
}

async function lookFor(eye: Pool, { camera, picture, packs }: CarriedJob): Promise<CarriedAnswer> {
  if (packDigests(eye.packs).join() !== packs.join()) return { refused: 'packs', cameraId: camera.id };
  const sample = await eye.sample(camera);
  const wanted = !sample.ok || picture === 'always' || canMatter(sample, eye.packs);
  return { sample: wanted ? sample : { ...sample, picture: Buffer.alloc(0) } };
}

/** A label that some pack counts towards a violation, over the pack's own floor; or a camera that is not in order. */
export function canMatter({ reading }: Pick<SampledFrame, 'reading'>, packs: readonly ModelPack[]): boolean {
  const counted = new Set(packs.flatMap(({ violations }) => violations.flatMap(({ labels }) => labels)));
  return !reading.check.ok || reading.detections.some(({ label }) => counted.has(label));
}
