// Opens the shipped models again and again and gives each opening up a little later, then while it looks: a process that lives through it says so.
import { setTimeout as pause } from 'node:timers/promises';
import sharp from 'sharp';
import { openPool } from '../../inference/pool.ts';

const modelsDir = new URL('../../models', import.meta.url).pathname;

for (const ms of process.argv.slice(2).map(Number)) {
  const givenUp = new AbortController();
  const opening = openPool({ modelsDir, workers: 1, signal: givenUp.signal }).then(
    async (pool) => {
      await pool.close();
      return 'open';
    },
    (cause: Error) => cause.name,
  );
  await pause(ms);
  givenUp.abort();
  process.stdout.write(`${await opening}\n`);
}

const pool = await openPool({ modelsDir, workers: 1 });
const picture = await sharp({ create: { width: 1280, height: 720, channels: 3, background: '#888' } })
  .jpeg()
  .toBuffer();
const looks = [1, 2, 3].map(() =>
  pool.classify(picture).then(
    () => 'seen',
    () => 'told',
  ),
);
await pause(60);
await pool.close();
process.stdout.write(`${(await Promise.all(looks)).join()}\n`);
