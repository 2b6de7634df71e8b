// Reads the settings, opens every part, wires them, listens, and stops cleanly.
import { mkdirSync } from 'node:fs';
import { type ServerType, serve } from '@hono/node-server';
import { type LateEye, openLater } from '../inference/open-later.ts';
import { openPool, type PoolOptions } from '../inference/pool.ts';
import { openSetUpLink } from './accounts/set-up.ts';
import { createApp } from './app.tsx';
import { type Config, ConfigFaults, readConfig } from './config.ts';
import { startDeliveries } from './deliveries.ts';
import type { Deps } from './deps.ts';
import { welcome } from './greeting.ts';
import { type Runner, startRunner } from './jobs/run-jobs.ts';
import { sealOldAddresses } from './kitchen/camera/keep-secrets.ts';
import { findActivePacks } from './kitchen/pack/open-active-packs.ts';
import { watchInShadow } from './kitchen/shadow/watch-in-shadow.ts';
import { closedEye, databasePath, openDeps } from './open-deps.ts';
import { isRefusal } from './refusal.ts';
import { isUntouched, openSamples } from './samples.ts';
import { DataDirTaken, lockDataDir } from './store/db.ts';
import { startFolding } from './store/fold-log.ts';
import { isFullDisk } from './store/full-disk.ts';
import { startTimers } from './timers.ts';
import { endScopes } from './trace/scope/issue-aside.ts';
import { jobsThatMakeRoom, workOf } from './work.ts';

const stopWithinMs = 8_000;
const jobLeaseMs = 60_000;
const jobPollMs = 250;
const jobsAtOnce = 4;
// An idle connection outlives the idle time of common proxies, so that none sends into a closed one; a slow sender does not hold one for ever.
const serverOptions = { keepAliveTimeout: 65_000, headersTimeout: 20_000, requestTimeout: 120_000 } as const;

try {
  await start(readConfig());
} catch (error) {
  // A setting or a folder that cannot be used is the reader's to mend; anything else is ours and shows its stack.
  const said = isRefusal(error) || error instanceof DataDirTaken ? error.message : undefined;
  if (said === undefined && !isFullDisk(error)) throw error;
  process.stderr.write(`${said ?? 'The disk that holds DATA_DIR is full. Make room on it, then start again.'}\n`);
  process.exit(1);
}

async function start(config: Config): Promise<void> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(config.dataDir);
  const { deps, load } = await openParts(config);
  if (config.demo && isUntouched(deps.db)) await openSamples(deps);
  sealOldAddresses(deps);
  // What can only be known by trying keeps a server from starting at all.
  if (deps.eye.packs.length === 0 || config.provider !== 'cpu') await load();
  let ready = false;
  const server = await listen(
    config,
    createApp(deps, () => ready),
  );
  const runner = startRunner({
    ...deps,
    work: workOf(deps),
    atOnce: jobsAtOnce,
    leaseMs: jobLeaseMs,
    pollMs: jobPollMs,
    makesRoom: jobsThatMakeRoom,
    // Without Redis or a worker the samples wait in the database.
    isOpen: (name) => name !== 'sample' || (deps.machines?.carrier.hasRoom() ?? true),
  });
  const stopTimers = startTimers(deps, runner);
  const stopDeliveries = startDeliveries(deps);
  const stopMoving = deps.moving?.start();
  const stopFolding = startFolding(databasePath(config), deps.log);
  ready = true;
  stopOnSignal(async () => {
    ready = false;
    stopTimers();
    await stopDeliveries();
    await stopMoving?.();
    await stopFolding();
    await closeParts(server, runner, deps);
    unlock();
  });
  process.stdout.write(welcome(deps, openSetUpLink(deps.db, config.dataDir, deps.clock())));
  await load();
}

type Parts = { readonly deps: Deps } & Pick<LateEye, 'load'>;

/** Everything but the models: the database says which packs the eye looks with, and they are loaded while people are served. */
async function openParts(config: Config): Promise<Parts> {
  const inFolder = openDeps(config, closedEye);
  const moving = config.bucket && (await (await import('./bucket/open-moving.ts')).openMoving(inFolder, config.bucket));
  const blind = moving ? { ...inFolder, blobs: moving.blobs, moving } : inFolder;
  let onSeen: PoolOptions['onSeen'];
  const active = findActivePacks(blind);
  const { eye, load } = openLater({ packs: active.packs, workers: config.eyes }, (signal) =>
    active.open((modelsDir) =>
      openPool({
        modelsDir,
        signal,
        workers: config.eyes,
        provider: config.provider,
        ownPorts: [config.port],
        onSeen: (seen) => onSeen?.(seen),
        ...(config.ffmpegPath === undefined ? {} : { ffmpegPath: config.ffmpegPath }),
      }),
    ),
  );
  const seeing = { ...blind, eye };
  onSeen = watchInShadow(seeing);
  // A tenth of what a start reads is Bull with its Redis client: read only where there is a Redis.
  const machines =
    config.redisUrl && (await (await import('./open-machines.ts')).openMachines(seeing, config.redisUrl));
  return { deps: machines ? { ...seeing, machines } : seeing, load };
}

function listen(config: Config, app: ReturnType<typeof createApp>): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const options = { fetch: app.fetch, hostname: config.host, port: config.port, serverOptions };
    const server = serve(options, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? taken(config) : error));
  });
}

function taken(config: Config): ConfigFaults {
  return new ConfigFaults([`PORT=${config.port} — another program listens there. Stop it, or set PORT to a free one.`]);
}

async function closeParts(server: ServerType, runner: Runner, { eye, apart, machines, db, room }: Deps): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  endScopes(db);
  await Promise.all([runner.stop().then(() => machines?.carrier.close()), eye.close(), apart.close()]);
  if ('closeAllConnections' in server) server.closeAllConnections();
  await closed;
  // What does not fit into the database stays in its log, and is read from there.
  room.ifItFits(() => db.sqlite.pragma('wal_checkpoint(TRUNCATE)'));
  db.sqlite.close();
}

function stopOnSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    // Whatever hangs must not keep the process: what was acknowledged is on disk already.
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    void stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
}
