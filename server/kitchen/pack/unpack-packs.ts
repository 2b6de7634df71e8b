// Takes the files of an upload apart: manifests and models, loose or in a zip; everything else is refused.
import { unzipSync } from 'fflate';
import { packLimits } from '../../../inference/pack-folder.ts';
import { type Fault, Problem } from '../../http/problem.ts';
import { setLimits } from './pack-set.ts';

export type GivenFile = { readonly name: string; readonly bytes: Buffer };

const manifestName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.json$/;
const modelName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.onnx$/;
const zipStart = Buffer.from('PK\u0003\u0004', 'latin1');
const unzippedBytes = packLimits.maxPacks * packLimits.maxManifestBytes + 2 * packLimits.maxModelBytes;

/** Plain names, each once. Throws Problem with every fault and its file. */
export function unpackPacks(given: readonly GivenFile[]): GivenFile[] {
  const faults: Fault[] = [];
  const refuse = (place: string, code: string, detail: string) => void faults.push({ place, code, detail });
  const files = given.flatMap((file) => (isZip(file) ? unzipped(file, refuse) : [file]));
  const kept = new Map<string, GivenFile>();
  if (files.length > setLimits.mostFiles)
    refuse('files', 'too_many', `${files.length} files; at most ${setLimits.mostFiles}.`);
  for (const file of files) {
    if (!manifestName.test(file.name) && !modelName.test(file.name)) {
      refuse(file.name, 'not_a_pack', 'Only <name>.json and <name>.onnx belong to a pack, or a zip of them.');
    } else if (kept.has(file.name)) refuse(file.name, 'twice', 'This file is there twice.');
    else kept.set(file.name, file);
    const limit = modelName.test(file.name) ? packLimits.maxModelBytes : packLimits.maxManifestBytes;
    if (file.bytes.length > limit) refuse(file.name, 'too_large', `More than ${limit} bytes.`);
  }
  if (faults.length === 0 && ![...kept.keys()].some((name) => manifestName.test(name))) {
    refuse('files', 'no_manifest', 'No manifest is among the files: give <name>.json, and <name>.onnx beside it.');
  }
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  return [...kept.values()];
}

function isZip({ bytes }: GivenFile): boolean {
  return bytes.subarray(0, 4).equals(zipStart);
}

type Refuse = (place: string, code: string, detail: string) => void;

/** Files of the zip under their last name, without folders and what packing programs add. */
function unzipped({ name, bytes }: GivenFile, refuse: Refuse): GivenFile[] {
  let [count, sum] = [0, 0];
  try {
    const entries = unzipSync(bytes, {
      filter: (entry) => {
        if (isExtra(entry.name)) return false;
        count++;
        sum += entry.originalSize;
        return count <= setLimits.mostFiles && sum <= unzippedBytes;
      },
    });
    if (count > setLimits.mostFiles || sum > unzippedBytes) {
      refuse(name, 'too_large', `The zip holds ${count} files of ${sum} bytes; at most ${setLimits.mostFiles} files.`);
      return [];
    }
    return Object.entries(entries).map(([path, content]) => ({
      name: path.split('/').at(-1) ?? path,
      bytes: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    }));
  } catch (cause) {
    refuse(name, 'not_a_zip', `The zip cannot be read: ${cause instanceof Error ? cause.message : cause}`);
    return [];
  }
}

function isExtra(path: string): boolean {
  return path.endsWith('/') || path.startsWith('__MACOSX/') || /(^|\/)\./.test(path) || /\.(md|txt)$/i.test(path);
}
