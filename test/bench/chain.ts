// Measures the chain over HTTP and inside at 0.1 and 1 million events, and at any size with --events 0.1,1,10, beside what is wanted.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { traceLot } from '../../server/trace/chain/chain-store.ts';
import { recallScopeOf } from '../../server/trace/recall/recall-scope-store.ts';
import { startRecall } from '../../server/trace/recall/start-recall.ts';
import { type BenchHouse, dishOf, lotIdOf, megabytes, openBenchHouse, rowsIn, sampleUnits } from './chain-house.ts';
import { type Captured, measureHttp } from './chain-http.ts';
import { comparePostgres } from './chain-postgres.ts';
import { rawInsertRate } from './chain-raw.ts';

const traces = 1_000;

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '0.1,1' },
    folder: { type: 'string' },
    keep: { type: 'boolean', default: false },
    'no-postgres': { type: 'boolean', default: false },
  },
});
const sizes = values.events.split(',').map((size) => Number(size) * 1e6);
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'bk-bench-chain-'));
const house = openBenchHouse(folder);

print(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`,
);
const wide: { holdings: number; code: string }[] = [];
for (const holdings of [2_000, 250_000]) wide.push({ holdings, code: await house.addRecall(holdings) });
for (const size of sizes) await measure(house, size);
house.db.sqlite.close();
if (!values.keep) rmSync(folder, { recursive: true });

async function measure(at: BenchHouse, size: number): Promise<void> {
  const filled = await at.fill(size);
  at.db.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  print(
    `\n── ${count(rowsIn(at, 'event'))} events, ${count(rowsIn(at, 'holding'))} holdings, ${count(megabytes(at))} MB; load average ${load()}`,
  );
  row('', 'wanted', 'found');
  row('filling it, in this process', '', `${rate(filled.events, filled.ms)} over ${count(filled.events)} events`);
  const http = await measureHttp(at);
  row('capture over HTTP, 1,000 a document', '≥ 20,000/s', captured(http.batch));
  row('capture over HTTP, one by one', '≥ 3,000/s', captured(http.single));
  row('raw inserts of the same rows', '', rawInsertRate(folder));
  row("consumer's page over HTTP", 'p99 ≤ 20 ms', `p99 ${ms(http.page.p99Ms)}, p50 ${ms(http.page.p50Ms)}`);
  row('trace back of a dish', 'p99 ≤ 5 ms', backward(at));
  for (const { holdings, code } of wide) {
    const lotId = lotIdOf(at, code);
    row(`recall over ${count(holdings)} holdings`, holdings > 10_000 ? '≤ 1 s' : '≤ 30 ms', scope(at, lotId));
    row('  … started, with every row frozen', '', frozen(at, lotId));
  }
  if (!values['no-postgres']) await beside(at);
  print(`load average ${load()}: others at work make every figure slower`);
}

async function beside(at: BenchHouse): Promise<void> {
  const dishes = sampleUnits(at, 200).map((unit) => dishOf(at, unit));
  await comparePostgres(
    at.db,
    [
      { name: 'the same traces back', direction: 'backward', lotIds: dishes },
      ...wide.map(({ holdings, code }) => ({
        name: `the walk of the recall over ${count(holdings)}`,
        direction: 'forward' as const,
        lotIds: [lotIdOf(at, code)],
      })),
    ],
    (name, found) => row(name, '', found),
  );
}

function captured({ events, ms: took, p50Ms, p99Ms, mainMicros }: Captured): string {
  const cpu = mainMicros === undefined ? '' : `; ${mainMicros.toFixed(0)} µs CPU of the writing thread each`;
  return `${rate(events, took)}, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}${cpu}`;
}

function backward(at: BenchHouse): string {
  const lots = sampleUnits(at, traces).map((unit) => dishOf(at, unit));
  for (const lotId of lots.slice(0, 100)) traceLot(at.db, { lotId, direction: 'backward' });
  let holdings = 0;
  const times = lots.map((lotId) => {
    const began = performance.now();
    holdings += traceLot(at.db, { lotId, direction: 'backward' }).holdings.length;
    return performance.now() - began;
  });
  times.sort((a, b) => a - b);
  const share = (part: number) => ms(times[Math.floor(times.length * part)] ?? 0);
  return `p99 ${share(0.99)}, p50 ${share(0.5)}, ${(holdings / lots.length).toFixed(0)} holdings each`;
}

function scope(at: BenchHouse, lotId: number): string {
  const runs = Array.from({ length: 15 }, () => {
    const [began, cpuBegan] = [performance.now(), cpuNow()];
    const { rows } = recallScopeOf(at.db, lotId);
    return { ms: performance.now() - began, cpuMs: cpuNow() - cpuBegan, rows: rows.length };
  });
  const sorted = runs.map((run) => run.ms).sort((a, b) => a - b);
  const cpu = Math.min(...runs.map((run) => run.cpuMs));
  return `median ${ms(sorted[7] ?? 0)}, worst ${ms(sorted.at(-1) ?? 0)}, least CPU ${ms(cpu)}; ${count(runs[0]?.rows ?? 0)} rows with quantities`;
}

/** Started and taken back: the scope once more, its rows, its notices and its ledger entry. */
function frozen(at: BenchHouse, lotId: number): string {
  const [began, cpuBegan] = [performance.now(), cpuNow()];
  at.db.sqlite.exec('BEGIN IMMEDIATE');
  const { holdings, notices } = startRecall(at, { lotId, reason: 'bench' }, null);
  at.db.sqlite.exec('ROLLBACK');
  return `${ms(performance.now() - began)}, CPU ${ms(cpuNow() - cpuBegan)}; ${count(holdings)} rows, ${count(notices)} notices`;
}

function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function load(): string {
  return loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');
}

function rate(events: number, took: number): string {
  return `${count(events / (took / 1_000))}/s`;
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function ms(number: number): string {
  return `${number < 10 ? number.toFixed(1) : count(number)} ms`;
}

function row(name: string, wanted: string, found: string): void {
  print(`${name.padEnd(42)}${wanted.padEnd(13)}${found}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
