// What the manifests of a kept set say: its lines from labels to violations, and how they differ from another set's.
import { type Manifest, readManifest } from '../../../inference/manifest.ts';
import type { BlobStore } from '../../store/blobs.ts';
import type { PackSet } from './pack-store.ts';

export type SetLine = {
  readonly pack: string;
  readonly violation: string;
  readonly threshold: number;
  readonly on: boolean;
  readonly experimental: boolean;
};

/** Every line of every pack; of a pack whose manifest is gone, none. */
export function linesOfSet(blobs: BlobStore, set: PackSet): SetLine[] {
  return set.packs.flatMap((pack) =>
    (manifestOf(blobs, pack.manifestSha256)?.violations ?? []).map(({ id, threshold, on, experimental }) => ({
      pack: pack.name,
      violation: id,
      threshold,
      on,
      experimental,
    })),
  );
}

/** Undefined where it is gone, or is none. */
export function manifestOf(blobs: BlobStore, hash: string): Manifest | undefined {
  const text = blobs.get(hash);
  const checked = text === undefined ? undefined : readManifest('manifest', text.toString('utf8'));
  return checked !== undefined && 'manifest' in checked ? checked.manifest : undefined;
}

/** Violations that either set watches. */
export function watchedBySets(...lines: readonly (readonly SetLine[])[]): Set<string> {
  return new Set(lines.flat().flatMap(({ on, violation }) => (on ? [violation] : [])));
}

export type SetChange = {
  readonly packs: readonly { readonly name: string; readonly from: string | null; readonly to: string | null }[];
  readonly thresholds: readonly {
    readonly violation: string;
    readonly from: number | null;
    readonly to: number | null;
  }[];
};

/** What is other in the new set: versions, and from which score each violation counts (null: it does not). */
export function changesBetween(blobs: BlobStore, old: PackSet, fresh: PackSet): SetChange {
  const names = [...new Set([...old.packs, ...fresh.packs].map(({ name }) => name))].sort();
  const packs = names.flatMap((name) => {
    const [before, after] = [old, fresh].map((set) => set.packs.find((pack) => pack.name === name));
    if (before?.manifestSha256 === after?.manifestSha256) return [];
    return [{ name, from: before?.version ?? null, to: after?.version ?? null }];
  });
  const [oldLines, newLines] = [linesOfSet(blobs, old), linesOfSet(blobs, fresh)];
  const thresholds = [...watchedBySets(oldLines, newLines)].sort().flatMap((violation) => {
    const [from, to] = [oldLines, newLines].map((lines) => leastThreshold(lines, violation));
    return from === to || from === undefined || to === undefined ? [] : [{ violation, from, to }];
  });
  return { packs, thresholds };
}

function leastThreshold(lines: readonly SetLine[], violation: string): number | null {
  const on = lines.filter((line) => line.on && line.violation === violation);
  return on.length === 0 ? null : Math.min(...on.map(({ threshold }) => threshold));
}
