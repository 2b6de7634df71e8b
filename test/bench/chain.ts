// Measures the chain over HTTP and inside at 0.1 and 1 million events, and at any size with --events 0.1,1,10 and --wide 2000,250000, beside what is wanted.
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Caller } from '../../server/accounts/caller.ts';
import { traceLot } from '../../server/trace/chain/chain-store.ts';
import { readEventQuery } from '../../server/trace/query/query.ts';
import { findEvents } from '../../server/trace/query/query-store.ts';
import { startRecall } from '../../server/trace/recall/start-recall.ts';
import { issueAside, isWide } from '../../server/trace/scope/issue-aside.ts';
import { recallScopeOf } from '../../server/trace/scope/recall-scope-store.ts';
import { dishCode } from './chain-generator.ts';
import { type BenchHouse, dishOf, lotIdOf, megabytes, openBenchHouse, rowsIn, sampleUnits } from './chain-house.ts';
import { type Captured, measureHttp } from './chain-http.ts';
import { compareJsonb } from './chain-jsonb.ts';
import { comparePostgres } from './chain-postgres.ts';
import { rawInsertRate } from './chain-raw.ts';
import { type Figure, figuresOf } from './figures.ts';

const traces = 1_000;
const jsonbUnits = 2_400;
const inspector: Caller = { id: 0, name: 'bench', role: 'inspector', sites: [], via: 'token' };
const found = figuresOf('chain');

const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '0.1,1' },
    folder: { type: 'string' },
    keep: { type: 'boolean', default: false },
    wide: { type: 'string', default: '2000,250000' },
    'no-postgres': { type: 'boolean', default: false },
  },
});
const wideSizes = values.wide.split(',').map(Number);
const sizes = values.events.split(',').map((size) => Number(size) * 1e6);
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'bk-bench-chain-'));
const house = openBenchHouse(folder);

