// What `npm run witness` runs: an independent process that signs a ledger's checkpoints as long as the ledger only grows.
import { mkdirSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { systemClock } from './clock.ts';
import { ConfigFaults, readConfig } from './config.ts';
import { signatureTypes, verifierKey } from './ledger/note.ts';
import { isRefusal } from './refusal.ts';
import { DataDirTaken, lockDataDir } from './store/db.ts';
import { witnessApp } from './witness/witness-app.ts';
import { openWitnessStore } from './witness/witness-store.ts';

const stopWithinMs = 5_000;

try {
  start();
} catch (error) {
  if (!(isRefusal(error) || error instanceof DataDirTaken)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}

function start(): void {
  const { host, witness } = readConfig();
  mkdirSync(witness.dir, { recursive: true, mode: 0o700 });
  const unlock = lockDataDir(witness.dir);
  const store = openWitnessStore(witness.dir);
  const key = { name: witness.name, type: signatureTypes.witness, key: store.publicKey };
  const app = witnessApp(key, witness.logs, store, systemClock);
  const server = serve({ fetch: app.fetch, hostname: host, port: witness.port }, ({ port }) => {
    const watched = witness.logs.length === 0 ? 'no ledger yet' : witness.logs.map(({ name }) => name).join(', ');
    process.stdout.write(
      `Witness for ${watched}, at http://${host}:${port}\nThe server signs with it when it has this setting:\nWITNESSES='${verifierKey(key)} http://${host}:${port}'\n`,
    );
  });
  server.once('error', (error: NodeJS.ErrnoException) => {
    const reason = error.code === 'EADDRINUSE' ? 'another program listens there' : error.message;
    process.stderr.write(
      `${new ConfigFaults([`WITNESS_PORT=${witness.port} — ${reason}. Set it to a free one.`]).message}\n`,
    );
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(0), stopWithinMs).unref();
      server.close(() => {
        unlock();
        process.exit(0);
      });
    });
  }
}
