// One run of every bench in its short form: a frame from JPEG to violations, then captures and traces on a generated chain.
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';

const benches = [
  { name: 'frame', file: 'frame.ts', words: [] },
  { name: 'chain', file: 'chain.ts', words: ['--events', '0.1'] },
] as const;

const [cpu] = cpus();
process.stdout.write(
  `${cpu?.model ?? 'unknown processor'}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}\n`,
);
for (const { name, file, words } of benches) {
  process.stdout.write(`\n── ${name}\n`);
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path, ...words], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
