// How long a start takes until people are answered and until the models look, after a stop and after kill -9, and the memory it then holds.
// Options: --data FOLDER (a DATA_DIR of your own, of any size; the sample district when left out), --starts 3 (of each kind).
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { newDataDir, pause, type ServerProcess, startServer } from '../support/process.ts';
import { figuresOf } from './figures.ts';

const figure = figuresOf('start');
const { values } = parseArgs({ options: { data: { type: 'string' }, starts: { type: 'string', default: '3' } } });
const dataDir = values.data ?? newDataDir();
const environment = { DEMO: values.data === undefined ? 'on' : 'off' };
const longestMs = 60_000;

type Start = { readonly readyMs: number; readonly looksMs: number; readonly megabytes: number };

// The first compiles what is kept, and fills the samples.
await (await startServer({ dataDir, environment })).end('SIGTERM');
await measured('after a stop', 2_500, 'SIGTERM');
await measured('after kill -9', 3_000, 'SIGKILL');

async function measured(when: string, most: number, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  await (await startServer({ dataDir, environment })).end(signal);
  const starts: Start[] = [];
  for (let at = 0; at < Number(values.starts); at++) starts.push(await timed(signal));
  const worst = (of: (start: Start) => number) => Math.max(...starts.map(of));
  const note = `worst of ${starts.length}`;
  figure({ name: `people are answered ${when}`, most, value: worst(({ readyMs }) => readyMs), unit: 'ms', note });
  figure({ name: `the models look ${when}`, value: worst(({ looksMs }) => looksMs), unit: 'ms', note });
  figure({ name: `memory then, ${when}`, most: 250, value: worst(({ megabytes }) => megabytes), unit: 'MB', note });
}

async function timed(signal: 'SIGTERM' | 'SIGKILL'): Promise<Start> {
  const began = performance.now();
  const server = await startServer({ dataDir, environment });
  const readyMs = performance.now() - began;
  await untilItLooks(server, began);
  const looksMs = performance.now() - began;
  const [, pages = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8')) ?? [];
  await server.end(signal);
  return { readyMs, looksMs, megabytes: Number(pages) / 1_000 };
}

async function untilItLooks(server: ServerProcess, began: number): Promise<void> {
  while (performance.now() - began < longestMs) {
    const answer = (await (await fetch(`${server.url}/readyz`)).json()) as { looking?: string };
    if (answer.looking !== 'opening') return;
    await pause(20);
  }
  throw new Error(`The models were not open within ${longestMs / 1_000} s:\n${server.output()}`);
}
