// The same walks in PostgreSQL by a recursive query, in a throw-away cluster of this machine; one plain line where it is not installed.
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '../../server/store/db.ts';
import { type Cluster, startCluster } from './postgres.ts';

export type PostgresCase = {
  readonly name: string;
  readonly direction: 'backward' | 'forward';
  readonly lotIds: readonly number[];
};

/** Copies the edges over, analyses, and times each walk inside the server: no client, no network. */
export async function comparePostgres(
  db: Db,
  cases: readonly PostgresCase[],
  say: (name: string, found: string) => void,
): Promise<void> {
  const server = startCluster({ synced: false });
  if (server === undefined) {
    say('PostgreSQL', 'not installed here, so not compared: apt-get install postgresql, and run this again');
    return;
  }
  try {
    await loadEdges(db, server);
    say(
      `PostgreSQL ${server.version}`,
      'the edges copied over, indexed and analysed; each walk timed inside the server',
    );
    for (const one of cases) say(`  ${one.name}`, timed(server, one));
  } finally {
    server.stop();
  }
}

async function loadEdges(db: Db, server: Cluster): Promise<void> {
  server.sql(
    'CREATE UNLOGGED TABLE holding (id int, lot int); CREATE UNLOGGED TABLE edge_in (step bigint, holding int, at bigint); CREATE UNLOGGED TABLE edge_out (step bigint, holding int, at bigint);',
  );
  await copyTable(db, server, 'holding', 'SELECT id, lot_id FROM holding');
  for (const table of ['edge_in', 'edge_out']) {
    await copyTable(
      db,
      server,
      table,
      `SELECT event_id * 65536 + strand, holding_id, at FROM ${table} WHERE voided_by IS NULL`,
    );
  }
  server.sql(
    `CREATE INDEX ON holding (lot); ${['edge_in', 'edge_out'].map((table) => `CREATE INDEX ON ${table} (step) INCLUDE (holding, at); CREATE INDEX ON ${table} (holding, at) INCLUDE (step);`).join(' ')} VACUUM ANALYZE;`,
  );
}

async function copyTable(db: Db, server: Cluster, table: string, select: string): Promise<void> {
  const file = join(server.folder, `${table}.csv`);
  const out = createWriteStream(file);
  let lines: string[] = [];
  for (const row of db.sqlite.prepare(select).raw().iterate() as Iterable<number[]>) {
    lines.push(row.join(','));
    if (lines.length < 20_000) continue;
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
    lines = [];
  }
  out.end(`${lines.join('\n')}\n`);
  await once(out, 'finish');
  server.copy(file, table);
  rmSync(file);
}

function timed(server: Cluster, { direction, lotIds }: PostgresCase): string {
  const [near, far, order] = direction === 'forward' ? ['edge_in', 'edge_out', '>='] : ['edge_out', 'edge_in', '<='];
  const output = server.sql(`
    SET statement_timeout = '60s'; SET max_parallel_workers_per_gather = 0;
    CREATE TEMP TABLE took (ms float8, holdings bigint);
    DO $$ DECLARE asked int; began timestamptz; reached bigint; BEGIN
      FOREACH asked IN ARRAY ARRAY[${lotIds.join(',')}] LOOP
        began := clock_timestamp();
        WITH RECURSIVE walk(step, at) AS (
          SELECT n.step, n.at FROM holding h JOIN ${near} n ON n.holding = h.id WHERE h.lot = asked
          UNION
          SELECT n.step, n.at FROM walk w JOIN ${far} f ON f.step = w.step JOIN ${near} n ON n.holding = f.holding AND n.at ${order} w.at
        ) SELECT count(DISTINCT f.holding) INTO reached FROM walk w JOIN ${far} f ON f.step = w.step;
        INSERT INTO took VALUES (1000 * extract(epoch FROM clock_timestamp() - began), reached);
      END LOOP; END $$;
    SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)::numeric, 2) || ' ' || round(percentile_cont(0.99) WITHIN GROUP (ORDER BY ms)::numeric, 2) || ' ' || round(avg(holdings)) FROM took;
    DROP TABLE took;`);
  const [median, worst, holdings] = output.trim().split(/\s+/);
  return `p50 ${median} ms, p99 ${worst} ms, ${holdings} holdings each (the walk alone)`;
}
