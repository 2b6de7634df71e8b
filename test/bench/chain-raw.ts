// The ceiling capture is measured against: the rows of one typical event inserted with nothing else done, synchronous=FULL.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openDatabase } from '../../server/store/db.ts';

const events = 20_000;
const perTransaction = 1_000;

/** How many events a second: one event row, one edge in, one edge out, one holding and half a lot each. */
export function rawInsertRate(folder: string): number {
  const { sqlite } = openDatabase(join(folder, `raw-${Date.now()}.db`));
  const event =
    sqlite.prepare(`INSERT INTO event (hash, declared_at, kind, action, biz_step, at, zone_minutes, recorded_at,
    read_point_key, biz_location_key, document_id, context_id, position, json) VALUES (?, 0, 'ObjectEvent', 'OBSERVE', 'shipping', ?, 480, ?, 1, 1, ?, 1, ?, ?)`);
  const lot = sqlite.prepare("INSERT INTO lot (code, kind, gtin, batch) VALUES (?, 'lot', '06900000000117', ?)");
  const holding = sqlite.prepare('INSERT INTO holding (lot_id, site_key) VALUES (?, 1)');
  const edges = ['edge_in', 'edge_out'].map((table) =>
    sqlite.prepare(`INSERT INTO ${table} VALUES (?, 1, ?, 0, ?, 5, 'KGM', 3, NULL)`),
  );
  const json = JSON.stringify({ type: 'ObjectEvent', filler: 'x'.repeat(450) });
  const hashes = Array.from({ length: events }, () => randomBytes(32));
  const insert = sqlite.transaction((from: number) => {
    for (let n = from; n < from + perTransaction; n++) {
      const id = event.run(hashes[n], n, n, from, n - from, json).lastInsertRowid;
      if (n % 2 === 0) lot.run(`https://id.gs1.org/01/06900000000117/10/R${n}`, `R${n}`);
      const holdingId = n % 2 === 0 ? holding.run(n / 2 + 1).lastInsertRowid : id;
      for (const edge of edges) edge.run(id, holdingId, n);
    }
  });
  const began = performance.now();
  for (let from = 0; from < events; from += perTransaction) insert(from);
  const ms = performance.now() - began;
  sqlite.close();
  return events / (ms / 1000);
}
