// Hands out the evidence bundle of a flag's verdict, and writes into the ledger who took it and which bytes they were.
import { type Caller, seesSite } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { askTimeStamp } from '../../ledger/ask-time-stamp.ts';
import { sealBundle } from '../../ledger/evidence-bundle.ts';
import type { ZipFile } from '../../ledger/plain-zip.ts';
import { openOriginal } from '../../sight/open-original.ts';
import type { ShownPicture } from '../../sight/show-picture.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { writeTransaction } from '../../store/db.ts';
import { flagById, type PlacedFlag } from '../flag/flag-store.ts';
import { showKitchenPicture } from '../picture/show-kitchen-picture.ts';
import { stampPath, sumsPath, tokenPath } from './stamp-faults.ts';
import { gatherVerdict, json, picturesOfFlag } from './verdict-bundle-store.ts';

type ExportDeps = Pick<Deps, 'db' | 'blobs' | 'secrets' | 'clock' | 'eye' | 'log' | 'config'>;

/**
 * `reason`: an inspector's, for the flag's own frame unblurred; it is written down. Throws Problem: 404 for a flag that is not
 * there or another district's, 409 while nobody has judged it.
 */
export async function exportVerdict(
  deps: ExportDeps,
  caller: Caller,
  flagId: number,
  reason: string | undefined,
): Promise<Buffer> {
  const { db, secrets, clock } = deps;
  const flag = flagById(db, flagId);
  if (flag === undefined || !seesSite(caller, flag.siteId)) throw new Problem('not_found');
  if (flag.status === 'open') throw new Problem('conflict', { detail: 'Nobody has judged this flag yet.' });
  const pictures = await picturesFor(deps, caller, flag, reason);
  const { files, seqs } = gatherVerdict(db, flagById(db, flagId) ?? flag, pictures, clock());
  const stamp = await stampOf(deps, files);
  return writeTransaction(db, () => {
    const at = clock();
    const bundle = sealBundle({ db, secrets, at }, [...files, ...stamp], seqs);
    // After sealing: a bundle cannot hold its own hash.
    const body = { sha256: sha256Hex(bundle), account: caller.id };
    appendEntry(db, { kind: 'evidence', subject: `flag/${flagId}`, body, at });
    return bundle;
  });
}

/** The sums of all files under an outside authority's time, where one is set; else the word that there is none. */
async function stampOf(deps: ExportDeps, files: readonly ZipFile[]): Promise<ZipFile[]> {
  const sums = files.find(({ path }) => path === sumsPath);
  if (sums === undefined) throw new Error('The bundle has no sums.');
  const { said, token } = await askTimeStamp(deps, sums.bytes);
  return [
    json(stampPath, { of: sumsPath, ...said }),
    ...(token === undefined ? [] : [{ path: tokenPath, bytes: token }]),
  ];
}

async function picturesFor(
  deps: ExportDeps,
  caller: Caller,
  flag: PlacedFlag,
  reason: string | undefined,
): Promise<Map<string, ShownPicture>> {
  const opened = reason !== undefined && caller.role === 'inspector';
  if (opened) openOriginal(deps, caller, flag.pictureHash, reason);
  const pictures = new Map<string, ShownPicture>();
  for (const hash of picturesOfFlag(deps.db, flag)) {
    // The frame that was judged is the evidence; whoever else is on the pictures around it stays blurred.
    const purpose = opened && hash === flag.pictureHash ? 'opened' : 'export';
    const picture = await showKitchenPicture(deps, hash, { role: caller.role, purpose });
    if (picture !== undefined) pictures.set(hash, picture);
  }
  return pictures;
}
