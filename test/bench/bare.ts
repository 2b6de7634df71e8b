// What a frame costs at the least: the JPEG decoded once and the models run on ready floats, nothing else.

import sharp from 'sharp';
import { openPacks, type Pack } from '../../inference/pack.ts';

/** Crops each crop classifier looks at, by the pack's name. */
export type Crops = ReadonlyMap<string, number>;

export interface Bare {
  /** Milliseconds of decoding the whole JPEG. */
  decode(): Promise<number>;
  /** Milliseconds of the models' own runs: each detector once, each crop classifier on its crops. */
  models(crops: Crops): Promise<number>;
  close(): Promise<void>;
}

/** `names` are the packs that look at a frame: those switched off cost it nothing. */
export async function openBare(modelsDir: string, jpeg: Buffer, names: readonly string[]): Promise<Bare> {
  const packs = (await openPacks(modelsDir)).filter(({ manifest }) => names.includes(manifest.name));
  const floats = packs.map(({ manifest: { input } }) =>
    new Float32Array(48 * 3 * input.width * input.height).fill(0.5),
  );
  return {
    async decode() {
      const from = performance.now();
      await sharp(jpeg).raw().toBuffer();
      return performance.now() - from;
    },
    async models(crops) {
      const from = performance.now();
      for (const [index, pack] of packs.entries()) {
        await runBare(pack, floats[index] ?? new Float32Array(), crops.get(pack.manifest.name) ?? 0);
      }
      return performance.now() - from;
    },
    async close() {
      await Promise.all(packs.map(({ model }) => model.release()));
    },
  };
}

/** In the same batches as the detector uses: 8 crops at once where the model takes any number. */
async function runBare({ manifest, model }: Pack, floats: Float32Array, crops: number): Promise<void> {
  const { input, output, task } = manifest;
  const run = async (count: number): Promise<void> => {
    const data = floats.subarray(0, count * 3 * input.width * input.height);
    await model.run(input.name, data, [count, 3, input.height, input.width], output.names);
  };
  if (task !== 'classify-crop') return run(1);
  const atOnce = input.batch === 'dynamic' ? 8 : 1;
  for (let left = crops; left > 0; left -= atOnce) await run(Math.min(atOnce, left));
}
