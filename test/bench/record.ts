// The record of one run of the benches: figures with the machine, the versions and the load they were found at; and two records side by side.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';
import { amount, type Recorded } from './figures.ts';

export type BenchRecord = {
  readonly format: 'bright-kitchen-bench/1';
  /** ISO 8601. */
  readonly at: string;
  readonly commit: string;
  readonly machine: { readonly processor: string; readonly cores: number; readonly memoryGb: number };
  readonly versions: Readonly<Record<string, string>>;
  /** Load average of one minute before the first bench and after the last: others at work make every figure slower. */
  readonly load: { readonly before: number; readonly after: number };
  readonly figures: readonly Recorded[];
};

const packages = ['better-sqlite3', 'onnxruntime-node', 'sharp', 'hono'];

export function recordOf(figures: readonly Recorded[], before: number): BenchRecord {
  return {
    format: 'bright-kitchen-bench/1',
    at: new Date().toISOString(),
    commit: commit(),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
    },
    versions: { node: process.versions.node, ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])) },
    load: { before, after: loadNow() },
    figures,
  };
}

export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** Throws with the file's name when it holds no record. */
export function readRecord(file: string): BenchRecord {
  const record = JSON.parse(readFileSync(file, 'utf8')) as BenchRecord;
  if (record.format !== 'bright-kitchen-bench/1') throw new Error(`${file} is no record of npm run bench.`);
  return record;
}

/** Lines: what differs between the two runs themselves, then each figure with B over A. */
export function compared(a: BenchRecord, b: BenchRecord): string[] {
  const before = new Map(a.figures.map((figure) => [keyOf(figure), figure]));
  const after = new Set(b.figures.map(keyOf));
  const both = b.figures.map((figure) => oneCompared(before.get(keyOf(figure)), figure));
  const gone = a.figures.filter((figure) => !after.has(keyOf(figure))).map((one) => `${keyOf(one)}: only in A`);
  return [...differences(a, b), ...both, ...gone];
}

// Two runs of the same code on one quiet machine differ by less than this.
const noise = 0.1;

function oneCompared(before: Recorded | undefined, figure: Recorded): string {
  const name = keyOf(figure).padEnd(52);
  if (before === undefined) return `${name}${amount(figure.value, figure.unit)} (only in B)`;
  const ratio = figure.value / before.value;
  const change = Math.abs(ratio - 1) <= noise ? 'alike' : isBetter(figure, ratio) ? 'better' : 'worse';
  const found = `${amount(before.value, figure.unit)} → ${amount(figure.value, figure.unit)}`;
  return `${name}${found.padEnd(28)}${ratio.toFixed(2)} × ${change}`;
}

/** More is better of a rate and of what has a least bound; less of everything else. */
function isBetter({ unit, least }: Recorded, ratio: number): boolean {
  return unit === '/s' || least !== undefined ? ratio > 1 : ratio < 1;
}

function differences(a: BenchRecord, b: BenchRecord): string[] {
  const said: [string, unknown, unknown][] = [
    ['commit', a.commit, b.commit],
    ['machine', describe(a), describe(b)],
    ...Object.keys({ ...a.versions, ...b.versions }).map((name): [string, unknown, unknown] => [
      name,
      a.versions[name],
      b.versions[name],
    ]),
    ['load', `${a.load.before}–${a.load.after}`, `${b.load.before}–${b.load.after}`],
  ];
  return said.filter(([, left, right]) => left !== right).map(([name, left, right]) => `${name}: ${left} → ${right}`);
}

function describe({ machine }: BenchRecord): string {
  return `${machine.cores} × ${machine.processor}, ${machine.memoryGb} GB`;
}

function keyOf({ bench, name }: Recorded): string {
  return `${bench}: ${name}`;
}

function versionOf(name: string): string {
  // Not every package lets its package.json be imported; its folder is found by its entry.
  const entry = createRequire(import.meta.url).resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`) + `node_modules/${name}/`.length);
  return (JSON.parse(readFileSync(`${folder}package.json`, 'utf8')) as { version: string }).version;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
