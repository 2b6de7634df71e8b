// A bounded folder of pictures that also lie in the store: those used longest ago go first, and all of it may be lost.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Cache = {
  get(hash: string): Buffer | undefined;
  put(hash: string, bytes: Buffer): void;
  /** Takes over a file of the folder, which is there no more afterwards. */
  adopt(hash: string, path: string): void;
  remove(hash: string): void;
};

/** `belongs`: whether a picture that lies there from an earlier run is still one of those. */
export function openCache(root: string, mostBytes: number, belongs: (hash: string) => boolean): Cache {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const kept = readKept(root, belongs);
  let total = [...kept.values()].reduce((sum, bytes) => sum + bytes, 0);
  const pathOf = (hash: string) => join(root, hash);
  const remove = (hash: string): void => {
    total -= kept.get(hash) ?? 0;
    kept.delete(hash);
    rmSync(pathOf(hash), { force: true });
  };
  const took = (hash: string, bytes: number): void => {
    total += bytes - (kept.get(hash) ?? 0);
    kept.delete(hash);
    kept.set(hash, bytes);
    for (const oldest of kept.keys()) {
      if (total <= mostBytes) break;
      remove(oldest);
    }
  };
  return {
    remove,
    get(hash) {
      const size = kept.get(hash);
      if (size === undefined) return undefined;
      const bytes = readWhole(pathOf(hash), hash);
      if (bytes === undefined) remove(hash);
      else took(hash, size);
      return bytes;
    },
    put(hash, bytes) {
      const aside = `${pathOf(hash)}.part`;
      writeFileSync(aside, bytes, { mode: 0o600 });
      renameSync(aside, pathOf(hash));
      took(hash, bytes.length);
    },
    adopt(hash, path) {
      const { size } = statSync(path);
      renameSync(path, pathOf(hash));
      took(hash, size);
    },
  };
}

/** Undefined for what a crash left half written, and for what is gone. */
function readWhole(path: string, hash: string): Buffer | undefined {
  try {
    const bytes = readFileSync(path);
    return createHash('sha256').update(bytes).digest('hex') === hash ? bytes : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Those used longest ago first, as far as their files know. */
function readKept(root: string, belongs: (hash: string) => boolean): Map<string, number> {
  const files = readdirSync(root).map((name) => ({ name, at: statSync(join(root, name)) }));
  const stays = (name: string) => /^[0-9a-f]{64}$/.test(name) && belongs(name);
  for (const { name } of files.filter((file) => !stays(file.name))) rmSync(join(root, name), { force: true });
  return new Map(
    files
      .filter(({ name }) => stays(name))
      .sort((a, b) => a.at.mtimeMs - b.at.mtimeMs)
      .map(({ name, at }) => [name, at.size]),
  );
}

/** For a process that comes and goes beside the server: it keeps nothing. */
export const noCache: Cache = {
  get: () => undefined,
  put: () => undefined,
  adopt: () => undefined,
  remove: () => undefined,
};
