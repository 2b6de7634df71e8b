// npm run bench — the benches in their short forms; what they record is a table at the end, and the same as JSON.
// Options: --only frame,chain (names below), --json FILE, --compare A.json B.json (runs nothing, holds two records against each other).
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lineOf, type Recorded, recordVariable } from './figures.ts';
import { type BenchRecord, compared, loadNow, readRecord, recordOf } from './record.ts';

const benches = [
  { name: 'frame', file: 'frame.ts', words: [] },
  { name: 'chain', file: 'chain.ts', words: ['--events', '0.1'] },
  { name: 'desk', file: 'desk.ts', words: [] },
  { name: 'oversight', file: 'oversight.ts', words: [] },
  { name: 'draw', file: 'draw.ts', words: [] },
  { name: 'pages', file: 'pages.ts', words: [] },
  { name: 'start', file: 'start.ts', words: [] },
  { name: 'cameras', file: 'cameras.ts', words: ['--cameras', '7500', '--seconds', '30', '--kept', '4'] },
] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, json: { type: 'string' }, compare: { type: 'boolean', default: false } },
});

if (values.compare) compareFiles(positionals);
else runAll(values.only?.split(',') ?? benches.map(({ name }) => name));

function compareFiles([a, b]: readonly string[]): void {
  if (a === undefined || b === undefined) throw new Error('Two records are compared: --compare A.json B.json');
  say(compared(readRecord(a), readRecord(b)).join('\n'));
}

function runAll(names: readonly string[]): void {
  const unknown = names.filter((name) => benches.every((bench) => bench.name !== name));
  if (unknown.length > 0) throw new Error(`No bench is called ${unknown.join(', ')}.`);
  const folder = mkdtempSync(join(tmpdir(), 'bk-bench-'));
  const file = join(folder, 'figures.jsonl');
  const before = loadNow();
  for (const bench of benches.filter(({ name }) => names.includes(name))) {
    say(`\n── ${bench.name}`);
    const path = fileURLToPath(new URL(bench.file, import.meta.url));
    const env = { ...process.env, [recordVariable]: file };
    const { status } = spawnSync(process.execPath, ['--import', 'tsx', path, ...bench.words], {
      stdio: 'inherit',
      env,
    });
    if (status !== 0) process.exitCode = 1;
  }
  const record = recordOf(existsSync(file) ? figuresIn(file) : [], before);
  rmSync(folder, { recursive: true });
  printed(record);
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(record, null, 2)}\n`);
}

function figuresIn(file: string): Recorded[] {
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded);
}

function printed({ at, commit, machine, versions, load, figures }: BenchRecord): void {
  const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  say(
    `\n══ ${at}, commit ${commit}; ${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB; ${made.join(', ')}`,
  );
  say(`load ${load.before} before and ${load.after} after: others at work make every figure slower`);
  for (const figure of figures) say(`${figure.bench.padEnd(10)}${lineOf(figure)}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
