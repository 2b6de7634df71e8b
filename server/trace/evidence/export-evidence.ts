// Hands out the evidence bundle of a lot, and writes into the ledger who took it and which bytes they were.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sealBundle } from '../../ledger/evidence-bundle.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import type { Lot } from '../lot/lot-store.ts';
import { gatherEvidence } from './evidence-bundle-store.ts';

export function exportEvidence(
  deps: Pick<Deps, 'db' | 'blobs' | 'secrets' | 'clock'>,
  lot: Lot,
  caller: Caller,
): Buffer {
  const { db, secrets, clock } = deps;
  const at = clock();
  return writeTransaction(db, () => {
    const { files, seqs } = gatherEvidence(deps, lot);
    const bundle = sealBundle({ db, secrets, at }, files, seqs);
    // After sealing: a bundle cannot hold its own hash.
    appendEntry(db, {
      kind: 'evidence',
      subject: lot.code,
      body: { sha256: sha256Hex(bundle), account: caller.id },
      at,
    });
    return bundle;
  });
}
