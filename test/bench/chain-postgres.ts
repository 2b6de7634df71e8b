// The same walks in PostgreSQL by a recursive query, in a throw-away cluster of this machine; one plain line where it is not installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, createWriteStream, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Db } from '../../server/store/db.ts';

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
  const bin = binaries();
  if (bin === undefined) {
    say('PostgreSQL', 'not installed here, so not compared: apt-get install postgresql, and run this again');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bk-postgres-'));
  const server = startCluster(bin, folder);
  try {
    await loadEdges(db, server, folder);
    say(
      `PostgreSQL ${server.version}`,
      'the edges copied over, indexed and analysed; each walk timed inside the server',
    );
    for (const one of cases) say(`  ${one.name}`, timed(server, one));
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Cluster = {
  readonly sql: (text: string) => string;
  readonly copy: (file: string, table: string) => void;
  readonly stop: () => void;
  readonly version: string;
};

function binaries(): string | undefined {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  return readdirSync(root)
    .map((version) => join(root, version, 'bin'))
    .find((path) => existsSync(join(path, 'initdb')));
}

/** PostgreSQL refuses to run as root: then it runs as the user Debian made for it. */
function startCluster(bin: string, folder: string): Cluster {
  const asRoot = userInfo().uid === 0;
  const data = join(folder, 'data');
  mkdirSync(data);
  if (asRoot) {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })));
    for (const path of [folder, data]) chownSync(path, uid ?? 0, gid ?? 0);
  }
  const run = (program: string, args: readonly string[], input?: string) => {
    const command = asRoot ? 'runuser' : join(bin, program);
    const all = asRoot ? ['-u', 'postgres', '--', join(bin, program), ...args] : [...args];
    const done = spawnSync(command, all, { input: input ?? '', encoding: 'utf8', maxBuffer: 1e8, cwd: folder });
    if (done.status !== 0) throw new Error(`${program} failed: ${done.stderr}`);
    return done.stdout;
  };
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'bench', '--no-sync']);
  const settings =
    "-c listen_addresses='' -c shared_buffers=1GB -c work_mem=256MB -c max_wal_size=8GB -c fsync=off -c jit=off";
  run('pg_ctl', ['-D', data, '-w', '-l', join(folder, 'log'), '-o', `${settings} -k ${folder}`, 'start']);
  const psql = (text: string) =>
    run('psql', ['-h', folder, '-U', 'bench', '-d', 'postgres', '-qAt', '-v', 'ON_ERROR_STOP=1'], text);
  return {
    sql: psql,
    copy: (file, table) => psql(`\\copy ${table} FROM '${file}' WITH (FORMAT csv)\n`),
    stop: () => run('pg_ctl', ['-D', data, '-m', 'immediate', 'stop']),
    version: psql('SHOW server_version').trim(),
  };
}

async function loadEdges(db: Db, server: Cluster, folder: string): Promise<void> {
  server.sql(
    'CREATE UNLOGGED TABLE holding (id int, lot int); CREATE UNLOGGED TABLE edge_in (step bigint, holding int, at bigint); CREATE UNLOGGED TABLE edge_out (step bigint, holding int, at bigint);',
  );
  await copyTable(db, server, folder, 'holding', 'SELECT id, lot_id FROM holding');
  for (const table of ['edge_in', 'edge_out']) {
    await copyTable(
      db,
      server,
      folder,
      table,
      `SELECT event_id * 65536 + strand, holding_id, at FROM ${table} WHERE voided_by IS NULL`,
    );
  }
  server.sql(
    `CREATE INDEX ON holding (lot); ${['edge_in', 'edge_out'].map((table) => `CREATE INDEX ON ${table} (step) INCLUDE (holding, at); CREATE INDEX ON ${table} (holding, at) INCLUDE (step);`).join(' ')} VACUUM ANALYZE;`,
  );
}

async function copyTable(db: Db, server: Cluster, folder: string, table: string, select: string): Promise<void> {
  const file = join(folder, `${table}.csv`);
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
