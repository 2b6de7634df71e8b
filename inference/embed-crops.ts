// What the trunk of a classifier makes of crops, before its last layer turns it into answers.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodePixels, openPicture } from './image.ts';
import { type LastLayer, NoLastLayer, readLastLayer, withEmbeddings } from './last-layer.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { type Model, type ModelOutput, openModel } from './onnx.ts';
import { PacksRefused } from './pack-folder.ts';
import { cropRegion } from './run-pack.ts';
import { fillCrop, scaleOf } from './tensor.ts';
import type { Box } from './types.ts';

export interface Embedder {
  /** One row a box. Throws PictureRefusal, NoLastLayer. */
  embed(image: Buffer, boxes: readonly Box[]): Promise<Float32Array[]>;
  close(): Promise<void>;
}

const batch = 8;
/** How far rounding may take an answer from what its embedding explains. */
const tolerance = 0.02;

/** Throws PacksRefused, NoLastLayer, ProviderMissing. */
export async function openEmbedder(folder: string, pack: string, provider: string): Promise<Embedder> {
  const { manifest, bytes } = await readPack(folder, pack);
  const layer = readLastLayer(bytes);
  const model = await openModel(withEmbeddings(bytes), { provider });
  return {
    async embed(image, boxes) {
      const pixels = await decodePixels(await openPicture(image));
      const rows: Float32Array[] = [];
      const { input, crop } = manifest;
      if (crop === undefined) throw new NoLastLayer('it looks at whole frames');
      const size = 3 * input.width * input.height;
      const most = input.batch === 'dynamic' ? batch : 1;
      for (let from = 0; from < boxes.length; from += most) {
        const some = boxes.slice(from, from + most);
        const floats = new Float32Array(some.length * size);
        for (const [place, box] of some.entries())
          fillCrop(floats, place * size, input, scaleOf(input), pixels, cropRegion(crop, box, pixels));
        rows.push(...(await run(model, manifest, layer, floats, some.length)));
      }
      return rows;
    },
    close: () => model.release(),
  };
}

async function readPack(folder: string, pack: string): Promise<{ manifest: Manifest; bytes: Buffer }> {
  const checked = readManifest(`${pack}.json`, await readFile(path.join(folder, `${pack}.json`), 'utf8'));
  if ('faults' in checked) throw new PacksRefused(checked.faults);
  const { manifest } = checked;
  const bytes = await readFile(path.join(folder, manifest.file));
  if (createHash('sha256').update(bytes).digest('hex') !== manifest.sha256)
    throw new PacksRefused([{ file: `${pack}.json`, place: 'sha256', reason: 'is not that of the model' }]);
  return { manifest, bytes };
}

async function run(
  model: Model,
  { input, output }: Manifest,
  layer: LastLayer,
  floats: Float32Array,
  count: number,
): Promise<Float32Array[]> {
  const names = [...output.names.slice(0, 1), ...layer.embeddings];
  const [answers, ...looks] = await model.run(input.name, floats, [count, 3, input.height, input.width], names);
  return Array.from({ length: count }, (_, index) => {
    const row = meanRow(looks, index, layer.width);
    if (!explains(layer, row, answers, index)) throw new NoLastLayer('something else stands behind it');
    return row;
  });
}

function meanRow(looks: readonly ModelOutput[], index: number, width: number): Float32Array {
  const row = new Float32Array(width);
  for (const { data } of looks)
    for (let i = 0; i < width; i++) row[i] = (row[i] as number) + (data[index * width + i] as number) / looks.length;
  return row;
}

/** Whether weights · embedding + bias really is what the model answers: only then may the weights be tuned alone. */
function explains({ weights, bias }: LastLayer, row: Float32Array, answers: ModelOutput | undefined, index: number) {
  return bias.every((start, label) => {
    let sum = start;
    for (const [i, value] of row.entries()) sum += (weights[label * row.length + i] as number) * value;
    const said = answers?.data[index * bias.length + label] ?? Number.NaN;
    return Math.abs(sum - said) <= tolerance * Math.max(1, Math.abs(said));
  });
}
