// Measures the chain at 0.1, 1 and (with --sizes 0.1,1,10) 10 million events: capture, traces back, recalls, the raw insert beside them.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { openBlobs } from '../../server/store/blobs.ts';
import { openDatabase } from '../../server/store/db.ts';
import { readForCapture } from '../../server/trace/capture-document.ts';
import { type CaptureDeps, captureDocument } from '../../server/trace/capture-events.ts';
import { openCaptureGroup } from '../../server/trace/capture-group.ts';
import { traceLot } from '../../server/trace/chain-store.ts';
import { lotByCode } from '../../server/trace/lot-store.ts';
import { recallScopeOf } from '../../server/trace/recall-scope-store.ts';
import { documentOf } from '../support/cast.ts';
import { dishCode, eventsPerUnit, type Json, unitEvents, wideRecall } from './chain-generator.ts';
import { comparePostgres } from './chain-postgres.ts';
import { rawInsertRate } from './chain-raw.ts';

const perDocument = 1_000;
const traces = 1_000;
const singles = 3_000;
const clients = 64;

const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '0.1,1' }, keep: { type: 'boolean', default: false } },
});
const sizes = values.sizes.split(',').map((size) => Number(size) * 1e6);

const folder = mkdtempSync(join(tmpdir(), 'bk-bench-chain-'));
const path = join(folder, 'chain.db');
const deps = openDeps(path);

print(
  `machine: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
const wide = [2_000, 250_000].map((holdings) => ({
  holdings,
  code: capturePlain(wideRecall(`WIDE-${holdings}`, holdings)),
}));

let units = 0;
let singleUnits = 1e9;
for (const size of sizes) {
  const loaded = load(Math.round(size / eventsPerUnit));
  const busy = loadavg().map((load) => load.toFixed(1));
  print(
    `\nload average ${busy.join(' ')}: others at work make every figure slower; CPU time does not count their part`,
  );
  print(
    `\n== ${count('event').toLocaleString('en')} events, ${count('holding').toLocaleString('en')} holdings, ${fileMegabytes()} MB ==`,
  );
  print(
    `capture, documents of ${perDocument}: ${rate(loaded.events, loaded.readMs + loaded.captureMs)} (reading alone ${rate(loaded.events, loaded.readMs)}, storing alone ${rate(loaded.events, loaded.captureMs)}; by CPU time ${rate(loaded.events, loaded.cpuMs)})`,
  );
  print(`capture, one by one, ${clients} at once, synchronous=FULL: ${rate(singles, await singleCaptures())}`);
  print(`raw inserts of the same rows, transactions of ${perDocument}: ${rawInsertRate(folder)}`);
  backward();
  for (const { holdings, code } of wide) recall(holdings, code);
  await comparePostgres(
    deps.db,
    [
      { name: 'trace back of the same dishes', direction: 'backward', lotIds: sampleDishes(200) },
      ...wide.map(({ holdings, code }) => ({
        name: `walk of the ${holdings.toLocaleString('en')}-holding recall`,
        direction: 'forward' as const,
        lotIds: [lotIdOf(code)],
      })),
    ],
    print,
  );
}
deps.db.sqlite.close();
if (!values.keep) rmSync(folder, { recursive: true });

function openDeps(file: string): CaptureDeps {
  const db = openDatabase(file);
  return { db, clock: Date.now, queue: openQueue(db, Date.now), blobs: openBlobs(join(folder, 'blobs')) };
}

function load(until: number): { events: number; readMs: number; captureMs: number; cpuMs: number } {
  let [events, readMs, captureMs, cpuMs] = [0, 0, 0, 0];
  while (units < until) {
    const list: Json[] = [];
    while (units < until && list.length + eventsPerUnit <= perDocument) list.push(...unitEvents(units++));
    const bytes = documentOf(list);
    const cpuBegan = cpuNow();
    const began = performance.now();
    const read = readForCapture(bytes, 'application/ld+json');
    const parsed = performance.now();
    const answer = captureDocument(deps, read, null, { onError: 'rollback' });
    captureMs += performance.now() - parsed;
    cpuMs += cpuNow() - cpuBegan;
    readMs += parsed - began;
    if (answer.refused > 0)
      throw new Error(`refused: ${JSON.stringify(answer.events.find((event) => event.status === 'refused'))}`);
    events += answer.accepted;
  }
  return { events, readMs, captureMs, cpuMs };
}

function capturePlain(generator: Generator<Json, string>): string {
  let list: Json[] = [];
  const flush = () => {
    captureDocument(deps, readForCapture(documentOf(list), 'application/ld+json'), null, { onError: 'rollback' });
    list = [];
  };
  for (;;) {
    const next = generator.next();
    if (next.done === true) {
      flush();
      return next.value;
    }
    list.push(next.value);
    if (list.length === perDocument) flush();
  }
}

async function singleCaptures(): Promise<number> {
  const group = openCaptureGroup(deps);
  const documents = Array.from({ length: Math.ceil(singles / eventsPerUnit) }, () => unitEvents(singleUnits++))
    .flat()
    .slice(0, singles)
    .map((event) => documentOf([event]));
  const began = performance.now();
  let next = 0;
  const client = async () => {
    for (let bytes = documents[next++]; bytes !== undefined; bytes = documents[next++]) {
      await group.capture(readForCapture(bytes, 'application/ld+json'), null, { onError: 'rollback' });
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return performance.now() - began;
}

function sampleDishes(size: number): number[] {
  return Array.from({ length: size }, (_, index) => Math.floor(((index + 0.5) / size) * units)).map((unit) => {
    const lot = lotByCode(deps.db, dishCode(unit, (unit % 2) as 0 | 1));
    if (lot === undefined) throw new Error('a dish is missing');
    return lot.id;
  });
}

function backward(): void {
  const lots = sampleDishes(traces);
  for (const lotId of lots.slice(0, 100)) traceLot(deps.db, { lotId, direction: 'backward' });
  let holdings = 0;
  const times = lots.map((lotId) => {
    const began = performance.now();
    holdings += traceLot(deps.db, { lotId, direction: 'backward' }).holdings.length;
    return performance.now() - began;
  });
  times.sort((a, b) => a - b);
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  print(
    `trace back, ${lots.length} dishes, ${(holdings / lots.length).toFixed(0)} holdings each: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`,
  );
}

function recall(holdings: number, code: string): void {
  const lotId = lotIdOf(code);
  const times = Array.from({ length: holdings > 10_000 ? 3 : 15 }, () => {
    const [began, cpuBegan] = [performance.now(), cpuNow()];
    const { rows } = recallScopeOf(deps.db, lotId);
    return { ms: performance.now() - began, cpuMs: cpuNow() - cpuBegan, rows: rows.length };
  });
  const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b);
  print(
    `recall with quantities over ${times[0]?.rows.toLocaleString('en')} holdings: median ${sorted[Math.floor(sorted.length / 2)]?.toFixed(0)} ms, worst ${sorted.at(-1)?.toFixed(0)} ms (least CPU time ${Math.min(...times.map((one) => one.cpuMs)).toFixed(0)} ms)`,
  );
}

function lotIdOf(code: string): number {
  const lot = lotByCode(deps.db, code);
  if (lot === undefined) throw new Error(`${code} is missing`);
  return lot.id;
}

function count(table: string): number {
  return Number(deps.db.sqlite.prepare(`SELECT max(id) FROM ${table}`).pluck().get());
}

function fileMegabytes(): number {
  return Math.round(statSync(path).size / 1e6);
}

function cpuNow(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function rate(events: number, ms: number): string {
  return `${Math.round(events / (ms / 1000)).toLocaleString('en')} events/s`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
