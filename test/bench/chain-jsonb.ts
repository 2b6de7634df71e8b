// A plain EPCIS store in PostgreSQL: one table of events as JSONB with a GIN index, given the same documents in the same run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Json, unitEvents } from './chain-generator.ts';
import { type Cluster, startCluster } from './postgres.ts';

export type JsonbFound = {
  readonly version: string;
  /** Events a second, a document of 1,000 in each synced transaction. */
  readonly batchPerSecond: number;
  /** Finding the events of one lot, milliseconds. */
  readonly find: { readonly p50: number; readonly p99: number };
};

const perDocument = 1_000;

/**
 * Inserts the events of `units` and looks up `codes`, timed inside the server: no HTTP, no check of the events, no hash,
 * no graph and no ledger, so that this is the least that such a store has to do. Undefined where none is installed.
 */
export function compareJsonb(units: readonly number[], codes: readonly string[]): JsonbFound | undefined {
  const server = startCluster({ synced: true });
  if (server === undefined) return undefined;
  try {
    const events = units.flatMap((unit) => unitEvents(unit));
    const seconds = insertAll(server, events);
    return { version: server.version, batchPerSecond: events.length / seconds, find: findEach(server, codes) };
  } finally {
    server.stop();
  }
}

function insertAll(server: Cluster, events: readonly Json[]): number {
  server.sql(`CREATE TABLE event (id bigserial PRIMARY KEY, at timestamptz NOT NULL, recorded timestamptz NOT NULL DEFAULT now(), doc jsonb NOT NULL);
    CREATE INDEX ON event (at); CREATE INDEX ON event USING gin (doc jsonb_path_ops);
    CREATE UNLOGGED TABLE document (n serial PRIMARY KEY, body text);`);
  const lines: string[] = [];
  for (let from = 0; from < events.length; from += perDocument) {
    lines.push(`"${JSON.stringify(events.slice(from, from + perDocument)).replaceAll('"', '""')}"`);
  }
  const file = join(server.folder, 'documents.csv');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o644 });
  server.copy(file, 'document (body)');
  const took = server.sql(`CREATE TEMP TABLE took (seconds float8);
    DO $$ DECLARE one record; began timestamptz := clock_timestamp(); BEGIN
      FOR one IN SELECT n FROM document ORDER BY n LOOP
        INSERT INTO event (at, doc) SELECT (e ->> 'eventTime')::timestamptz, e FROM document, jsonb_array_elements(body::jsonb) e WHERE n = one.n;
        COMMIT;
      END LOOP;
      INSERT INTO took VALUES (extract(epoch FROM clock_timestamp() - began)); END $$;
    SELECT seconds FROM took;`);
  return Number(took.trim());
}

/** Every event that names the lot as a class with an amount, in any of its lists. */
function findEach(server: Cluster, codes: readonly string[]): JsonbFound['find'] {
  const named = ['quantityList', 'inputQuantityList', 'outputQuantityList', 'childQuantityList']
    .map((list) => `doc @> jsonb_build_object('${list}', jsonb_build_array(jsonb_build_object('epcClass', asked)))`)
    .join(' OR ');
  const output = server.sql(`VACUUM ANALYZE event;
    CREATE TEMP TABLE found (ms float8, events bigint);
    DO $$ DECLARE asked text; began timestamptz; seen bigint; BEGIN
      FOREACH asked IN ARRAY ARRAY[${codes.map((code) => `'${code.replaceAll("'", "''")}'`).join(',')}] LOOP
        began := clock_timestamp();
        SELECT count(doc) INTO seen FROM event WHERE ${named};
        INSERT INTO found VALUES (1000 * extract(epoch FROM clock_timestamp() - began), seen);
      END LOOP; END $$;
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) || ' ' || percentile_cont(0.99) WITHIN GROUP (ORDER BY ms) || ' ' || min(events) FROM found;`);
  const [p50 = Number.NaN, p99 = Number.NaN, least] = output.trim().split(/\s+/).map(Number);
  if (!least) throw new Error('PostgreSQL found no events of a lot that was inserted.');
  return { p50, p99 };
}
