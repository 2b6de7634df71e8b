// What `npm test` and `npm run check` call: installs what the tests need, runs them, and ends with `N passed, N failed`.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { installDebian, onPath, root, setUp } from '../server/set-up.mjs';

const mode = process.argv[2] ?? '--all';
const report = new URL('./.out/report.json', import.meta.url);

setUp();
mkdirSync(new URL('./.out/', import.meta.url), { recursive: true });
if (mode === '--check') await check();
else if (mode === '--soak') soak();
else runTests([], { SOAK: '' });

/** The long forms, and after them small faults in the core files, which the tests have to notice. */
function soak() {
  const worlds = ['trace/oracle', 'kitchen/miss-rate', 'ledger/random-changes'].map(
    (name) => `test/store/${name}.test.ts`,
  );
  const folders = [
    'test/reliability',
    'test/security',
    'test/redis',
    'test/model/flapping-cameras.test.ts',
    'test/model/kept-cameras.test.ts',
    'test/model/http-clips.test.ts',
    'test/browser/typed-markup.test.ts',
    'test/browser/desk-access.test.ts',
    'test/browser/oversight-parts.test.ts',
    'test/browser/oversight-boards.test.ts',
    'test/browser/paper.test.ts',
    ...worlds,
  ];
  runTests(folders, { SOAK: 'on', CHAIN_WORLDS: '20000', RECALL_WORLDS: '5000', MALFORMED: '10000' });
  for (const words of [['--import', 'tsx', 'test/looks/check-looks.ts'], ['test/mutation/mutate.mjs']]) {
    const { status } = spawnSync('node', words, { cwd: root, stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}

/** What a hand can wait for between two edits: under a minute, no browser, no model, no server. */
async function check() {
  const steps = [
    ['format and lint', 'biome', ['check', '--error-on-warnings', '.']],
    ['types', 'tsc', ['--noEmit', '-p', '.', '--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types']],
    ['unused', 'knip', []],
  ];
  const outcomes = await Promise.all(steps.map(([name, program, words]) => aside(name, program, words)));
  if (outcomes.some((status) => status !== 0)) process.exitCode = 1;
  // These share no state and start no process, so one worker keeps what it has loaded for the next file.
  runTests(['test/tidy', 'test/unit', '--no-isolate'], {});
}

/** Runs beside others and says what it has to say at once, under its name. */
function aside(name, program, words) {
  return new Promise((resolve) => {
    execFile(binary(program), words, { cwd: root, maxBuffer: 64 * 1024 * 1024 }, (fault, out, err) => {
      process.stderr.write(`── ${name}\n${out}${err}`);
      resolve(fault === null ? 0 : 1);
    });
  });
}

function runTests(folders, environment) {
  // A browser, a second queue, a look at system calls, another clock and Han fonts are real parts too.
  const wanted = { chromium: 'chromium', 'redis-server': 'redis-server', strace: 'strace', faketime: 'faketime' };
  installDebian(Object.keys(wanted), (name) => !onPath(wanted[name]), 'for the tests');
  installDebian(
    ['fonts-wqy-microhei'],
    () => !existsSync('/usr/share/fonts/truetype/wqy/wqy-microhei.ttc'),
    'for the tests',
  );
  const status = run(
    'vitest',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report.pathname}`, ...folders],
    environment,
  );
  const counts = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1 };
  // A file that could not even be loaded has no tests to count, but it failed; so did a run whose tests all passed and yet ended badly.
  const broken = (counts.testResults ?? []).filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = counts.numFailedTests + broken;
  const unexplained = status !== 0 && failed === 0 ? 1 : 0;
  if (folders.length === 0 || environment.SOAK === 'on') sayWhatWasLeftOut(counts.testResults ?? []);
  process.stdout.write(`${counts.numPassedTests} passed, ${failed + unexplained} failed\n`);
  if (status !== 0 || failed > 0 || counts.numPassedTests === 0) process.exitCode = 1;
}

/** Not every machine has these parts (test/support/parts.ts); a green without them says so. */
function sayWhatWasLeftOut(files) {
  const parts = JSON.parse(readFileSync(new URL('./support/parts.json', import.meta.url), 'utf8'));
  for (const { name, tests, missing } of parts) {
    if (!files.some((file) => file.name.includes(`/${tests}`)))
      process.stdout.write(`${name}: not checked (${missing})\n`);
  }
}

function run(program, words, environment = {}) {
  return (
    spawnSync(binary(program), words, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
      .status ?? 1
  );
}

function binary(program) {
  return new URL(`../node_modules/.bin/${program}`, import.meta.url).pathname;
}
