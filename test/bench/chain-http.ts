// The real server on the bench's data, with a program in a process of its own that posts events and opens pages.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startServer } from '../support/process.ts';
import type { Load, LoadResult } from './chain-client.ts';
import { eventsPerUnit } from './chain-generator.ts';
import { type BenchHouse, sampleUnits } from './chain-house.ts';

export type HttpFound = {
  readonly page: LoadResult;
  readonly batch: Captured;
  readonly single: Captured;
};
/** `mainMicros`: CPU of the server's one writing thread for each event, where the system tells. */
export type Captured = LoadResult & { readonly events: number; readonly mainMicros: number | undefined };

const batchEvents = 60_000;
const singleEvents = 12_000;
const pages = 1_000;

/** Pages first, on a house at rest; then captures, a document of a thousand events at a time and one by one. */
export async function measureHttp(house: BenchHouse): Promise<HttpFound> {
  const server = await startServer({ dataDir: house.dataDir });
  const { hostname: host, port } = new URL(server.url);
  const send = (load: Pick<Load, 'kind' | 'units' | 'perDocument' | 'connections'>) =>
    runClient({ host, port: Number(port), token: house.token, ...load });
  const capture = async (events: number, perDocument: number, connections: number): Promise<Captured> => {
    const units = Array.from({ length: events / eventsPerUnit }, () => house.units++);
    const before = mainMillis(server.child.pid);
    const found = await send({ kind: 'capture', units, perDocument, connections });
    const after = mainMillis(server.child.pid);
    const known = before !== undefined && after !== undefined;
    return { ...found, events, mainMicros: known ? ((after - before) * 1_000) / events : undefined };
  };
  try {
    const openPages = (size: number) =>
      send({ kind: 'page', units: sampleUnits(house, size), perDocument: 1, connections: 2 });
    await openPages(200);
    const page = await openPages(pages);
    // What a server that has been up for a minute does: each way is walked before it is timed.
    await capture(20_000, 1_000, 4);
    const batch = await capture(batchEvents, 1_000, 4);
    await capture(4_000, 1, 64);
    const single = await capture(singleEvents, 1, 64);
    return { page, batch, single };
  } finally {
    await server.end('SIGTERM');
  }
}

async function runClient(load: Load): Promise<LoadResult> {
  const path = fileURLToPath(new URL('chain-client.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  child.stdin.end(JSON.stringify(load));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (status !== 0) throw new Error(`The client ended with ${status}.`);
  const result = JSON.parse(output) as LoadResult;
  const bad = Object.keys(result.statuses).filter((code) => !code.startsWith('2'));
  if (bad.length > 0) throw new Error(`Answers: ${JSON.stringify(result.statuses)}`);
  return result;
}

/** CPU the first thread of a process has had so far, in ms; undefined where the system does not tell. */
function mainMillis(pid: number | undefined): number | undefined {
  const path = `/proc/${pid}/task/${pid}/stat`;
  if (!existsSync(path)) return undefined;
  const fields = readFileSync(path, 'utf8').split(') ')[1]?.split(' ') ?? [];
  // In ticks of 10 ms, as Linux has it everywhere (proc(5): utime, stime).
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
