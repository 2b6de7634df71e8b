// The last layer of a classifier inside its ONNX file: its numbers read and written, and what goes into it given out.

import { bytesField, numberField, readMessage, type WireField, type WireMessage } from './protobuf.ts';

// Numbers of onnx.proto.
const modelGraph = 7;
const graph = { node: 1, weight: 5, output: 12, valueInfo: 13 } as const;
const node = { input: 1, output: 2, op: 4, attribute: 5 } as const;
const attribute = { name: 1, float: 2, integer: 3 } as const;
const tensor = { dims: 1, type: 2, name: 8, raw: 9 } as const;
const elementType = { float: 1, half: 10 } as const;

/** logits = weights · embedding + bias; a model that looks at a crop twice gives the mean of both embeddings to it. */
export interface LastLayer {
  /** Rows of `width` numbers, one a label. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly width: number;
  /** Tensors that go into it. */
  readonly embeddings: readonly string[];
}

/** The model does not end in a layer that can be tuned alone. */
export class NoLastLayer extends Error {
  constructor(reason: string) {
    super(`The last layer of this model cannot be tuned: ${reason}.`);
    this.name = 'NoLastLayer';
  }
}

/** Throws NoLastLayer. */
export function readLastLayer(model: Buffer): LastLayer {
  const { layer, weight, bias } = findLayer(graphOf(model));
  return { ...layer, weights: numbersOf(weight), bias: numbersOf(bias) };
}

/** The same model, which gives out its embeddings beside its answers. Throws NoLastLayer. */
export function withEmbeddings(model: Buffer): Buffer {
  const { layer } = findLayer(graphOf(model));
  const floatTensor = bytesField(1, numberField(1, elementType.float));
  const ports = layer.embeddings.map((name) =>
    bytesField(graph.output, Buffer.concat([bytesField(1, Buffer.from(name)), bytesField(2, floatTensor)])),
  );
  return editGraph(model, (fields) => [...fields.map(({ raw }) => raw), ...ports]);
}

/** The same model with other numbers in its last layer, in 32 bits. Throws NoLastLayer. */
export function withLastLayer(model: Buffer, { weights, bias }: Pick<LastLayer, 'weights' | 'bias'>): Buffer {
  const found = findLayer(graphOf(model));
  const instead = new Map<WireField, Float32Array>([
    [found.weight, weights],
    [found.bias, bias],
  ]);
  for (const [field, numbers] of instead)
    if (numbersOf(field).length !== numbers.length) throw new NoLastLayer('the new numbers are not as many as the old');
  // The fields are found again in the bytes they came from: two reads of one file give the same places.
  const byPlace = new Map([...instead].map(([field, numbers]) => [field.raw.byteOffset, numbers]));
  return editGraph(model, (fields) =>
    fields.map((field) => {
      const numbers = byPlace.get(field.raw.byteOffset);
      return numbers === undefined ? field.raw : bytesField(graph.weight, tensorWith(field, numbers));
    }),
  );
}

function editGraph(model: Buffer, edit: (fields: readonly WireField[]) => Buffer[]): Buffer {
  const parts = followed(readMessage(model)).map((part) =>
    part.field === modelGraph
      ? bytesField(modelGraph, Buffer.concat(edit(followed(readMessage(part.value)))))
      : part.raw,
  );
  return Buffer.concat(parts);
}

function graphOf(model: Buffer): readonly WireField[] {
  const found = followed(readMessage(model)).find(({ field }) => field === modelGraph);
  if (found === undefined) throw new NoLastLayer('the file holds no graph');
  return followed(readMessage(found.value));
}

function followed({ fields, whole }: WireMessage): readonly WireField[] {
  if (!whole) throw new NoLastLayer('the file cannot be read to its end');
  return fields;
}

interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly fields: readonly WireField[];
}

