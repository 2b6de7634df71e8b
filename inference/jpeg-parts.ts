// Takes the JPEGs out of a stream by their own markers (ITU-T T.81 annex B), whatever a camera writes between them.

import { CameraFault } from './camera-fault.ts';

const startOfImage = Buffer.from([0xff, 0xd8, 0xff]);
/** Heads, texts and other parts before a picture. */
const mostBetween = 256 * 1024;

export interface JpegParts {
  /** Whole pictures that this chunk completed. Throws CameraFault for what is no stream of JPEGs. */
  push(chunk: Buffer): Buffer[];
  /** The picture that had begun when the stream ended; it lacks its end. */
  unfinished(): Buffer | undefined;
  /** Whether any picture began so far. */
  begun(): boolean;
}

interface Walk {
  at: number;
  inScan: boolean;
}

export function jpegParts(boundary: string | undefined, maxBytes: number, maxBetween = mostBetween): JpegParts {
  const ends = Buffer.from(`\r\n--${boundary?.replace(/^--/, '') ?? ''}`, 'latin1');
  let rest: Buffer = Buffer.alloc(0);
  let walk: Walk | undefined;
  let begun = false;
  let between = 0;
  const begin = (): boolean => {
    const start = rest.indexOf(startOfImage);
    const skipped = start < 0 ? Math.max(0, rest.length - startOfImage.length + 1) : start;
    rest = rest.subarray(skipped);
    between += skipped;
    if (between > maxBetween)
      throw new CameraFault('protocol', 'What the camera sends is not a stream of JPEG pictures.');
    if (start < 0) return false;
    between = 0;
    walk = { at: 2, inScan: false };
    begun = true;
    return true;
  };
  const cut = (end: number): Buffer => {
    const picture = Buffer.from(rest.subarray(0, end));
    rest = rest.subarray(end);
    walk = undefined;
    return picture;
  };
  const take = (): Buffer | undefined => {
    while (walk || begin()) {
      const end = walkOn(rest, walk as Walk);
      if (end === 'lost') {
        // No picture after all: three bytes that looked like the beginning of one.
        rest = rest.subarray(2);
        walk = undefined;
        continue;
      }
      if (end === undefined) return undefined;
      if (end > maxBytes) tooLarge(maxBytes);
      return endsWhole(rest, end) ? cut(end) : withoutTail(cut(end), ends);
    }
    return undefined;
  };
  return {
    begun: () => begun,
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const pictures: Buffer[] = [];
      for (let picture = take(); picture; picture = take()) pictures.push(picture);
      if (walk && rest.length > maxBytes) tooLarge(maxBytes);
      return pictures;
    },
    unfinished: () => (walk?.inScan ? withoutTail(rest, ends) : undefined),
  };
}

/** Where the picture ends, or the next one begins; undefined when more bytes must come; 'lost' for what is no picture. */
function walkOn(bytes: Buffer, walk: Walk): number | 'lost' | undefined {
  for (;;) {
    if (walk.inScan) {
      const marker = nextMarker(bytes, walk);
      if (marker === undefined) return undefined;
      if (marker === 0xd8) return walk.at;
      walk.inScan = false;
    }
    if (walk.at + 4 > bytes.length && bytes[walk.at + 1] !== 0xd9) return undefined;
    const marker = bytes[walk.at + 1] as number;
    if (bytes[walk.at] !== 0xff || marker < 0xc0) return 'lost';
    if (marker === 0xd9) return walk.at + 2;
    if (marker === 0xff) walk.at += 1;
    else if (marker >= 0xd0 && marker <= 0xd7) walk.at += 2;
    else if (marker === 0xd8) return walk.at;
    else {
      walk.inScan = marker === 0xda;
      walk.at += 2 + bytes.readUInt16BE(walk.at + 2);
    }
  }
}

/** Leaves `walk.at` at the marker that ends the coded data; undefined while none came. */
function nextMarker(bytes: Buffer, walk: Walk): number | undefined {
  for (;;) {
    const found = bytes.indexOf(0xff, walk.at);
    if (found < 0 || found + 1 >= bytes.length) {
      walk.at = found < 0 ? Math.max(walk.at, bytes.length) : found;
      return undefined;
    }
    const next = bytes[found + 1] as number;
    walk.at = found;
    if (next >= 0xc0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return next;
    walk.at = next === 0xff ? found + 1 : found + 2;
  }
}

function endsWhole(bytes: Buffer, end: number): boolean {
  return bytes[end - 2] === 0xff && bytes[end - 1] === 0xd9;
}

/** What stands between two parts is no part of the first. */
function withoutTail(picture: Buffer, ends: Buffer): Buffer {
  const end = picture.lastIndexOf(ends);
  return end > 0 ? picture.subarray(0, end) : picture;
}

/** The boundary a Content-Type names. */
export function boundaryOf(type: string): string | undefined {
  return /boundary="?([^";,\s]{1,100})/i.exec(type)?.[1];
}

function tooLarge(maxBytes: number): never {
  throw new CameraFault('too_large', `One picture of the camera has more than ${maxBytes} bytes.`);
}
