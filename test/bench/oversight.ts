// How fast the regulator's pages answer over a generated city: 23,000 kitchens and a year of what happened to them.
import { performance } from 'node:perf_hooks';
import { dayMs } from '../../server/clock.ts';
import { scoreAll } from '../../server/oversight/risk/write-risk-scores.ts';
import { openCast } from '../support/kitchen-cast.ts';
import { openTestServer, type TestServer } from '../support/server.ts';
import { fillCity } from './city.ts';

const kitchens = Number(process.argv[2] ?? 23_000);
const rounds = 7;
/** What was promised, milliseconds. */
const promised = {
  board: 300,
  'risk list, one district': 200,
  'risk list': 200,
  'risk list (API)': 200,
  'full re-score': 60_000,
} as const;

const server = openTestServer();
openCast(server.deps);
const filled = performance.now();
fillCity(server, kitchens);
server.clock.pass(dayMs);
console.log(`${kitchens} kitchens, filled in ${Math.round(performance.now() - filled)} ms`);

const scored = performance.now();
const places = scoreAll(server.deps);
const figures: Record<keyof typeof promised, number> = {
  'full re-score': performance.now() - scored,
  board: await median(server, '/board'),
  'risk list, one district': await median(server, '/risk?district=1'),
  'risk list': await median(server, '/risk'),
  'risk list (API)': await median(server, '/api/risk?limit=100'),
};
console.log(`places scored: ${places}; milliseconds, the median of ${rounds}`);
for (const [name, ms] of Object.entries(figures))
  console.log(`  ${name}: ${ms.toFixed(0)} (promised: ${promised[name as keyof typeof promised]})`);
for (const path of ['/board/rows/overdue', '/kitchens/board', '/records?q=7'])
  console.log(`  ${path}: ${(await median(server, path)).toFixed(0)}`);

async function median({ call }: TestServer, path: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = performance.now();
    const answer = await call(path, {
      as: 'inspector',
      headers: { accept: path.startsWith('/api') ? 'application/json' : 'text/html' },
    });
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    times.push(performance.now() - from);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}
