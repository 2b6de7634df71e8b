// Cuts an RTSP connection's bytes into messages and interleaved packets (RFC 2326 §4, §10.12), as liberally as players do.

import { CameraFault } from './camera-fault.ts';

const maxHeadBytes = 32 * 1024;
const maxBodyBytes = 256 * 1024;
/** Bytes between two good parts that belong to neither. */
const maxStrayBytes = 64 * 1024;

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
  /** A message whose body was announced longer than it came, as it is: for whoever waited long enough. */
  flush(): RtspPart[];
}

export function rtspReader(): RtspReader {
  let rest: Buffer = Buffer.alloc(0);
  let stray = 0;
  let known = false;
  const cut = (taken: Taken): RtspPart[] => {
    rest = rest.subarray(taken.length);
    if ('part' in taken) {
      known = true;
      stray = 0;
      return [taken.part];
    }
    stray += taken.stray;
    if (stray > (known ? maxStrayBytes : 0)) throw notRtsp();
    return [];
  };
  return {
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const parts: RtspPart[] = [];
      for (let taken = takePart(rest); taken; taken = takePart(rest)) parts.push(...cut(taken));
      return parts;
    },
    flush() {
      const taken = rest.length === 0 ? undefined : takePart(rest, 'as it is');
      return taken ? cut(taken) : [];
    },
  };
}

export function headerOf(message: RtspMessage, name: string): string | undefined {
  return message.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

export function headersOf(message: RtspMessage, name: string): string[] {
  return message.headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** Undefined for a request. Whatever version it says, and whether or not a reason follows. */
export function statusOf({ first }: RtspMessage): number | undefined {
  const code = /^RTSP\/[\d.]+\s+(\d{3})(?!\d)/i.exec(first)?.[1];
  return code === undefined ? undefined : Number(code);
}

export function encodeMessage({ first, headers, body }: RtspMessage): Buffer {
  const lines = headers
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .map(([name, value]) => `${name}: ${value}`);
  if (body.length > 0) lines.push(`Content-Length: ${body.length}`);
  return Buffer.concat([Buffer.from([first, ...lines, '', ''].join('\r\n'), 'utf8'), body]);
}

type Taken =
  | { readonly part: RtspPart; readonly length: number }
  /** Nothing of use: so many bytes go, and so many of them are no mere padding. */
  | { readonly stray: number; readonly length: number };

const dollar = 0x24;
const padding = [0x00, 0x0a, 0x0d, 0x20];

function takePart(bytes: Buffer, end?: 'as it is'): Taken | undefined {
  let from = 0;
  while (from < bytes.length && padding.includes(bytes[from] as number)) from++;
  if (from > 0) return { stray: 0, length: from };
  if (bytes.length < 4) return undefined;
  if (bytes[0] === dollar) {
    const length = 4 + bytes.readUInt16BE(2);
    return bytes.length < length ? undefined : { part: bytes.subarray(0, length), length };
  }
  const lineEnd = endOfLine(bytes);
  if (lineEnd === undefined)
    return bytes.length > maxHeadBytes ? { stray: bytes.length, length: bytes.length } : undefined;
  return isFirstLine(bytes.toString('latin1', 0, lineEnd)) ? takeMessage(bytes, end) : skipStray(bytes);
}

function takeMessage(bytes: Buffer, end: 'as it is' | undefined): Taken | undefined {
  const head = headOf(bytes);
  if (!head) {
    if (bytes.length > maxHeadBytes) throw notRtsp();
    return undefined;
  }
  const { first, headers } = readHead(head.text);
  const announced = lengthOf(headers);
  const wanted = announced ?? (isDescription(headers) ? maxBodyBytes : 0);
  const length = head.length + wanted;
  if (bytes.length < length && end === undefined) return undefined;
  const body = Buffer.from(bytes.subarray(head.length, length));
  return { part: { first, headers, body }, length: head.length + body.length };
}

/** A packet or a message begins somewhere behind what cannot be read; until it comes, all of it goes. */
function skipStray(bytes: Buffer): Taken {
  for (let at = 1; at + 4 < bytes.length; at++) {
    const packet = bytes[at] === dollar && (bytes[at + 1] as number) < 16 && (bytes[at + 4] as number) >> 6 === 2;
    if (packet || bytes.toString('latin1', at, at + 5) === 'RTSP/') return { stray: at, length: at };
  }
  // The last bytes may be the beginning of one.
  const length = Math.max(1, bytes.length - 4);
  return { stray: length, length };
}

function isFirstLine(line: string): boolean {
  return /^RTSP\/[\d.]+\s+\d{3}(?!\d)/i.test(line) || /^[A-Z_]{3,20}\s+\S+\s+RTSP\/\d/i.test(line);
}

/** Where the first line ends: at a line feed, or at a carriage return where no line feed follows. */
function endOfLine(bytes: Buffer): number | undefined {
  const end = /\r*\n|\r(?=[^\r\n])/.exec(bytes.toString('latin1', 0, maxHeadBytes));
  return end?.index;
}

/** The head up to its blank line, whatever its lines end with. */
function headOf(bytes: Buffer): { text: string; length: number } | undefined {
  const text = bytes.toString('latin1', 0, maxHeadBytes);
  const feeds = !/^[^\n\r]*\r[^\r\n]/.test(text);
  const blank = (feeds ? /\r*\n\r*\n/ : /\r\r/).exec(text);
  if (!blank) return undefined;
  const head = bytes.toString('utf8', 0, blank.index);
  return { text: feeds ? head : head.replaceAll('\r', '\n'), length: blank.index + blank[0].length };
}

function readHead(text: string): Pick<RtspMessage, 'first' | 'headers'> {
  // A line that begins with a space goes on with the one before it.
  const [first = '', ...lines] = text
    .replace(/\r/g, '')
    .replace(/\n[ \t]+/g, ' ')
    .split('\n');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [
      line.slice(0, colon < 0 ? line.length : colon).trim(),
      colon < 0 ? '' : line.slice(colon + 1).trim(),
    ] as const;
  });
  return { first: first.trim(), headers };
}

/** The last length that was said, as players take it; undefined when none can be read. */
function lengthOf(headers: RtspMessage['headers']): number | undefined {
  const text = headers.findLast(([name]) => name.toLowerCase() === 'content-length')?.[1];
  const digits = /^\+?(\d{1,12})/.exec(text ?? '')?.[1];
  if (digits === undefined) return undefined;
  if (Number(digits) > maxBodyBytes)
    throw new CameraFault('protocol', 'The camera sends an RTSP message without bounds.');
  return Number(digits);
}

function isDescription(headers: RtspMessage['headers']): boolean {
  return headers.some(([name, value]) => name.toLowerCase() === 'content-type' && /application\/sdp/i.test(value));
}

function notRtsp(): CameraFault {
  return new CameraFault('protocol', 'What the camera sends is not RTSP.');
}