print(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}`,
);
const wide: { holdings: number; code: string }[] = [];
for (const holdings of wideSizes) wide.push({ holdings, code: await house.addRecall(holdings) });
for (const size of sizes) await measure(house, size);
house.db.sqlite.close();
if (!values.keep) rmSync(folder, { recursive: true });

async function measure(at: BenchHouse, size: number): Promise<void> {
  const filled = await at.fill(size);
  at.db.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  print(
    `\n── ${count(rowsIn(at, 'event'))} events, ${count(rowsIn(at, 'holding'))} holdings, ${count(megabytes(at))} MB; load average ${load()}`,
  );
  const figure = (one: Figure) => found({ ...one, name: `${one.name}, ${size / 1e6} M events` });
  figure({ name: 'filling it, in this process', value: perSecond(filled.events, filled.ms), unit: '/s' });
  const http = await measureHttp(at);
  const raw = { name: 'raw inserts of the same rows', value: rawInsertRate(folder) };
  figure({ name: 'capture, 1,000 a document', least: 20_000, ...captured(http.batch), beside: raw });
  figure({ name: 'capture, one by one', least: 3_000, ...captured(http.single) });
  const note = `p50 ${ms(http.page.p50Ms)}`;
  figure({ name: "consumer's page, p99", most: 20, value: http.page.p99Ms, unit: 'ms', note });
  figure({ name: 'trace back of a dish, p99', most: 5, unit: 'ms', ...backward(at) });
  for (const { holdings, code } of wide) {
    const lotId = lotIdOf(at, code);
    const name = `recall over ${count(holdings)} holdings`;
    figure({ name, most: holdings > 10_000 ? 1_000 : 30, unit: 'ms', ...scope(at, lotId) });
    figure({ name: `${name}, frozen`, unit: 'ms', ...frozen(at, lotId) });
    if (isWide(at.db, lotId)) figure({ name: `${name}, held up by it`, unit: 'ms', ...(await heldUp(at, lotId)) });
  }
  if (!values['no-postgres']) {
    await besideWalks(at);
    besideJsonb(at, figure, perSecond(http.batch.events, http.batch.ms));
  }
  print(`load average ${load()}: others at work make every figure slower`);
}

async function besideWalks(at: BenchHouse): Promise<void> {
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
    (name, walked) => print(`${name.padEnd(58)}${walked}`),
  );
}

/** A plain table of JSONB documents given as many events, and asked for the events of one lot. */
function besideJsonb(at: BenchHouse, figure: (one: Figure) => void, batch: number): void {
  const units = Array.from({ length: jsonbUnits }, (_, unit) => unit);
  const sampled = units.filter((unit) => unit % 12 === 0);
  const jsonb = compareJsonb(
    units,
    sampled.map((unit) => dishCode(unit, 0)),
  );
  if (jsonb === undefined) {
    print('PostgreSQL is not installed here, so no table of JSONB was compared.');
    return;
  }
  const name = `PostgreSQL ${jsonb.version} JSONB`;
  const rate = { name: `${name}, no HTTP`, value: jsonb.batchPerSecond };
  figure({ name: 'capture, 1,000 a document, beside JSONB', value: batch, unit: '/s', beside: rate });
  const times = sampled.map((unit) => findLot(at, dishCode(unit, 0))).sort((a, b) => a - b);
  const value = times[Math.floor(times.length * 0.99)] ?? 0;
  figure({ name: 'events of one lot, p99', value, unit: 'ms', beside: { name, value: jsonb.find.p99 } });
}

/** Milliseconds. */
function findLot(at: BenchHouse, code: string): number {
  const began = performance.now();
  const query = readEventQuery({ MATCH_anyEPCClass: [code] }, { now: Date.now() });
  if (findEvents(at.db, inspector, query).events.length === 0) throw new Error(`No event of ${code} was found.`);
  return performance.now() - began;
}

function captured({ events, ms: took, p50Ms, p99Ms, mainMicros }: Captured): Pick<Figure, 'value' | 'unit' | 'note'> {
  const cpu = mainMicros === undefined ? '' : `; ${mainMicros.toFixed(0)} µs processor of the writing thread each`;
  return { value: perSecond(events, took), unit: '/s', note: `p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}${cpu}` };
}

function backward(at: BenchHouse): Pick<Figure, 'value' | 'note'> {
  const lots = sampleUnits(at, traces).map((unit) => dishOf(at, unit));
  for (const lotId of lots.slice(0, 100)) traceLot(at.db, { lotId, direction: 'backward' });
  let holdings = 0;
  const times = lots.map((lotId) => {
    const began = performance.now();
    holdings += traceLot(at.db, { lotId, direction: 'backward' }).holdings.length;
    return performance.now() - began;
  });
  times.sort((a, b) => a - b);
  const share = (part: number) => times[Math.floor(times.length * part)] ?? 0;
  return { value: share(0.99), note: `p50 ${ms(share(0.5))}, ${(holdings / lots.length).toFixed(0)} holdings each` };
}

function scope(at: BenchHouse, lotId: number): Pick<Figure, 'value' | 'note'> {
  const runs = Array.from({ length: 15 }, () => {
    const [began, cpuBegan] = [performance.now(), cpuNow()];
    const { rows } = recallScopeOf(at.db, lotId);
    return { ms: performance.now() - began, cpuMs: cpuNow() - cpuBegan, rows: rows.length };
  });
  const sorted = runs.map((run) => run.ms).sort((a, b) => a - b);
  const cpu = Math.min(...runs.map((run) => run.cpuMs));
  const note = `worst ${ms(sorted.at(-1) ?? 0)}, least processor ${ms(cpu)}; ${count(runs[0]?.rows ?? 0)} rows with quantities`;
  return { value: sorted[7] ?? 0, note };
}

/** Started and taken back: the scope once more, its rows, its notices and its ledger entry. */
function frozen(at: BenchHouse, lotId: number): Pick<Figure, 'value' | 'note'> {
  const [began, cpuBegan] = [performance.now(), cpuNow()];
  at.db.sqlite.exec('BEGIN IMMEDIATE');
  const { holdings, notices } = startRecall(at, { lotId, reason: 'bench' }, null);
  at.db.sqlite.exec('ROLLBACK');
  const note = `processor ${ms(cpuNow() - cpuBegan)}; ${count(holdings)} rows, ${count(notices)} notices`;
  return { value: performance.now() - began, note };
}

/** What a page waits at most while the scope is worked out and frozen beside it; taken back at the end, so that it can be measured again. */
async function heldUp(at: BenchHouse, lotId: number): Promise<Pick<Figure, 'value' | 'note'>> {
  const began = performance.now();
  let [last, longest] = [began, 0];
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 1);
  const kept = await issueAside(at.db, { lotId }, (scope) => {
    at.db.sqlite.exec('SAVEPOINT bench');
    scope.keep(at.db, 0, 1);
    at.db.sqlite.exec('ROLLBACK TO bench');
    return scope.summary.holdings;
  });
  const took = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(beat);
  return { value: longest, note: `${count(kept?.issued ?? 0)} rows out after ${ms(took)}` };
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

function perSecond(events: number, took: number): number {
  return events / (took / 1_000);
}

function count(number: number): string {
  return Math.round(number).toLocaleString('en');
}

function ms(number: number): string {
  return `${number < 10 ? number.toFixed(1) : count(number)} ms`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
