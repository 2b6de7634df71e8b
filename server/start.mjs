// What `npm start`, `npm run cli` and `npm run worker` call: sets the machine up, then runs the TypeScript as it stands.
import { setUp } from './set-up.mjs';

setUp();
const { register } = await import('tsx/esm/api');
register();
if (process.argv[2] === '--cli') {
  process.argv.splice(2, 1);
  await import('./cli.ts');
} else if (process.argv[2] === '--worker') {
  await import('./worker.ts');
} else {
  await import('./main.ts');
}
