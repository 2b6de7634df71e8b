// Opens the model packs of a folder: form, hash, session, one trial run. A pack that fails is refused with every reason.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { shapeFault } from './decode.ts';
import type { Manifest, PackFault } from './manifest.ts';
import { type Model, type ModelOptions, type ModelOutput, openModel, type PortShape } from './onnx.ts';
import { modelNames, namesFault } from './onnx-names.ts';
import { danglingCrops, describeManifest, PacksRefused, packLimits, readFolder } from './pack-folder.ts';
import { layoutHint, senseFault } from './pack-sense.ts';
import { ProviderMissing } from './provider-missing.ts';
import type { ModelPack } from './types.ts';

/** A pack that passed its checks, with its session. */
export interface Pack {
  readonly manifest: Manifest;
  readonly manifestSha256: string;
  readonly model: Model;
}

/** Every pack of the folder, in the order of their file names, or PacksRefused with the faults of all of them. */
export async function openPacks(folder: string, options: ModelOptions = {}): Promise<Pack[]> {
  const { manifests, hashes, faults } = await readFolder(folder);
  const packs: Pack[] = [];
  const release = () => Promise.all(packs.map((pack) => pack.model.release()));
  for (const [file, manifest] of manifests) {
    if (options.signal?.aborted) {
      await release();
      throw options.signal.reason;
    }
    const opened = await openPack(folder, file, manifest, options);
    if ('model' in opened) packs.push({ ...opened, manifestSha256: hashes.get(file) ?? '' });
    else faults.push(...opened.faults);
  }
  faults.push(...danglingCrops(manifests));
  if (faults.length === 0) return packs;
  await release();
  throw new PacksRefused(faults);
}

export function describePack({ manifest, manifestSha256 }: Pack): ModelPack {
  return describeManifest(manifest, manifestSha256);
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

function messageOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 300);
}
