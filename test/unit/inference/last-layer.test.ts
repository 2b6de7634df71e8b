// The last layer of a classifier is read, given out and written inside its ONNX file; with unchanged numbers it answers the same.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitLayer, type Layer, type LayerExample, layerScores } from '../../../inference/fit-layer.ts';
import { NoLastLayer, readLastLayer, withEmbeddings, withLastLayer } from '../../../inference/last-layer.ts';
import { openModel } from '../../../inference/onnx.ts';
import { colourPack, yoloxPack } from '../../support/tiny-packs.ts';

const shipped = readFileSync('models/kitchen-heads.onnx');
const side = 96;

async function answersOf(model: Buffer, names: readonly string[]): Promise<Float32Array[]> {
  const opened = await openModel(model);
  const crop = Float32Array.from({ length: 3 * side * side }, (_, index) => Math.sin(index / 7));
  const outputs = await opened.run('crops', crop, [1, 3, side, side], names);
  await opened.release();
  return outputs.map(({ data }) => data);
}

describe('the last layer of the pack for heads', () => {
  const layer = readLastLayer(shipped);

  it('has a row for each of its six labels, and looks at a crop twice', () => {
    expect([layer.weights.length, layer.bias.length, layer.width, layer.embeddings.length]).toEqual([1920, 6, 320, 2]);
  });

  it('written back unchanged answers exactly the same, and what goes in explains what comes out', async () => {
    const [before] = await answersOf(shipped, ['answers']);
    const [after, first, second] = await answersOf(withEmbeddings(withLastLayer(shipped, layer)), [
      'answers',
      ...layer.embeddings,
    ]);
    expect(after).toEqual(before);
    for (const [row, bias] of layer.bias.entries()) {
      let sum = bias;
      for (let i = 0; i < 320; i++) sum += (layer.weights[row * 320 + i]! * (first![i]! + second![i]!)) / 2;
      expect(sum).toBeCloseTo(before![row]!, 3);
    }
  });

  it('written anew answers by the new numbers', async () => {
    const weights = layer.weights.map(() => 0);
    const [answers] = await answersOf(withLastLayer(shipped, { weights, bias: Float32Array.of(1, 2, 3, 4, 5, 6) }), [
      'answers',
    ]);
    expect([...answers!]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('is not looked for where a model has none, and is not written with too few numbers', () => {
    expect(() => readLastLayer(yoloxPack().model)).toThrow(NoLastLayer);
    expect(() => readLastLayer(colourPack().model)).toThrow(NoLastLayer);
    expect(() => readLastLayer(shipped.subarray(0, 5000))).toThrow('cannot be read to its end');
    expect(() => withLastLayer(shipped, { weights: new Float32Array(3), bias: layer.bias })).toThrow('not as many');
  });
});

describe('fitting a last layer', () => {
  const task = { groups: [[0, 1]], temperature: 1 };
  const before: Layer = { weights: Float32Array.of(1, 0, 0, 0), bias: Float32Array.of(0, 0) };
  const fitted = (examples: readonly LayerExample[], pull: number) =>
    fitLayer({ shipped: before, task, examples, pull });
  const crop = (x: number, y: number, allowed: readonly number[]) => ({
    embedding: Float32Array.of(x, y),
    allowed,
    weight: 1,
  });
  const judged = [crop(1, 1, [0, 1]), crop(1, 1, [0, 1]), crop(1, -1, [1, 0]), crop(1, -1, [1, 0])];
  const first = (layer: Layer, x: number, y: number) => layerScores(layer, task, Float32Array.of(x, y))[0]!;

  it('learns what people said, and a strong pull leaves it where it was', () => {
    const learnt = fitted(judged, 0.001);
    expect(first(learnt, 1, 1)).toBeLessThan(0.35);
    expect(first(learnt, 1, -1)).toBeGreaterThan(0.8);
    const held = fitted(judged, 1000);
    expect(first(held, 1, 1)).toBeCloseTo(first(before, 1, 1), 2);
  });

  it('holds crops that nobody judged where they were', () => {
    const unasked = Array.from({ length: 8 }, () => crop(0, 3, [-1, -1]));
    const free = fitted(judged, 0.001);
    const held = fitted([...judged, ...unasked], 0.001);
    const moved = (layer: Layer) => Math.abs(first(layer, 0, 3) - first(before, 0, 3));
    expect(moved(held)).toBeLessThan(moved(free));
  });

  it('changes nothing without a verdict', () => {
    expect(fitted([], 0.01)).toEqual(before);
    expect(fitted([crop(2, 1, [0, 0])], 0.01)).toEqual(before);
  });
});
