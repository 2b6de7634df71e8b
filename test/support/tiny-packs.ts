// Model packs small enough to write on the spot: detectors of coloured squares in three output shapes, and a classifier
// that tells red from blue. Real ONNX files with known answers.

import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeModel, type Graph, type Node, type Tensor } from './tiny-onnx.ts';

/** The parts of a manifest that tests change; the rest is carried along. */
interface TinyForm {
  name: string;
  input: Record<string, unknown>;
  output: Record<string, unknown>;
  labels: string[];
  violations: { labels: string[]; threshold: number; [other: string]: unknown }[];
  groups?: number[][];
  [other: string]: unknown;
}

export interface TinyManifest extends TinyForm {
  file: string;
}

export interface TinyPack {
  readonly manifest: TinyManifest;
  readonly model: Buffer;
}

const cell = 32;
const colours = ['red', 'green', 'blue'] as const;

const unit = { scale: 1 / 255, mean: [0, 0, 0], std: [1, 1, 1] };

/**
 * Mean of a 32 × 32 cell of one colour minus half the others', as a logit: about +6 for a pure cell, −4 for grey.
 * Rows: what precedes the classes (zeros with a bias), then one row per colour.
 */
function cellWeights(leading: readonly number[], classes: number): Tensor[] {
  const rows = leading.length + classes;
  const weights = new Array<number>(rows * 3 * cell * cell).fill(0);
  const bias = [...leading, ...new Array<number>(classes).fill(-4)];
  for (let colour = 0; colour < classes; colour++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = (channel === colour ? 10 : -5) / (cell * cell);
      const start = ((leading.length + colour) * 3 + channel) * cell * cell;
      weights.fill(value, start, start + cell * cell);
    }
  }
  return [
    { name: 'weight', dims: [rows, 3, cell, cell], values: weights },
    { name: 'bias', dims: [rows], values: bias },
  ];
}

const conv: Node = {
  op: 'Conv',
  inputs: ['images', 'weight', 'bias'],
  outputs: ['cells'],
  attributes: { kernel_shape: [cell, cell], strides: [cell, cell] },
};

function flattened(rows: number, count: number): { node: Node; weight: Tensor } {
  return {
    node: { op: 'Reshape', inputs: ['cells', 'flat_shape'], outputs: ['flat'] },
    weight: { name: 'flat_shape', dims: [3], values: [1, rows, count], integer: true },
  };
}

/** Centre x, centre y, width, height of every cell, row by row, multiplied by `by`. */
function grid(columns: number, lines: number, by: number): number[] {
  const cells = Array.from(
    { length: columns * lines },
    (_, index) => [index % columns, Math.floor(index / columns)] as const,
  );
  return [
    ...cells.map(([x]) => (x + 0.5) * cell * by),
    ...cells.map(([, y]) => (y + 0.5) * cell * by),
    ...cells.map(() => cell * by),
    ...cells.map(() => cell * by),
  ];
}

/** YOLOX shape: 1 × cells × (5 + 1), one class, the cell's own place as the box. */
export function yoloxPack(width = 320, height = 192): TinyPack {
  const count = (width / cell) * (height / cell);
  const { node, weight } = flattened(6, count);
  const graph: Graph = {
    nodes: [conv, node, { op: 'Transpose', inputs: ['flat'], outputs: ['output'], attributes: { perm: [0, 2, 1] } }],
    weights: [...cellWeights([0.5, 0.5, 0, 0, 20], 1), weight],
    inputs: [{ name: 'images', dims: [1, 3, height, width] }],
    outputs: [{ name: 'output', dims: [1, count, 6] }],
  };
  return pack(encodeModel(graph), {
    name: 'squares-yolox',
    task: 'detect',
    input: { name: 'images', width, height, layout: 'nchw', channels: 'rgb', fit: 'letterbox', pad: 114, ...unit },
    output: {
      decoder: 'yolox',
      names: ['output'],
      strides: [cell],
      activated: false,
      nmsIou: 0.5,
      minScore: 0.2,
      maxDetections: 50,
    },
    labels: ['red_square'],
    violations: [{ id: 'red', labels: ['red_square'], threshold: 0.6, on: true, experimental: false }],
  });
}

