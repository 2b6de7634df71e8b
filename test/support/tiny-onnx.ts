// Writes small ONNX files by hand, so that tests have real models of any shape without a training framework.

/** ONNX's numbers for the only element types used here. */
const floatType = 1;
export const elementTypes = { float32: floatType, uint8: 2, float16: 10 } as const;
const int64Type = 7;

export interface Tensor {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: readonly number[];
  readonly integer?: true;
}

export type Attribute = number | readonly number[];

export interface Node {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, Attribute>>;
}

export interface Port {
  readonly name: string;
  readonly dims: readonly (number | string)[];
  readonly type?: keyof typeof elementTypes;
}

export interface Graph {
  readonly nodes: readonly Node[];
  readonly weights: readonly Tensor[];
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** The bytes of an ONNX model (IR 8, opset 13): onnx.proto's ModelProto. */
export function encodeModel(graph: Graph): Buffer {
  const body = [
    ...graph.nodes.map((node) => nested(1, encodeNode(node))),
    text(2, 'tiny'),
    ...graph.weights.map((tensor) => nested(5, encodeTensor(tensor))),
    ...graph.inputs.map((port) => nested(11, encodePort(port))),
    ...graph.outputs.map((port) => nested(12, encodePort(port))),
  ];
  const opset = Buffer.concat([text(1, ''), whole(2, 13)]);
  return Buffer.concat([whole(1, 8), text(2, 'bright-kitchen test'), nested(7, Buffer.concat(body)), nested(8, opset)]);
}

function encodeNode({ op, inputs, outputs, attributes = {} }: Node): Buffer {
  return Buffer.concat([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, op),
    ...Object.entries(attributes).map(([name, value]) => nested(5, encodeAttribute(name, value))),
  ]);
}

function encodeAttribute(name: string, value: Attribute): Buffer {
  if (typeof value === 'number') return Buffer.concat([text(1, name), whole(3, value), whole(20, 2)]);
  return Buffer.concat([text(1, name), ...value.map((item) => whole(8, item)), whole(20, 7)]);
}

function encodeTensor({ name, dims, values, integer }: Tensor): Buffer {
  const raw = integer
    ? Buffer.from(BigInt64Array.from(values, (value) => BigInt(value)).buffer)
    : Buffer.from(Float32Array.from(values).buffer);
  const type = whole(2, integer ? int64Type : floatType);
  return Buffer.concat([...dims.map((size) => whole(1, size)), type, text(8, name), nested(9, raw)]);
}

function encodePort({ name, dims, type = 'float32' }: Port): Buffer {
  const shape = dims.map((size) => nested(1, typeof size === 'number' ? whole(1, size) : text(2, size)));
  const tensor = Buffer.concat([whole(1, elementTypes[type]), nested(2, Buffer.concat(shape))]);
  return Buffer.concat([text(1, name), nested(2, nested(1, tensor))]);
}

function whole(field: number, value: number): Buffer {
  return Buffer.concat([varint(field << 3), varint(value)]);
}

function text(field: number, value: string): Buffer {
  return nested(field, Buffer.from(value, 'utf8'));
}

function nested(field: number, body: Buffer): Buffer {
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}
