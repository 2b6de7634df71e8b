// A model pack that fails its checks is refused at start, with every reason and its place.

import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDetector } from '../../../inference/detector.ts';
import { PacksRefused } from '../../../inference/pack-folder.ts';
import { ProviderMissing } from '../../../inference/provider-missing.ts';
import {
  boxesScoresPack,
  colourPack,
  pack,
  type TinyManifest,
  type TinyPack,
  writePacks,
  yolov8Pack,
  yoloxPack,
} from '../../support/tiny-packs.ts';

async function faultsOf(...packs: readonly TinyPack[]): Promise<string[]> {
  return faultsIn(await writePacks(...packs));
}

async function faultsIn(modelsDir: string): Promise<string[]> {
  try {
    const detector = await openDetector({ modelsDir });
    await detector.close();
    return [];
  } catch (cause) {
    if (!(cause instanceof PacksRefused)) throw cause;
    return cause.faults.map(({ file, place, reason }) => `${file} ${place}: ${reason}`);
  } finally {
    await rm(modelsDir, { recursive: true });
  }
}

function changed(pack: TinyPack, change: (manifest: TinyManifest) => void): TinyPack {
  const manifest = structuredClone(pack.manifest);
  change(manifest);
  return { ...pack, manifest };
}

describe('a model pack', () => {
  it('of each shape opens', async () => {
    expect(await faultsOf(yoloxPack(), yolov8Pack(), boxesScoresPack(), colourPack())).toEqual([]);
  });

  it('whose model was changed after its manifest was written is refused by its hash', async () => {
    const pack = yoloxPack();
    const damaged = { ...pack, model: Buffer.concat([pack.model, Buffer.from([0])]) };
    expect(await faultsOf(damaged)).toEqual([
      expect.stringMatching(
        /^squares-yolox\.json sha256: squares-yolox\.onnx has the SHA-256 [0-9a-f]{64}, not the one stated$/,
      ),
    ]);
  });

  it('whose model is damaged but whose hash fits is refused because it does not run', async () => {
    const { model, manifest } = yoloxPack();
    const half = pack(model.subarray(0, model.length / 2), manifest);
    expect(await faultsOf(half)).toEqual([expect.stringMatching(/^squares-yolox\.json file: .*no model that runs/)]);
  });

  it('with a label missing, one too many, or in no order the model has is refused', async () => {
    expect(await faultsOf(changed(boxesScoresPack(), (m) => void m.labels.pop()))).toEqual([
      'squares-corners.json labels: outputs are 1×32×4 and 1×32×3, but 2 label(s) need 1×N×4 and 1×N×2',
    ]);
    expect(await faultsOf(changed(yolov8Pack(), (m) => void m.labels.push('another')))).toEqual([
      'squares-v8.json labels: output is 1×7×49, but 4 label(s) need 1×8×N',
    ]);
    expect(await faultsOf(changed(yoloxPack(), (m) => void m.labels.push('another')))).toEqual([
      'squares-yolox.json labels: output is 1×60×6, but 2 label(s) and the strides need 1×60×7',
    ]);
    const four = changed(colourPack(), (m) => {
      m.labels.pop();
      m.groups = [[0, 1, 2], [3]];
    });
    expect(await faultsOf(yoloxPack(), four)).toEqual(['colours.json labels: output is 1×5, but there are 4 label(s)']);
  });

  it('names all its faults at once, and those of its neighbours', async () => {
    const first = changed(yoloxPack(), (m) => {
      m.input['std'] = [1, 0, 1];
      m.output['strides'] = [30];
      m.labels = ['Red Square'];
      m.violations[0]!.threshold = 2;
      m['colour'] = 'red';
    });
    const second = changed(yolov8Pack(), (m) => {
      m.violations[0]!.labels = ['purple_patch'];
    });
    const faults = await faultsOf(first, second);
    for (const part of [
      'input.std',
      'labels.0',
      'violations.0.threshold',
      '"colour"',
      'squares-v8.json violations.0.labels: "purple_patch"',
    ]) {
      expect(faults.join('\n')).toContain(part);
    }
  });

  it('that asks for ports the model has not, or another size, hears what the model has', async () => {
    const faults = await faultsOf(
      changed(yoloxPack(), (m) => {
        m.input['name'] = 'picture';
        m.output['names'] = ['answer'];
      }),
      changed(yolov8Pack(), (m) => {
        m.input['width'] = 256;
      }),
      changed(boxesScoresPack(), (m) => {
        m.input['batch'] = 'dynamic';
      }),
    );
    expect(faults).toEqual([
      'squares-corners.json input.batch: the model takes batches of 1 only',
      'squares-v8.json input: the model takes 1×3×224×224, not 1×3×224×256',
      'squares-yolox.json input.name: the model has "images", not "picture"',
      'squares-yolox.json output.names.0: the model has "output", not "answer"',
    ]);
  });

  it('may not name a file elsewhere, share a name, or crop what no detector finds', async () => {
    expect(
      await faultsOf(
        changed(yoloxPack(), (m) => {
          m.file = '../secret.onnx';
        }),
      ).catch(String),
    ).toEqual([expect.stringContaining('squares-yolox.json file:')]);
    const twin = changed(yolov8Pack(), (m) => {
      m.name = 'squares-yolox';
      m.file = 'squares-v8.onnx';
    });
    const modelsDir = await writePacks(yoloxPack());
    await writeFile(path.join(modelsDir, 'squares-v8.onnx'), twin.model);
    await writeFile(path.join(modelsDir, 'twin.json'), JSON.stringify(twin.manifest));
    expect(await faultsIn(modelsDir)).toEqual([
      'twin.json name: "squares-yolox" is also the name in squares-yolox.json',
    ]);
    expect(await faultsOf(yolov8Pack(), colourPack())).toEqual([
      'colours.json crop.of: no detector here gives "red_square"',
    ]);
  });

  it('that is no JSON, or has no model beside it, or a folder without any, is told so', async () => {
    const empty = await writePacks();
    expect(await faultsIn(empty)).toEqual([expect.stringContaining('holds no model pack')]);
    const folder = await writePacks(yoloxPack());
    await writeFile(path.join(folder, 'notes.json'), '{ "name": ');
    await rm(path.join(folder, 'squares-yolox.onnx'));
    const faults = await faultsIn(folder);
    expect(faults).toEqual([
      expect.stringMatching(/^notes\.json : is not JSON/),
      expect.stringMatching(/^squares-yolox\.json file: squares-yolox\.onnx cannot be read/),
    ]);
  });

  it('is not opened on an accelerator that is not there, and the reason names what is', async () => {
    const modelsDir = await writePacks(yoloxPack());
    await expect(openDetector({ modelsDir, provider: 'tpu' })).rejects.toThrow(ProviderMissing);
    await expect(openDetector({ modelsDir, provider: 'tpu' })).rejects.toThrow(
      /"tpu" cannot be used here: this onnxruntime has cpu/,
    );
    await rm(modelsDir, { recursive: true });
  });
});
