// The outermost fields of a protobuf message, with the bytes each was written in, so that one can be changed and the others stay.

const mostFields = 200_000;

export interface WireField {
  readonly field: number;
  /** 0 a number, 1 eight bytes, 2 bytes with a length, 5 four bytes. */
  readonly kind: number;
  /** Of a field with bytes in it; empty otherwise. */
  readonly value: Buffer;
  /** Of a field that is a number; 0 otherwise. */
  readonly number: number;
  /** The whole field as it was written, its key included. */
  readonly raw: Buffer;
}

export interface WireMessage {
  readonly fields: readonly WireField[];
  /** False where the reader could not follow to the end. */
  readonly whole: boolean;
}

export function readMessage(bytes: Buffer): WireMessage {
  const fields: WireField[] = [];
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
  while (at < bytes.length) {
    if (fields.length >= mostFields) return { fields, whole: false };
    const from = at;
    const key = varint();
    const kind = key % 8;
    const number = kind === 0 ? varint() : 0;
    const length = kind === 2 ? varint() : kind === 1 ? 8 : kind === 5 ? 4 : 0;
    const start = at;
    at += length;
    if (![0, 1, 2, 5].includes(kind) || at > bytes.length) return { fields, whole: false };
    fields.push({
      field: Math.floor(key / 8),
      kind,
      value: bytes.subarray(start, kind === 2 ? at : start),
      number,
      raw: bytes.subarray(from, at),
    });
  }
  return { fields, whole: true };
}

export function bytesField(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([varintBytes(field * 8 + 2), varintBytes(value.length), value]);
}

export function numberField(field: number, value: number): Buffer {
  return Buffer.concat([varintBytes(field * 8), varintBytes(value)]);
}

function varintBytes(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return Buffer.from([...bytes, rest]);
}
