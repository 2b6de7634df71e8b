// Opens the model packs of a folder: form, hash, session, one trial run. A pack that fails is refused with every reason.

import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { shapeFault } from './decode.ts';
import { type Manifest, type PackFault, readManifest } from './manifest.ts';
import { type Model, type ModelOptions, type ModelOutput, openModel, type PortShape, ProviderMissing } from './onnx.ts';
import { modelNames, namesFault } from './onnx-names.ts';
import { layoutHint, senseFault } from './pack-sense.ts';
import type { ModelPack } from './types.ts';

export const packLimits = { maxPacks: 16, maxManifestBytes: 1024 * 1024, maxModelBytes: 200 * 1024 * 1024 } as const;

/** A pack that passed its checks, with its session. */
export interface Pack {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly model: Model;
}

export class PacksRefused extends Error {
  readonly faults: readonly PackFault[];
  constructor(faults: readonly PackFault[]) {
    super(['Model packs are refused:', ...faults.map(faultLine)].join('\n'));
    this.name = 'PacksRefused';
    this.faults = faults;
  }
}

/** Every pack of the folder, in the order of their file names, or PacksRefused with the faults of all of them. */
export async function openPacks(folder: string, options: ModelOptions = {}): Promise<Pack[]> {
  const { manifests, hashes, faults } = await readFolder(folder);
  const packs: Pack[] = [];
  for (const [file, manifest] of manifests) {
    const opened = await openPack(folder, file, manifest, options);
    if ('model' in opened) packs.push({ ...opened, manifestSha256: hashes.get(file) ?? '' });
    else faults.push(...opened.faults);
  }
  faults.push(...danglingCrops(manifests));
  if (faults.length === 0) return packs;
  await Promise.all(packs.map((pack) => pack.model.release()));
  throw new PacksRefused(faults);
}

/** What the rest of the product may know of a pack. */
export function describePack({ manifest, manifestSha256 }: Pack): ModelPack {
  const { name, version, sha256, task, licence, violations, thresholdPolicy, measured, provenance } = manifest;
  const labels = [...manifest.labels, ...(manifest.crop ? [manifest.crop.unknownLabel] : [])];
  const hashes = { sha256, manifestSha256 };
  return { name, version, ...hashes, task, licence, labels, violations, thresholdPolicy, measured, provenance };
}

interface Folder {
  readonly manifests: Map<string, Manifest>;
  /** SHA-256 of each manifest's bytes. */
  readonly hashes: Map<string, string>;
  readonly faults: PackFault[];
}

