// Cuts an RTSP connection's bytes into messages and interleaved packets (RFC 2326 §4, §10.12).

import { CameraFault } from './camera-fault.ts';

const maxHeadBytes = 16 * 1024;
const maxBodyBytes = 64 * 1024;

export interface RtspMessage {
  /** Request line or status line. */
  readonly first: string;
  /** In their order and spelling. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** A message, or the bytes of one packet as they came. */
export type RtspPart = RtspMessage | Buffer;

export interface RtspReader {
  /** What this chunk completed. Throws CameraFault for what is not RTSP. */
  push(chunk: Buffer): RtspPart[];
}

export function rtspReader(): RtspReader {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const parts: RtspPart[] = [];
      for (let taken = takePart(rest); taken; taken = takePart(rest)) {
        parts.push(taken.part);
        rest = rest.subarray(taken.length);
      }
      return parts;
    },
  };
}

export function headerOf(message: RtspMessage, name: string): string | undefined {
  return message.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

export function headersOf(message: RtspMessage, name: string): string[] {
  return message.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

export function encodeMessage({ first, headers, body }: RtspMessage): Buffer {
  const lines = headers
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`);
  if (body.length > 0) lines.push(`Content-Length: ${body.length}`);
  return Buffer.concat([Buffer.from([first, ...lines, '', ''].join('\r\n'), 'utf8'), body]);
}

interface Taken {
  readonly part: RtspPart;
  readonly length: number;
}

const dollar = 0x24;

function takePart(bytes: Buffer): Taken | undefined {
  if (bytes.length < 4) return undefined;
  if (bytes[0] === dollar) {
    const length = 4 + bytes.readUInt16BE(2);
    return bytes.length < length ? undefined : { part: bytes.subarray(0, length), length };
  }
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) {
    if (bytes.length > maxHeadBytes) throw new CameraFault('protocol', 'What the camera sends is not RTSP.');
    return undefined;
  }
  const { first, headers } = readHead(bytes.toString('utf8', 0, headEnd));
  const bodyLength = lengthOf(headers);
  const length = headEnd + 4 + bodyLength;
  if (bytes.length < length) return undefined;
  return { part: { first, headers, body: Buffer.from(bytes.subarray(headEnd + 4, length)) }, length };
}

function readHead(text: string): Pick<RtspMessage, 'first' | 'headers'> {
  const [first = '', ...lines] = text.replace(/^(\r\n)+/, '').split('\r\n');
  if (!/^(RTSP\/1\.0 \d{3}|[A-Z_]{3,20} \S+ RTSP\/1\.0$)/.test(first)) {
    throw new CameraFault('protocol', 'What the camera sends is not RTSP.');
  }
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [
      line.slice(0, colon < 0 ? line.length : colon).trim(),
      colon < 0 ? '' : line.slice(colon + 1).trim(),
    ] as const;
  });
  return { first, headers };
}

function lengthOf(headers: RtspMessage['headers']): number {
  const text = headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? '0';
  const length = Number(text);
  if (!/^\d{1,6}$/.test(text) || length > maxBodyBytes)
    throw new CameraFault('protocol', 'The camera sends an RTSP message without bounds.');
  return length;
}
