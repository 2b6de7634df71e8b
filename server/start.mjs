// What `npm start`, `npm run cli`, `npm run worker` and `npm run witness` call: sets the machine up, then runs the TypeScript as it stands.
import { setUp } from './set-up.mjs';

const programs = { '--cli': './cli.ts', '--worker': './worker.ts', '--witness': './witness.ts' };

setUp();
const { runSource } = await import('../inference/run-source.mjs');
const program = programs[process.argv[2] ?? ''];
if (program !== undefined) process.argv.splice(2, 1);
await runSource(new URL(program ?? './main.ts', import.meta.url).href);
