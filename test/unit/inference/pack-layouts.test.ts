// Models exported in another layout than a pack can say, each built here and run: refused by the layout's name, with how to export it.
import { rm } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { openDetector } from '../../../inference/detector.ts';
import { PacksRefused } from '../../../inference/pack-folder.ts';
import { elementTypes, encodeModel, type Graph, type Node, type Port } from '../../support/tiny-onnx.ts';
import { pack, type TinyPack, writePacks, yolov8Pack } from '../../support/tiny-packs.ts';

async function saidOf(graph: Graph): Promise<string> {
  const { sha256: _, ...form } = yolov8Pack().manifest as TinyPack['manifest'] & { sha256?: string };
  const modelsDir = await writePacks(pack(encodeModel(graph), form));
  try {
    await (await openDetector({ modelsDir })).close();
    return 'opened';
  } catch (cause) {
    if (!(cause instanceof PacksRefused)) throw cause;
    return cause.faults.map(({ place, reason }) => `${place}: ${reason}`).join('\n');
  } finally {
    await rm(modelsDir, { recursive: true });
  }
}

const side = 224;
const image: Port = { name: 'images', dims: [1, 3, side, side] };

/** Takes a picture and answers rows of numbers that are none of its business: a layout shows before what it says. */
function answering(
  dims: readonly number[],
  more: Partial<Graph> & { readonly input?: Port; readonly before?: readonly Node[] } = {},
): Graph {
  const { input = image, before = [] } = more;
  const count = dims.reduce((product, size) => product * size, 1);
  return {
    nodes: [
      ...before,
      {
        op: 'ReduceMean',
        inputs: [before.at(-1)?.outputs[0] ?? input.name],
        outputs: ['mean'],
        attributes: { axes: [1, 2, 3], keepdims: 0 },
      },
      { op: 'Mul', inputs: ['mean', 'zeros'], outputs: ['nothing'] },
      { op: 'Add', inputs: ['nothing', 'rows'], outputs: ['flat'] },
      { op: 'Reshape', inputs: ['flat', 'dims'], outputs: ['output0'] },
    ],
    weights: [
      { name: 'zeros', dims: [count], values: new Array<number>(count).fill(0) },
      { name: 'rows', dims: [count], values: new Array<number>(count).fill(0.25) },
      { name: 'dims', dims: [dims.length], values: dims, integer: true },
    ],
    inputs: [input],
    outputs: more.outputs ?? [{ name: 'output0', dims }],
  };
}

const toFloat: Node = { op: 'Cast', inputs: ['images'], outputs: ['floats'], attributes: { to: elementTypes.float32 } };

it('YOLOv5, a transposed YOLOv8 and boxes after NMS are told apart by what the model answers', async () => {
  expect(await saidOf(answering([1, 49, 8]))).toContain('YOLOv5, which has an objectness');
  expect(await saidOf(answering([1, 49, 7]))).toContain('transposed; export it as 1×(4 + labels)×N');
  expect(await saidOf(answering([1, 300, 6]))).toContain('NMS inside the graph; export without NMS');
});

it('channels last, bytes and half precision are named, at the input and at the output', async () => {
  expect(await saidOf(answering([1, 7, 49], { input: { name: 'images', dims: [1, side, side, 3] } }))).toContain(
    'NHWC',
  );
  for (const type of ['uint8', 'float16'] as const) {
    const found = await saidOf(answering([1, 7, 49], { input: { ...image, type }, before: [toFloat] }));
    expect(found).toContain(`"images" takes ${type}, not float32; export it with a float32 input`);
  }
  const plain = answering([1, 7, 49]);
  const [answer] = plain.nodes.slice(-1);
  const half: Graph = {
    ...plain,
    nodes: [
      ...plain.nodes.slice(0, -1),
      { ...answer!, outputs: ['whole'] },
      { op: 'Cast', inputs: ['whole'], outputs: ['output0'], attributes: { to: elementTypes.float16 } },
    ],
    outputs: [{ name: 'output0', dims: [1, 7, 49], type: 'float16' }],
  };
  expect(await saidOf(half)).toContain('"output0" gives float16; export it with float32 outputs');
});
