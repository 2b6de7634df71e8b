// Writes into the ledger that somebody at the command line took judged frames out of the house.
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';

/** Whoever can open the data directory is its administrator; the ledger says that no account asked. */
export function recordFolderExport(db: Db, body: Readonly<Record<string, unknown>>, at: number): void {
  writeTransaction(db, () =>
    appendEntry(db, { kind: 'dataset', subject: 'dataset/command-line', body: { ...body, by: 'command line' }, at }),
  );
}