async function readFolder(folder: string): Promise<Folder> {
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
function danglingCrops(manifests: ReadonlyMap<string, Manifest>): PackFault[] {
  const detected = new Set([...manifests.values()].flatMap((m) => (m.task === 'detect' ? m.labels : [])));
  const faults: PackFault[] = [];
  for (const [file, { crop }] of manifests) {
    for (const label of crop?.of ?? []) {
      if (!detected.has(label)) faults.push({ file, place: 'crop.of', reason: `no detector here gives "${label}"` });
    }
  }
  return faults;
}

type Opened = Omit<Pack, 'manifestSha256'> | { readonly faults: PackFault[] };

async function openPack(folder: string, file: string, manifest: Manifest, options: ModelOptions): Promise<Opened> {
  const fault = (place: string, reason: string): Opened => ({ faults: [{ file, place, reason }] });
  const bytes = await readModel(path.join(folder, manifest.file));
  if (typeof bytes === 'string') return fault('file', `${manifest.file} ${bytes}`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== manifest.sha256)
    return fault('sha256', `${manifest.file} has the SHA-256 ${sha256}, not the one stated`);
  try {
    const model = await openModel(bytes, options);
    const named = namesFault(manifest.labels, modelNames(bytes));
    const reasons = [
      ...portFaults(manifest, model),
      ...(named === undefined ? [] : [{ place: 'labels', reason: named }]),
      ...(await trialFaults(manifest, model)),
    ];
    if (reasons.length === 0) return { manifest, model };
    await model.release();
    return { faults: reasons.map(({ place, reason }) => ({ file, place, reason })) };
  } catch (cause) {
    if (cause instanceof ProviderMissing) throw cause;
    const reason = messageOf(cause);
    if (/external|No such file|model_path/i.test(reason))
      return fault('file', `${manifest.file} keeps its weights in another file; save it as one file`);
    return fault('file', `${manifest.file} is no model that runs: ${reason}`);
  }
}

async function readModel(full: string): Promise<Buffer | string> {
  try {
    const { size } = await stat(full);
    return size > packLimits.maxModelBytes
      ? `has ${size} bytes; at most ${packLimits.maxModelBytes}`
      : await readFile(full);
  } catch (cause) {
    return `cannot be read: ${messageOf(cause)}`;
  }
}

interface Reason {
  readonly place: string;
  readonly reason: string;
}

function portFaults({ input, output }: Manifest, model: Model): Reason[] {
  const reasons: Reason[] = [];
  const port = model.inputs.find(({ name }) => name === input.name);
  if (!port)
    reasons.push({ place: 'input.name', reason: `the model has ${nameList(model.inputs)}, not "${input.name}"` });
  else if (port.type !== 'float32')
    reasons.push({
      place: 'input.name',
      reason: `"${input.name}" takes ${port.type}, not float32; export it with a float32 input`,
    });
  else if (fits(port, [undefined, input.height, input.width, 3]))
    reasons.push({
      place: 'input.layout',
      reason: `the model takes ${port.shape.join('×')}, channels last (NHWC); export it channels first (NCHW)`,
    });
  else if (!fits(port, [undefined, 3, input.height, input.width])) {
    reasons.push({
      place: 'input',
      reason: `the model takes ${port.shape.join('×')}, not 1×3×${input.height}×${input.width}`,
    });
  }
  if (port && input.batch === 'dynamic' && typeof port.shape[0] === 'number') {
    reasons.push({ place: 'input.batch', reason: `the model takes batches of ${port.shape[0]} only` });
  }
  output.names.forEach((name, index) => {
    if (model.outputs.some((present) => present.name === name)) return;
    reasons.push({ place: `output.names.${index}`, reason: `the model has ${nameList(model.outputs)}, not "${name}"` });
  });
  return reasons;
}

/** Runs on pictures that are known: shapes that only show at run time, labels of another number, numbers of another kind. */
async function trialFaults(manifest: Manifest, model: Model): Promise<Reason[]> {
  const { input, output } = manifest;
  if (portFaults(manifest, model).length > 0) return [];
  const half = model.outputs.find(({ name, type }) => output.names.includes(name) && type !== 'float32');
  if (half)
    return [{ place: 'output.names', reason: `"${half.name}" gives ${half.type}; export it with float32 outputs` }];
  const runs: ModelOutput[][] = [];
  for (const floats of trialPictures(manifest)) {
    const outputs = await model.run(input.name, floats, [1, 3, input.height, input.width], output.names);
    const fault = shapeFault(manifest, outputs);
    if (fault) return [{ place: 'labels', reason: withHint(manifest, fault, outputs) }];
    if (!outputs.every(({ data }) => data.every(Number.isFinite)))
      return [{ place: 'file', reason: 'a plain picture gives numbers that are not finite' }];
    runs.push(outputs);
  }
  const senseless = senseFault(manifest, runs);
  return senseless === undefined ? [] : [{ place: 'output', reason: senseless }];
}

function withHint(manifest: Manifest, fault: string, outputs: readonly ModelOutput[]): string {
  const hint = outputs[0] && layoutHint(manifest, outputs[0].dims);
  return hint === undefined ? fault : `${fault}; ${hint}`;
}

/** Plain grey, and fields of black and white. */
function trialPictures({ input }: Manifest): Float32Array[] {
  const { width, height, scale, mean, std, pad } = input;
  const area = width * height;
  const picture = (byteAt: (pixel: number) => number): Float32Array =>
    Float32Array.from({ length: 3 * area }, (_, index) => {
      const channel = Math.floor(index / area);
      return (byteAt(index % area) * scale - (mean[channel] ?? 0)) / (std[channel] ?? 1);
    });
  const field = (pixel: number): number => {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    return (Math.floor(x / fieldSide) + Math.floor(y / fieldSide)) % 2 === 0 ? 20 : 235;
  };
  return [picture(() => pad), picture(field)];
}

const fieldSide = 24;

function fits(port: PortShape, wanted: readonly (number | undefined)[]): boolean {
  if (port.shape.length !== wanted.length) return false;
  return wanted.every(
    (size, index) => size === undefined || typeof port.shape[index] === 'string' || port.shape[index] === size,
  );
}

function nameList(ports: readonly PortShape[]): string {
  return ports.map(({ name }) => `"${name}"`).join(', ');
}

function faultLine({ file, place, reason }: PackFault): string {
  return place ? `${file}, ${place}: ${reason}` : `${file}: ${reason}`;
}

function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 300);
}
