// A whole server in memory for HTTP tests: real SQLite, real routes, a fake clock, and an eye that the test scripts.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type Apart, openApart } from '../../inference/apart.ts';
import type { Pool } from '../../inference/types.ts';
import type { Role } from '../../server/accounts/caller.ts';
import { issueToken } from '../../server/accounts/issue-token.ts';
import { createApp } from '../../server/app.tsx';
import { readConfig } from '../../server/config.ts';
import type { Deps } from '../../server/deps.ts';
import { openMetrics } from '../../server/http/metrics.ts';
import { openQueue } from '../../server/jobs/queue-sqlite.ts';
import { databaseName } from '../../server/open-deps.ts';
import { openBlobs } from '../../server/store/blobs.ts';
import { openDatabase } from '../../server/store/db.ts';
import { openRoom } from '../../server/store/room.ts';
import { openSecrets } from '../../server/store/secrets.ts';
import { fakeClock } from './clock.ts';

export const origin = 'http://127.0.0.1:8080';

export type TestServer = ReturnType<typeof openTestServer>;

export type TestOptions = {
  readonly eye?: Pool;
  readonly apart?: Apart;
  readonly environment?: Record<string, string>;
  /** In memory when left out; what works beside the server reads a file. */
  readonly database?: 'file' | undefined;
  /** The same data, as after a new start with another eye. */
  readonly from?: { readonly deps: Deps; readonly clock: ReturnType<typeof fakeClock> };
};

export function openTestServer({
  eye = blindEye,
  apart = openApart(),
  environment = {},
  database,
  from,
}: TestOptions = {}) {
  const clock = from?.clock ?? fakeClock(Date.UTC(2026, 10, 22, 3, 5));
  const waits: number[] = [];
  const kept =
    from === undefined ? newDeps(clock, { eye, apart, environment, database }) : { ...from.deps, eye, apart };
  // Nobody waits in a test; how long it would have been is noted.
  const deps: Deps = { ...kept, wait: async (ms) => void waits.push(ms) };
  const { db } = deps;
  const app = createApp(deps);
  const tokens = new Map<string, string>();
  const tokenOf = (role: Role, sites: readonly string[] = []): string => {
    const key = `${role} ${sites.join(' ')}`;
    const token = tokens.get(key) ?? issueToken(db, { role, name: `t${tokens.size}`, sites }, clock.now());
    tokens.set(key, token);
    return token;
  };
  return { app, deps, db, clock, waits, tokenOf, call: callerOf(app, tokenOf) };
}

type Parts = { readonly eye: Pool; readonly apart: Apart; readonly environment: Record<string, string> } & Pick<
  TestOptions,
  'database'
>;

function newDeps(clock: ReturnType<typeof fakeClock>, { eye, apart, environment, database }: Parts): Deps {
  const dataDir = mkdtempSync(join(tmpdir(), 'bright-kitchen-'));
  const db = openDatabase(database === undefined ? ':memory:' : join(dataDir, databaseName));
  const log = pino({ level: 'silent' });
  return {
    config: readConfig({ DATA_DIR: dataDir, ...environment }),
    db,
    clock: clock.now,
    log,
    queue: openQueue(db, clock.now),
    blobs: openBlobs(join(dataDir, 'blobs')),
    room: openRoom(dataDir, clock.now, log),
    secrets: openSecrets(dataDir),
    metrics: openMetrics(),
    eye,
    apart,
  };
}

export type CallOptions = {
  readonly as?: Role;
  readonly sites?: readonly string[];
  readonly method?: string;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A request as a role, with a token of its own; `json` and `form` imply POST. */
function callerOf(app: ReturnType<typeof createApp>, tokenOf: (role: Role, sites?: readonly string[]) => string) {
  return async (path: string, options: CallOptions = {}): Promise<Response> => {
    const headers = new Headers(options.headers);
    if (options.as !== undefined) headers.set('authorization', `Bearer ${tokenOf(options.as, options.sites)}`);
    let body = options.body;
    if (options.json !== undefined) {
      headers.set('content-type', 'application/json');
      body = JSON.stringify(options.json);
    }
    if (options.form !== undefined) {
      headers.set('content-type', 'application/x-www-form-urlencoded');
      body = new URLSearchParams(options.form).toString();
    }
    const method = options.method ?? (body === undefined ? 'GET' : 'POST');
    return app.request(`${origin}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
  };
}

const noTimes = { decode: 0, check: 0, tensor: 0, model: 0, decodeBoxes: 0, total: 0 };

/** An eye that refuses to look: for tests that need no picture. */
export const blindEye: Pool = {
  packs: [],
  classify: () => Promise.reject(new Error('This test has no eye.')),
  heads: () => Promise.reject(new Error('This test has no eye.')),
  sample: () => Promise.reject(new Error('This test has no eye.')),
  metrics: () => ({ workers: 0, queued: 0, running: 0, done: 0, dropped: 0, crashes: 0, requeued: 0, ms: noTimes }),
  close: () => Promise.resolve(),
};
