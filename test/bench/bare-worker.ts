// A thread that decodes and runs the models, bare, so many times: what two cores could do at the most.

import { parentPort, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { type Crops, openBare } from './bare.ts';

sharp.concurrency(1);
const { modelsDir, jpeg, crops } = workerData as { modelsDir: string; jpeg: Uint8Array; crops: Crops };
const bare = await openBare(modelsDir, Buffer.from(jpeg), [...crops.keys()]);
await bare.models(crops);
parentPort?.postMessage('ready');
parentPort?.on('message', async (frames: number) => {
  for (let frame = 0; frame < frames; frame++) {
    await bare.decode();
    await bare.models(crops);
  }
  parentPort?.postMessage('done');
});
