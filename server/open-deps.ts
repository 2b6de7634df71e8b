// Opens every part the rooms need, for the server and for the commands that work on its data.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { openApart } from '../inference/apart.ts';
import { noMetrics } from '../inference/open-later.ts';
import type { Pool } from '../inference/types.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { openMetrics } from './http/metrics.ts';
import { openQueue } from './jobs/queue-sqlite.ts';
import { openJournal } from './ledger/journal.ts';
import { everyTable } from './proof/every-table.ts';
import { openBlobs } from './store/blobs.ts';
import { type Db, openDatabase } from './store/db.ts';
import { openRoom } from './store/room.ts';
import { openSecrets } from './store/secrets.ts';

/** The one file of the data directory that SQLite keeps. */
export const databaseName = 'bright-kitchen.db';

/** For whoever opens the data before the models, or without any. */
export const closedEye: Pool = {
  packs: [],
  classify: () => Promise.reject(new Error('No models are open here.')),
  heads: () => Promise.reject(new Error('No models are open here.')),
  sample: () => Promise.reject(new Error('No models are open here.')),
  metrics: () => noMetrics,
  close: () => Promise.resolve(),
};

/** Everything but the eye, which is given: the server's worker pool, or none for a command that needs no model. */
export function openDeps(config: Config, eye: Pool): Deps {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const db = openKept(databasePath(config));
  const log = pino(
    {
      level: config.logLevel,
      redact: ['*.password', '*.token', '*.url', 'req.headers.authorization', 'req.headers.cookie'],
    },
    pino.destination(2),
  );
  return {
    config,
    db,
    clock: systemClock,
    log,
    queue: openQueue(db, systemClock),
    blobs: openBlobs(join(config.dataDir, 'blobs')),
    room: openRoom(config.dataDir, systemClock, log),
    secrets: openSecrets(config.dataDir),
    metrics: openMetrics(),
    eye,
    apart: openApart({ provider: config.provider }),
  };
}

/** The database with the journal that puts every change of a row into the ledger: whoever writes opens it here. */
export function openKept(path: string): Db {
  const db = openDatabase(path);
  openJournal(db, everyTable, systemClock);
  return db;
}

export function databasePath(config: Config): string {
  return join(config.dataDir, databaseName);
}