/** YOLOv8 shape: 1 × (4 + 3) × cells, three classes, scores through their sigmoid, boxes in input pixels. */
export function yolov8Pack(width = 224, height = 224): TinyPack {
  const count = (width / cell) * (height / cell);
  const { node, weight } = flattened(3, count);
  const graph: Graph = {
    nodes: [
      conv,
      node,
      { op: 'Sigmoid', inputs: ['flat'], outputs: ['scores'] },
      { op: 'Concat', inputs: ['grid', 'scores'], outputs: ['output0'], attributes: { axis: 1 } },
    ],
    weights: [
      ...cellWeights([], 3),
      weight,
      { name: 'grid', dims: [1, 4, count], values: grid(width / cell, height / cell, 1) },
    ],
    inputs: [{ name: 'images', dims: [1, 3, height, width] }],
    outputs: [{ name: 'output0', dims: [1, 7, count] }],
  };
  return pack(encodeModel(graph), {
    name: 'squares-v8',
    task: 'detect',
    input: {
      name: 'images',
      width,
      height,
      layout: 'nchw',
      channels: 'rgb',
      fit: 'letterbox',
      align: 'center',
      ...unit,
    },
    output: { decoder: 'yolov8', names: ['output0'], nmsIou: 0.5, minScore: 0.2, maxDetections: 50 },
    labels: colours.map((colour) => `${colour}_patch`),
    violations: [{ id: 'blue', labels: ['blue_patch'], threshold: 0.5, on: false, experimental: true }],
  });
}

/** Two outputs: corners as fractions 1 × cells × 4, probabilities 1 × cells × 3. */
export function boxesScoresPack(width = 256, height = 128): TinyPack {
  const columns = width / cell;
  const count = columns * (height / cell);
  const { node, weight } = flattened(3, count);
  const corners = Array.from({ length: count }, (_, index) => {
    const [x, y] = [index % columns, Math.floor(index / columns)];
    return [(x * cell) / width, (y * cell) / height, ((x + 1) * cell) / width, ((y + 1) * cell) / height];
  }).flat();
  const graph: Graph = {
    nodes: [
      conv,
      node,
      { op: 'Sigmoid', inputs: ['flat'], outputs: ['chances'] },
      { op: 'Transpose', inputs: ['chances'], outputs: ['scores'], attributes: { perm: [0, 2, 1] } },
      { op: 'Identity', inputs: ['corners'], outputs: ['boxes'] },
    ],
    weights: [...cellWeights([], 3), weight, { name: 'corners', dims: [1, count, 4], values: corners }],
    inputs: [{ name: 'images', dims: [1, 3, height, width] }],
    outputs: [
      { name: 'boxes', dims: [1, count, 4] },
      { name: 'scores', dims: [1, count, 3] },
    ],
  };
  return pack(encodeModel(graph), {
    name: 'squares-corners',
    task: 'detect',
    input: { name: 'images', width, height, layout: 'nchw', channels: 'rgb', fit: 'stretch', ...unit },
    output: { decoder: 'boxes-scores', names: ['boxes', 'scores'], nmsIou: 0.5, minScore: 0.2, maxDetections: 50 },
    labels: colours.map((colour) => `${colour}_area`),
    violations: [],
  });
}

