// A thread with one detector and its single-threaded sessions: takes a picture, answers with a reading.

import { parentPort, workerData } from 'node:worker_threads';
import { openDetector } from './detector.ts';
import { limitPictureThreads } from './image.ts';
import {
  closing,
  type FromThread,
  type HeadsAnswer,
  type HeadsJob,
  type LookAnswer,
  type LookJob,
  packError,
  type ThreadSettings,
  type ToThread,
} from './pool-messages.ts';
import type { Detector } from './types.ts';
import { witness } from './witness.ts';

const port = parentPort;
if (!port) throw new Error('pool-worker runs as a thread only');
const settings = workerData as ThreadSettings;
const say = (message: FromThread): void => port.postMessage(message);

// The neighbours have the other cores.
limitPictureThreads(1);

const givenUp = new AbortController();
const { modelsDir, threads, provider } = settings;
const opening = openDetector({ modelsDir, threads, provider, signal: givenUp.signal });

port.on('message', ({ id, job }: ToThread) => {
  if (id === closing) {
    givenUp.abort();
    void opening
      .then((detector) => detector.close())
      .catch(() => undefined)
      .finally(() => port.close());
    return;
  }
  void opening
    .then((detector) => look(detector, job as LookJob | HeadsJob))
    .then(
      (answer) => say({ id, answer }),
      (cause: unknown) => say({ id, error: packError(cause) }),
    );
});

opening.then(
  ({ packs }) => say({ ready: packs }),
  (cause: unknown) => say({ refused: packError(cause) }),
);

async function look(detector: Detector, job: LookJob | HeadsJob): Promise<LookAnswer | HeadsAnswer> {
  const { image } = job;
  const bytes = Buffer.from(image.buffer, image.byteOffset, image.byteLength);
  if ('heads' in job) return { heads: await detector.heads(bytes, job.heads) };
  const { options, evidence } = job;
  return evidence ? witness(detector, bytes, options) : { frame: await detector.classify(bytes, options) };
}
