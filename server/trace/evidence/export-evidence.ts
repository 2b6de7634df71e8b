// Hands out the evidence bundle of a lot, and writes into the ledger who took it and which bytes they were.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { appendEntry } from '../../ledger/append.ts';
import { sealBundle } from '../../ledger/evidence-bundle.ts';
import { openOriginal } from '../../sight/open-original.ts';
import { type ShownPicture, showPicture } from '../../sight/show-picture.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import type { Lot } from '../lot/lot-store.ts';
import { gatherEvidence, photosOfLot } from './evidence-bundle-store.ts';

type ExportDeps = Pick<Deps, 'db' | 'blobs' | 'secrets' | 'clock' | 'eye' | 'log'>;

/** `reason`: an inspector's, for photos that are not blurred; written down for each. Throws Problem when it says nothing. */
export async function exportEvidence(deps: ExportDeps, lot: Lot, caller: Caller, reason?: string): Promise<Buffer> {
  const { db, secrets, clock } = deps;
  const photos = await photosFor(deps, lot, caller, reason);
  const at = clock();
  return writeTransaction(db, () => {
    const { files, seqs } = gatherEvidence(deps, lot, photos);
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

async function photosFor(
  deps: ExportDeps,
  lot: Lot,
  caller: Caller,
  reason: string | undefined,
): Promise<Map<string, ShownPicture>> {
  const opened = reason !== undefined && caller.role === 'inspector';
  const looker = { role: caller.role, purpose: opened ? 'opened' : 'export' } as const;
  const photos = new Map<string, ShownPicture>();
  for (const hash of photosOfLot(deps.db, lot)) {
    if (opened) openOriginal(deps, caller, hash, reason);
    const photo = await showPicture(deps, { hash, looker });
    if (photo !== undefined) photos.set(hash, photo);
  }
  return photos;
}
