// Makes a candidate of the active packs with other thresholds: the cheapest new model there is, and it earns its place like any.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { addPackSet } from './add-pack-set.ts';
import { activePackSet, type PackSet } from './pack-store.ts';
import type { GivenFile } from './unpack-packs.ts';

/** `<pack name> <violation id>` → the score from which it is to count, 0…1. */
export type Thresholds = Readonly<Record<string, number>>;

type RawManifest = { name: string; version: string; violations: { id: string; threshold: number }[] };

/** Throws Problem: thresholds out of bounds or of no pack, nothing changed, and whatever addPackSet refuses. */
export async function tryThresholds(
  deps: Pick<Deps, 'db' | 'blobs' | 'clock' | 'apart'>,
  by: Caller | null,
  input: { readonly thresholds: Thresholds; readonly note: string },
): Promise<PackSet> {
  const active = activePackSet(deps.db);
  if (active === undefined) throw new Problem('conflict', { detail: 'No set of packs is active yet.' });
  const faults: Fault[] = [];
  const left = new Map(Object.entries(input.thresholds));
  const files: GivenFile[] = [];
  for (const pack of active.packs) {
    const text = deps.blobs.get(pack.manifestSha256);
    if (text === undefined) throw new Problem('conflict', { detail: `${pack.name} is gone from the data directory.` });
    const manifest = JSON.parse(text.toString('utf8')) as RawManifest;
    if (changeThresholds(manifest, left, faults))
      files.push({ name: `${pack.name}.json`, bytes: Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`) });
  }
  for (const place of left.keys()) faults.push({ place, code: 'unknown', detail: `No pack has the line “${place}”.` });
  if (files.length === 0 && faults.length === 0)
    faults.push({ place: 'thresholds', code: 'unchanged', detail: 'These are the thresholds that count already.' });
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return addPackSet(deps, by, { files, note: input.note, alone: false });
}

/** Whether any line of the manifest changed; takes its own lines out of `left`. */
function changeThresholds(manifest: RawManifest, left: Map<string, number>, faults: Fault[]): boolean {
  let changed = false;
  for (const line of manifest.violations) {
    const place = `${manifest.name} ${line.id}`;
    const wanted = left.get(place);
    left.delete(place);
    if (wanted === undefined || wanted === line.threshold) continue;
    if (!(wanted >= 0 && wanted <= 1))
      faults.push({ place, code: 'range', detail: 'A threshold lies between 0 and 1.' });
    line.threshold = wanted;
    changed = true;
  }
  // Told apart wherever versions are named; the model's own hash stays what it was.
  if (changed) manifest.version = `${manifest.version.split('+')[0]?.slice(0, 20)}+${thresholdMark(manifest)}`;
  return changed;
}

function thresholdMark({ violations }: RawManifest): string {
  return violations
    .map(({ threshold }) => Math.round(threshold * 1000))
    .join('-')
    .slice(0, 19);
}
