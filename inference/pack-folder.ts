// A folder of model packs before anything is run: their manifests, their hashes, and what they are refused for.

import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type Manifest, type PackFault, readManifest } from './manifest.ts';
import type { ModelPack } from './types.ts';

export const packLimits = { maxPacks: 16, maxManifestBytes: 1024 * 1024, maxModelBytes: 200 * 1024 * 1024 } as const;

export class PacksRefused extends Error {
  readonly faults: readonly PackFault[];
  constructor(faults: readonly PackFault[]) {
    super(['Model packs are refused:', ...faults.map(faultLine)].join('\n'));
    this.name = 'PacksRefused';
    this.faults = faults;
  }
}

/** What the rest of the product may know of a pack. */
export function describeManifest(manifest: Manifest, manifestSha256: string): ModelPack {
  const { name, version, sha256, task, licence, violations, thresholdPolicy, measured, provenance } = manifest;
  const labels = [...manifest.labels, ...(manifest.crop ? [manifest.crop.unknownLabel] : [])];
  const hashes = { sha256, manifestSha256 };
  return { name, version, ...hashes, task, licence, labels, violations, thresholdPolicy, measured, provenance };
}

export interface Folder {
  readonly manifests: Map<string, Manifest>;
  /** SHA-256 of each manifest's bytes. */
  readonly hashes: Map<string, string>;
  readonly faults: PackFault[];
}

export async function readFolder(folder: string): Promise<Folder> {
  const names = (await readdir(folder)).sort();
  const files = names.filter((name) => name.endsWith('.json'));
  const manifests = new Map<string, Manifest>();
  const hashes = new Map<string, string>();
  const faults: PackFault[] = [];
  if (files.length === 0)
    faults.push({ file: folder, place: '', reason: 'holds no model pack (<name>.json beside <name>.onnx)' });
  if (files.length > packLimits.maxPacks) {
    faults.push({ file: folder, place: '', reason: `holds ${files.length} packs; at most ${packLimits.maxPacks}` });
    return { manifests, hashes, faults };
  }
  for (const file of files) {
    const bytes = await readManifestBytes(folder, file);
    const checked = Buffer.isBuffer(bytes) ? readManifest(file, bytes.toString('utf8')) : bytes;
    if ('manifest' in checked) manifests.set(file, checked.manifest);
    else faults.push(...checked.faults);
    if (Buffer.isBuffer(bytes)) hashes.set(file, createHash('sha256').update(bytes).digest('hex'));
  }
  faults.push(...sameNames(manifests));
  return { manifests, hashes, faults };
}

async function readManifestBytes(folder: string, file: string): Promise<Buffer | { readonly faults: PackFault[] }> {
  const full = path.join(folder, file);
  const { size } = await stat(full);
  if (size > packLimits.maxManifestBytes) return { faults: [{ file, place: '', reason: `has ${size} bytes` }] };
  return readFile(full);
}

function sameNames(manifests: ReadonlyMap<string, Manifest>): PackFault[] {
  const seen = new Map<string, string>();
  const faults: PackFault[] = [];
  for (const [file, { name }] of manifests) {
    const other = seen.get(name);
    if (other) faults.push({ file, place: 'name', reason: `"${name}" is also the name in ${other}` });
    seen.set(name, file);
  }
  return faults;
}

/** A crop classifier whose parent label no detector gives would never run, and nobody would notice. */
export function danglingCrops(manifests: ReadonlyMap<string, Manifest>): PackFault[] {
  const detected = new Set([...manifests.values()].flatMap((m) => (m.task === 'detect' ? m.labels : [])));
  const faults: PackFault[] = [];
  for (const [file, { crop }] of manifests) {
    for (const label of crop?.of ?? []) {
      if (!detected.has(label)) faults.push({ file, place: 'crop.of', reason: `no detector here gives "${label}"` });
    }
  }
  return faults;
}

function faultLine({ file, place, reason }: PackFault): string {
  return place ? `${file}, ${place}: ${reason}` : `${file}: ${reason}`;
}