/** Every Gemm that uses the last one's numbers is the same layer, used once for each look at the crop. */
function findLayer(fields: readonly WireField[]) {
  const nodes = fields.filter(({ field }) => field === graph.node).map(nodeOf);
  const last = nodes.findLast(({ op }) => op === 'Gemm');
  const [, weightName, biasName] = last?.inputs ?? [];
  if (weightName === undefined || biasName === undefined)
    throw new NoLastLayer('it does not end in a Gemm with a bias');
  const used = nodes.filter(({ inputs }) => inputs.includes(weightName) || inputs.includes(biasName));
  const same = used.filter(({ op, inputs }) => op === 'Gemm' && inputs[1] === weightName && inputs[2] === biasName);
  if (used.length !== same.length || !same.every(isPlain)) throw new NoLastLayer('its numbers are used otherwise too');
  const tensors = new Map(
    fields.filter(({ field }) => field === graph.weight).map((field) => [stringOf(field.value, tensor.name), field]),
  );
  // Numbers kept in 16 bits are widened by a Cast on their way.
  const source = (name: string) =>
    tensors.get(name) ??
    tensors.get(nodes.find(({ op, outputs }) => op === 'Cast' && outputs.includes(name))?.inputs[0] ?? '');
  const [weight, bias] = [source(weightName), source(biasName)];
  if (weight === undefined || bias === undefined) throw new NoLastLayer('its numbers are not in the file');
  const [rows = 0, width = 0] = dimsOf(weight.value);
  if (rows * width === 0 || dimsOf(bias.value).join() !== String(rows)) throw new NoLastLayer('its shapes do not fit');
  if (
    fields.some(
      ({ field, value }) => field === graph.valueInfo && stringOf(value, 1) === stringOf(weight.value, tensor.name),
    )
  )
    throw new NoLastLayer('the type of its numbers is stated twice');
  return { layer: { width, embeddings: same.map(({ inputs }) => inputs[0] as string) }, weight, bias };
}

function nodeOf({ value }: WireField): Node {
  const fields = followed(readMessage(value));
  const texts = (wanted: number) => fields.filter(({ field }) => field === wanted).map((each) => each.value.toString());
  return { op: texts(node.op)[0] ?? '', inputs: texts(node.input), outputs: texts(node.output), fields };
}

/** The weights lie row by label, and nothing is scaled. */
function isPlain({ fields }: Node): boolean {
  const said = new Map<string, number>();
  for (const { value } of fields.filter(({ field }) => field === node.attribute)) {
    const parts = followed(readMessage(value));
    const float = parts.find(({ field, kind }) => field === attribute.float && kind === 5);
    const integer = parts.find(({ field }) => field === attribute.integer)?.number ?? 0;
    said.set(
      stringOf(value, attribute.name),
      float === undefined ? integer : float.raw.readFloatLE(float.raw.length - 4),
    );
  }
  const { transA = 0, transB = 0, alpha = 1, beta = 1 } = Object.fromEntries(said) as Record<string, number>;
  return transA === 0 && transB === 1 && alpha === 1 && beta === 1;
}

function stringOf(message: Buffer, wanted: number): string {
  return (
    followed(readMessage(message))
      .find(({ field }) => field === wanted)
      ?.value.toString() ?? ''
  );
}

function dimsOf(message: Buffer): number[] {
  return followed(readMessage(message)).flatMap(({ field, kind, number, value }) => {
    if (field !== tensor.dims) return [];
    return kind === 0 ? [number] : packedNumbers(value);
  });
}

/** Several numbers in one field: each is read as if it had a key of its own. */
function packedNumbers(value: Buffer): number[] {
  const numbers: number[] = [];
  for (let from = 0; from < value.length; ) {
    let to = from;
    while (to < value.length && (value[to] as number) >= 0x80) to++;
    const one = Buffer.concat([Buffer.from([8]), value.subarray(from, to + 1)]);
    numbers.push(readMessage(one).fields[0]?.number ?? 0);
    from = to + 1;
  }
  return numbers;
}

function numbersOf({ value }: WireField): Float32Array {
  const fields = followed(readMessage(value));
  const type = fields.find(({ field }) => field === tensor.type)?.number;
  const raw = fields.find(({ field }) => field === tensor.raw)?.value;
  if (raw === undefined) throw new NoLastLayer('its numbers are not kept as bytes');
  if (type === elementType.float)
    return Float32Array.from({ length: raw.length / 4 }, (_, index) => raw.readFloatLE(index * 4));
  if (type === elementType.half)
    return Float32Array.from({ length: raw.length / 2 }, (_, index) => fromHalf(raw.readUInt16LE(index * 2)));
  throw new NoLastLayer('its numbers are neither in 32 nor in 16 bits');
}

function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** A Cast to 32 bits takes 32 bits as well, so nothing else of the graph changes. */
function tensorWith({ value }: WireField, numbers: Float32Array): Buffer {
  const raw = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) raw.writeFloatLE(number, index * 4);
  const parts = followed(readMessage(value)).map((field) => {
    if (field.field === tensor.type) return numberField(tensor.type, elementType.float);
    return field.field === tensor.raw ? bytesField(tensor.raw, raw) : field.raw;
  });
  return Buffer.concat(parts);
}
