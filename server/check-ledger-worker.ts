// The thread that goes through the ledger over a connection that only reads, and tells how far it is.
import { createPublicKey } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { evidenceChecks } from './evidence.ts';
import type { LedgerFault } from './ledger/verify.ts';
import { verifyLedger } from './ledger/verify.ts';
import { openReadOnly } from './store/db.ts';

export type CheckSaid =
  | { readonly read: number }
  | { readonly report: { readonly size: number; readonly faults: readonly LedgerFault[] } };

const { path, dataDir, publicKey } = workerData as { path: string; dataDir: string; publicKey: string };
const db = openReadOnly(path);
const { size, faults } = verifyLedger({
  db,
  publicKey: createPublicKey(publicKey),
  checks: evidenceChecks(db, dataDir),
  onEntries: (read) => say({ read }),
});
db.sqlite.close();
say({ report: { size, faults } });

function say(said: CheckSaid): void {
  parentPort?.postMessage(said);
}
