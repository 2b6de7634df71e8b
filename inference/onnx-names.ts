// Reads what an ONNX file says of itself beside its graph: the names of its classes, and whether its weights lie elsewhere.

import { readMessage } from './protobuf.ts';

const metadataField = 14;

/** Class names by their number, as training programs write them (`{0: 'smoke', 1: 'rat'}`); undefined when it says none. */
export function modelNames(bytes: Uint8Array): string[] | undefined {
  const text = metadataOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).get('names');
  if (text === undefined) return undefined;
  const pairs = [...text.matchAll(/["']?(\d{1,4})["']?\s*:\s*(?:'([^']*)'|"([^"]*)")/g)];
  const names: string[] = [];
  for (const [, index, single, double] of pairs) names[Number(index)] = single ?? double ?? '';
  return names.length > 0 && names.length === pairs.length ? names : undefined;
}

/** The labels that stand at another number than the model's own names give them. */
export function namesFault(labels: readonly string[], names: readonly string[] | undefined): string | undefined {
  if (names === undefined) return undefined;
  const own = names.map(plain);
  const moved = labels.filter((label, index) => own.includes(plain(label)) && own[index] !== plain(label));
  if (moved.length === 0) return undefined;
  return `the model names its classes ${names.join(', ')}, in this order; the labels say ${labels.join(', ')}`;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '_');
}

/** Top-level key and value pairs of a ModelProto; the graph is passed over. */
function metadataOf(bytes: Buffer): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { field, value } of readMessage(bytes).fields) {
    if (field !== metadataField) continue;
    const parts = readMessage(value).fields;
    const part = (wanted: number) => parts.find((each) => each.field === wanted)?.value.toString('utf8') ?? '';
    found.set(part(1), part(2));
  }
  return found;
}
