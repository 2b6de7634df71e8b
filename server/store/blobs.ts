// Keeps pictures and documents as files under their own SHA-256, so that a name is also a proof.
import { hash as digestOnce } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

export type BlobStore = {
  /** Stores `bytes` on disk (synced) and returns their SHA-256 in hex; storing the same bytes again is a no-op. */
  put(bytes: Buffer): string;
  /** The bytes under `hash`, or undefined. */
  get(hash: string): Buffer | undefined;
  /** The same for pictures, which may have been moved to a store of objects. Throws Problem `busy` while that is away. */
  bring(hash: string): Promise<Buffer | undefined>;
  remove(hash: string): void;
  /** Where `hash` lies, for tools that read files; throws on anything that is no hash. */
  pathOf(hash: string): string;
};

export function sha256Hex(bytes: Buffer | string): string {
  return digestOnce('sha256', bytes, 'hex');
}

export function openBlobs(root: string): BlobStore {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const pathOf = (hash: string): string => {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('Not a SHA-256 in hex.');
    return join(root, hash.slice(0, 2), hash.slice(2));
  };
  const get = (hash: string): Buffer | undefined => {
    const path = pathOf(hash);
    return existsSync(path) ? readFileSync(path) : undefined;
  };
  return {
    pathOf,
    get,
    bring: async (hash) => get(hash),
    put(bytes) {
      const hash = sha256Hex(bytes);
      const path = pathOf(hash);
      if (!existsSync(path)) writeSynced(path, bytes);
      return hash;
    },
    remove(hash) {
      const path = pathOf(hash);
      if (existsSync(path)) unlinkSync(path);
    },
  };
}

/** Write aside, sync, rename, sync the folder: a reader sees the whole file or none, also after a power cut. */
function writeSynced(path: string, bytes: Buffer): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const aside = `${path}.${process.pid}.part`;
  try {
    const file = openSync(aside, 'w', 0o600);
    try {
      // Until all of it is written: on a nearly full disk a single write takes a part, and says no more than how much.
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
  } catch (error) {
    // What did not fit would keep the last room taken.
    rmSync(aside, { force: true });
    throw error;
  }
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
