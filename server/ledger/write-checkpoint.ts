// Signs the ledger as it stands, when it has grown since the last time.

import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import type { Secrets } from '../store/secrets.ts';
import { signCheckpoint } from './checkpoint.ts';
import { ledgerRoot, ledgerSize, newestCheckpoint } from './ledger-store.ts';
import { ledgerCheckpoints } from './tables.ts';

/** The note of the ledger as it stands. */
export function writeCheckpoint(db: Db, secrets: Secrets, at: number): string {
  return writeTransaction(db, () => {
    const size = ledgerSize(db);
    const newest = newestCheckpoint(db);
    if (newest?.size === size) return newest.note;
    const root = ledgerRoot(db, size);
    const note = signCheckpoint({ size, root }, secrets.ledgerKey, secrets.ledgerPublicKey);
    db.orm.insert(ledgerCheckpoints).values({ size, at, root, note }).run();
    return note;
  });
}
