// How fast the desk answers with 100,000 flags waiting, beside an empty queue in the same run.
import { performance } from 'node:perf_hooks';
import { openDeskHouse, raise } from '../support/desk-house.ts';
import type { TestServer } from '../support/server.ts';
import { figuresOf } from './figures.ts';

const figure = figuresOf('desk');
const waiting = 100_000;
const rounds = 20;

export async function crowdedQueue(): Promise<void> {
  const house = await openDeskHouse();
  const { server } = house;
  const [model] = await raise(house, ['no_mask']);
  const empty = await timed(server);
  const fill = server.db.sqlite.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${waiting})
     INSERT INTO flag (camera_id, restaurant_id, violation, score, threshold, box, zone, at, picture_hash, picture_width,
       picture_height, pack_name, pack_sha256, status, audit, second)
     SELECT f.camera_id, f.restaurant_id, CASE i % 50 WHEN 0 THEN 'smoking' WHEN 1 THEN 'phone' WHEN 2 THEN 'animal' ELSE 'no_mask' END,
       0.6 + (i % 390) / 1000.0, f.threshold, f.box, f.zone, f.at - 1000000 * 1000 + i * 1000, f.picture_hash, f.picture_width,
       f.picture_height, f.pack_name, f.pack_sha256, 'open', 0, 'none' FROM n, flag f WHERE f.id = ?`,
  );
  fill.run(model);
  const full = await timed(server);
  const judged = server.db.sqlite.prepare("SELECT count(*) FROM flag WHERE status != 'open'").pluck().get();
  for (const [name, { median, worst }] of Object.entries(full)) {
    const beside = { name: 'empty queue', value: empty[name]?.median ?? Number.NaN };
    const note = `worst of ${rounds} ${worst.toFixed(1)} ms; ${judged} judged`;
    figure({ name: `${waiting.toLocaleString('en')} waiting: ${name}`, value: median, unit: 'ms', beside, note });
  }
  house.close();
}

type Times = { readonly median: number; readonly worst: number };

async function timed(server: TestServer): Promise<Record<string, Times>> {
  const html = { accept: 'text/html' };
  const open = (query: string) => () => server.call(`/review${query}`, { as: 'reviewer', headers: html });
  const takeOne = () =>
    server.db.sqlite
      .prepare("SELECT id FROM flag WHERE status = 'open' ORDER BY at DESC LIMIT 1")
      .pluck()
      .get() as number;
  return {
    open: await median(open('')),
    'filter by kind': await median(open('?violation=phone')),
    'risk order': await median(open('?order=risk')),
    'doubt order': await median(open('?order=doubt')),
    'verdict (API)': await median(async () => {
      const id = takeOne();
      return id === undefined
        ? new Response()
        : server.call(`/api/flags/${id}/verdict`, { as: 'reviewer', json: { decision: 'cleared' } });
    }),
  };
}

async function median(act: () => Promise<Response>): Promise<Times> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const from = performance.now();
    await (await act()).arrayBuffer();
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return { median: times[Math.floor(rounds / 2)] ?? Number.NaN, worst: times.at(-1) ?? Number.NaN };
}
