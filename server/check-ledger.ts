// Goes through the ledger when somebody asks for it on its page: in a thread of its own, one at a time, with its progress told.
import { Worker } from 'node:worker_threads';
import type { CheckSaid } from './check-ledger-worker.ts';
import type { Deps } from './deps.ts';
import type { LedgerCheck, LedgerCheckState } from './ledger/ledger-check.ts';
import { ledgerSize } from './ledger/ledger-store.ts';
import { verifyLedger } from './ledger/verify.ts';

/** What was found stands until the next check or the next start of the server. */
export function openLedgerCheck(deps: Pick<Deps, 'db' | 'clock' | 'config' | 'secrets' | 'log'>): LedgerCheck {
  const { db, clock, log } = deps;
  let state: LedgerCheckState = { state: 'none' };
  return {
    now: () => state,
    start: () => {
      if (state.state === 'running') return;
      const [startedAt, size] = [clock(), ledgerSize(db)];
      state = { state: 'running', startedAt, read: 0, size };
      look(deps, (read) => {
        state = { state: 'running', startedAt, read, size };
      })
        .then((report) => {
          state = { state: 'done', at: clock(), tookMs: clock() - startedAt, ...report };
        })
        .catch((error: unknown) => {
          log.error({ err: error }, 'the ledger could not be checked');
          state = { state: 'failed', at: clock() };
        });
    },
  };
}

type Report = Extract<CheckSaid, { report: unknown }>['report'];

async function look(deps: Pick<Deps, 'db' | 'config' | 'secrets'>, tell: (read: number) => void): Promise<Report> {
  const { db, config, secrets } = deps;
  const publicKey = secrets.ledgerPublicKey;
  if (!db.sqlite.memory) return inThread(db.sqlite.name, config.dataDir, publicKey.export(spki).toString(), tell);
  const { evidenceChecks } = await import('./evidence.ts');
  const { size, faults } = verifyLedger({ db, publicKey, checks: evidenceChecks(db, config.dataDir) });
  return { size, faults };
}

const spki = { type: 'spki', format: 'pem' } as const;

function inThread(path: string, dataDir: string, publicKey: string, tell: (read: number) => void): Promise<Report> {
  const worker = new Worker(new URL('../inference/thread.mjs', import.meta.url), {
    workerData: { script: new URL('./check-ledger-worker.ts', import.meta.url).href, path, dataDir, publicKey },
    execArgv: [],
  });
  // A server that stops does not wait for it: it only reads.
  worker.unref();
  return new Promise<Report>((resolve, reject) => {
    worker.on('message', (said: CheckSaid) => ('read' in said ? tell(said.read) : resolve(said.report)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`The thread that checked the ledger ended with code ${code}.`)));
  });
}
