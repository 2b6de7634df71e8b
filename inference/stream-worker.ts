// A thread for the cameras' connections, so that neither the web server nor the models wait for them.

import { parentPort, workerData } from 'node:worker_threads';
import { findFfmpeg } from './ffmpeg.ts';
import { closing, type FromThread, packError, type ThreadSettings, type ToThread } from './pool-messages.ts';
import { openStreams } from './stream.ts';
import type { CameraSpec } from './types.ts';

const port = parentPort;
if (!port) throw new Error('stream-worker runs as a thread only');
const { ffmpegPath, ownPorts } = workerData as ThreadSettings;
const say = (message: FromThread): void => port.postMessage(message);

const streams = openStreams({ ffmpeg: findFfmpeg(ffmpegPath), ownPorts, now: Date.now });

port.on('message', ({ id, job }: ToThread) => {
  if (id === closing) {
    streams.close();
    port.close();
    return;
  }
  streams.take(job as CameraSpec).then(
    (answer) => say({ id, answer }),
    (cause: unknown) => say({ id, error: packError(cause) }),
  );
});
say({ ready: [] });
