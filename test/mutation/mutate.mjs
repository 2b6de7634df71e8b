// What `npm run mutate` runs: small faults are put into the core files one at a time, and their tests have to notice.
// `npm run mutate -- balance merkle` looks at those files alone.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, setUp } from '../../server/set-up.mjs';
import { judge, tableOf } from './judge.mjs';

/** In every hundred faults, so many have to be noticed. */
const wanted = 90;

const here = `${root}test/mutation/`;
const out = `${root}test/.out/mutation/`;

setUp();
installStryker();
mkdirSync(out, { recursive: true });
const asked = process.argv.slice(2);
const core = JSON.parse(readFileSync(`${here}core.json`, 'utf8'));
const chosen = core.filter(({ file }) => asked.length === 0 || asked.some((word) => file.includes(word)));
if (chosen.length === 0)
  throw new Error(`No core file is called ${asked.join(' or ')}; they stand in test/mutation/core.json.`);

const results = chosen.map((entry) => judge(entry, mutated(entry)));
for (const { lines } of results) for (const line of lines) process.stdout.write(`${line}\n`);
const { table, share } = tableOf(results);
process.stdout.write(`${table}\n`);
if (asked.length === 0) writeFileSync(`${out}table.md`, `${table}\n`);
const stale = results.reduce((sum, result) => sum + result.stale, 0);
process.stdout.write(`${share.toFixed(1)} % of the faults were noticed; ${wanted} % are wanted\n`);
if (share < wanted || stale > 0) process.exitCode = 1;

/** Stryker's report on one core file. */
function mutated({ file, tests }) {
  const name = file.replaceAll('/', '-');
  const report = `${out}${name}.report.json`;
  const settings = `${out}${name}.settings.json`;
  writeFileSync(settings, JSON.stringify(settingsOf(file, report)));
  process.stdout.write(`── ${file}\n`);
  // The oracle's thousand worlds are for npm test; a few show a fault as well.
  const environment = {
    ...process.env,
    CHAIN_WORLDS: '150',
    RECALL_WORLDS: '150',
    MUTATION_TESTS: JSON.stringify(tests),
  };
  const stryker = `${here}node_modules/.bin/stryker`;
  const { status } = spawnSync(stryker, ['run', settings], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    env: environment,
  });
  if (status !== 0) throw new Error(`Stryker ended with ${status} on ${file}: run its tests first, they have to pass.`);
  return JSON.parse(readFileSync(report, 'utf8')).files[file];
}

function settingsOf(file, report) {
  return {
    testRunner: 'vitest',
    plugins: [`${here}node_modules/@stryker-mutator/vitest-runner/dist/src/index.js`],
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
    mutate: [file],
    // A changed word of a message or a dropped field of an answer is for other tests to see.
    mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral'] },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A fault may make a loop endless; a busy machine may make a test slow.
    timeoutMS: 6_000,
    timeoutFactor: 3,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    // The tests run from a copy, but nothing is compiled there: its settings need no change (and TypeScript 7 has no call for that).
    tsconfigFile: 'none.json',
    // Not below test/, where the mutants' own copies of the tests would be found and run.
    tempDirName: join(tmpdir(), 'bright-kitchen-mutation'),
    ignorePatterns: ['models/*.onnx', 'docs', 'data', 'samples/clips', 'test/.out', 'test/mutation/node_modules'],
    logLevel: 'error',
  };
}

/** Kept out of the product's packages: nobody who only runs it has to wait for it. */
function installStryker() {
  const lock = readFileSync(`${here}package-lock.json`, 'utf8');
  const stamp = `${here}node_modules/.installed-from`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  // Its peer, vitest, is the product's own.
  const words = ['install', '--no-save', '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund'];
  if (spawnSync('npm', words, { cwd: here, stdio: ['ignore', 2, 2] }).status !== 0) process.exit(1);
  writeFileSync(stamp, lock);
}
