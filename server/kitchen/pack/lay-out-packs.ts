// Lays a set of packs out as a folder that the eye can open, from what is kept among the blobs.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Deps } from '../../deps.ts';
import { type BlobStore, sha256Hex } from '../../store/blobs.ts';
import type { PackSet, PackVersion } from './pack-store.ts';

/** Something of a set is gone or is not what was added. */
export class PacksDamaged extends Error {
  override readonly name = 'PacksDamaged';
}

/**
 * The folder of a set below DATA_DIR, written anew each time: what lies there is never trusted, and never backed up.
 * Throws PacksDamaged.
 */
export function layOutPacks({ blobs, config }: Pick<Deps, 'blobs' | 'config'>, set: PackSet): string {
  const folder = join(config.dataDir, 'packs', set.digest);
  const aside = `${folder}.${process.pid}.part`;
  rmSync(aside, { recursive: true, force: true });
  mkdirSync(aside, { recursive: true, mode: 0o700 });
  try {
    for (const pack of set.packs) layOut(blobs, aside, pack);
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return folder;
}

const laidOut = new WeakMap<BlobStore, Map<string, string>>();

/** The same, once for as long as this process lives: for looks that only compare. Throws PacksDamaged. */
export function packFolder(deps: Pick<Deps, 'blobs' | 'config'>, set: PackSet): string {
  const known = laidOut.get(deps.blobs) ?? new Map<string, string>();
  laidOut.set(deps.blobs, known);
  const folder = known.get(set.digest);
  if (folder !== undefined && existsSync(folder)) return folder;
  const fresh = layOutPacks(deps, set);
  known.set(set.digest, fresh);
  return fresh;
}

/** What earlier starts laid out goes: it is made anew when it is needed. */
export function forgetLaidOut({ config }: Pick<Deps, 'config'>): void {
  rmSync(join(config.dataDir, 'packs'), { recursive: true, force: true });
}

function layOut(blobs: BlobStore, folder: string, pack: PackVersion): void {
  for (const [hash, file] of [
    [pack.manifestSha256, `${pack.name}.json`],
    [pack.sha256, pack.file],
  ] as const) {
    const bytes = blobs.get(hash);
    if (bytes === undefined)
      throw new PacksDamaged(`${file} of ${pack.name} ${pack.version} is gone from the data directory.`);
    if (sha256Hex(bytes) !== hash)
      throw new PacksDamaged(`${file} of ${pack.name} ${pack.version} is not what was added.`);
    writeFileSync(join(folder, file), bytes, { mode: 0o600 });
  }
}
