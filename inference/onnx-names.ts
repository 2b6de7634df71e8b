// Reads what an ONNX file says of itself beside its graph: the names of its classes, and whether its weights lie elsewhere.

const metadataField = 14;
const mostFields = 200_000;

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
  for (const { field, value } of fieldsOf(bytes)) {
    if (field !== metadataField) continue;
    const parts = fieldsOf(value);
    const part = (wanted: number) => parts.find((each) => each.field === wanted)?.value.toString('utf8') ?? '';
    found.set(part(1), part(2));
  }
  return found;
}

/** The fields with bytes in them; stops where it cannot follow. */
function fieldsOf(bytes: Buffer): { readonly field: number; readonly value: Buffer }[] {
  const found: { field: number; value: Buffer }[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; at < bytes.length && shift < 64; shift += 7) {
      const byte = bytes[at++] as number;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return value;
  };
  for (let count = 0; at < bytes.length && count < mostFields; count++) {
    const key = varint();
    const kind = key % 8;
    if (kind === 0) varint();
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else if (kind === 2) {
      const length = varint();
      found.push({ field: Math.floor(key / 8), value: bytes.subarray(at, at + length) });
      at += length;
    } else return found;
  }
  return found;
}
