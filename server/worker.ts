// What `npm run worker` runs: a process on any machine that looks at cameras for a server. It opens no database.
import { startWorker } from '../inference/worker.ts';
import { readWorkerKey } from '../inference/worker-messages.ts';
import { ConfigFaults, readConfig } from './config.ts';
import { isRefusal } from './refusal.ts';

const stopWithinMs = 30_000;

try {
  await start();
} catch (error) {
  if (!isRefusal(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

async function start(): Promise<void> {
  const config = readConfig();
  const { redisUrl, workerKey } = config;
  if (redisUrl === undefined || workerKey === undefined) {
    throw new ConfigFaults([
      ...(redisUrl === undefined ? ['REDIS_URL is not set — set it to the Redis that the server uses.'] : []),
      ...(workerKey === undefined
        ? ['WORKER_KEY is not set — type npm run -s cli -- worker-key beside the server, and set it to what it prints.']
        : []),
    ]);
  }
  let trouble = '';
  const worker = await startWorker({
    redisUrl,
    key: readWorkerKey(workerKey),
    ...(config.workerName === undefined ? {} : { name: config.workerName }),
    modelsDir: config.modelsDir,
    workers: config.eyes,
    provider: config.provider,
    ...(config.ffmpegPath === undefined ? {} : { ffmpegPath: config.ffmpegPath }),
    onError: ({ message }) => {
      if (message !== trouble) process.stderr.write(`${message}\n`);
      trouble = message;
    },
  });
  const packs = worker.packs.map(({ name, version }) => `${name} ${version}`).join(', ');
  process.stdout.write(`Looking at cameras with ${packs}. Ctrl-C stops it.\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), stopWithinMs).unref();
      void worker.stop().then(() => process.exit(0));
    });
  }
}