/** Logits of three colours and of "warm" and "cold": two groups of columns, any batch. */
export function colourPack(task: 'classify-crop' | 'classify-frame' = 'classify-crop', size = 32): TinyPack {
  const rows = [
    [12, -6, -6],
    [-6, 12, -6],
    [-6, -6, 12],
    [8, 0, -8],
    [-8, 0, 8],
  ];
  const graph: Graph = {
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['crop'], outputs: ['mean'] },
      { op: 'Conv', inputs: ['mean', 'mix', 'offset'], outputs: ['mixed'], attributes: { kernel_shape: [1, 1] } },
      { op: 'Flatten', inputs: ['mixed'], outputs: ['logits'], attributes: { axis: 1 } },
    ],
    weights: [
      { name: 'mix', dims: [5, 3, 1, 1], values: rows.flat() },
      { name: 'offset', dims: [5], values: [0, 0, 0, 0, 0] },
    ],
    inputs: [{ name: 'crop', dims: ['n', 3, size, size] }],
    outputs: [{ name: 'logits', dims: ['n', 5] }],
  };
  const crop = { of: ['red_square'], minSizePx: 24, grow: [0.5, 0.5], anchor: 'center', unknownLabel: 'too_small' };
  return pack(encodeModel(graph), {
    name: 'colours',
    task,
    input: {
      name: 'crop',
      width: size,
      height: size,
      layout: 'nchw',
      channels: 'rgb',
      fit: 'stretch',
      ...unit,
      batch: 'dynamic',
    },
    output: { decoder: 'logits-softmax', names: ['logits'], minScore: 0.3, maxDetections: 10 },
    labels: ['red', 'green', 'blue', 'warm', 'cold'],
    groups: [
      [0, 1, 2],
      [3, 4],
    ],
    ...(task === 'classify-crop' ? { crop } : {}),
    violations: [],
  });
}

/** Looks closer at red squares: the mean colour of a crop, and a last layer that calls whatever is not red a bare face. */
export function facePack(size = 32): TinyPack {
  const graph: Graph = {
    nodes: [
      { op: 'GlobalAveragePool', inputs: ['crop'], outputs: ['mean'] },
      { op: 'Flatten', inputs: ['mean'], outputs: ['trunk'], attributes: { axis: 1 } },
      {
        op: 'Gemm',
        inputs: ['trunk', 'answers.weight', 'answers.bias'],
        outputs: ['logits'],
        attributes: { transB: 1 },
      },
    ],
    weights: [
      { name: 'answers.weight', dims: [2, 3], values: [-2, 1, 1, 2, -1, -1] },
      { name: 'answers.bias', dims: [2], values: [0.5, -0.5] },
    ],
    inputs: [{ name: 'crop', dims: ['n', 3, size, size] }],
    outputs: [{ name: 'logits', dims: ['n', 2] }],
  };
  const size32 = { width: size, height: size, layout: 'nchw', channels: 'rgb', fit: 'stretch' };
  return pack(encodeModel(graph), {
    name: 'faces',
    task: 'classify-crop',
    input: { name: 'crop', ...size32, ...unit, batch: 'dynamic' },
    output: { decoder: 'logits-softmax', names: ['logits'], minScore: 0.05, maxDetections: 10 },
    labels: ['bare_face', 'masked_face'],
    crop: { of: ['red_square'], minSizePx: 8, grow: [1, 1], anchor: 'center', unknownLabel: 'too_small' },
    violations: [{ id: 'no_mask', labels: ['bare_face'], threshold: 0.5, on: true, experimental: false }],
  });
}

/** A pack of these bytes whose manifest states their hash. */
export function pack(model: Buffer, form: TinyForm): TinyPack {
  const sha256 = createHash('sha256').update(model).digest('hex');
  const file = `${form.name}.onnx`;
  return { model, manifest: { version: '1.0.0', licence: 'Apache-2.0', ...form, sha256, file } };
}

/** Writes the packs into a new folder and says where. */
export async function writePacks(...packs: readonly TinyPack[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'packs-'));
  for (const { manifest, model } of packs) {
    await writeFile(path.join(folder, manifest.file), model);
    await writeFile(path.join(folder, `${manifest.name}.json`), JSON.stringify(manifest, null, 2));
  }
  return folder;
}
