// Takes the JPEGs out of a multipart stream, as HTTP cameras send them and as ffmpeg's mpjpeg writes them.

import { CameraFault } from './camera-fault.ts';

const startOfImage = Buffer.from([0xff, 0xd8, 0xff]);
const maxPartHeader = 4096;

export interface JpegParts {
  /** Whole pictures that this chunk completed. Throws CameraFault for what is no multipart JPEG. */
  push(chunk: Buffer): Buffer[];
}

/** `boundary` may be undefined: then a part without a length ends where the next line begins with two dashes. */
export function jpegParts(boundary: string | undefined, maxBytes: number): JpegParts {
  const ends = Buffer.from(`\r\n--${boundary?.replace(/^--/, '') ?? ''}`, 'latin1');
  let rest: Buffer = Buffer.alloc(0);
  /** Where the search for the end goes on: bytes already searched are not searched again. */
  let searched = 0;
  const take = (): Buffer | undefined => {
    const start = rest.indexOf(startOfImage);
    if (start < 0) {
      if (rest.length > maxPartHeader)
        throw new CameraFault('protocol', 'What the camera sends is not a stream of JPEG pictures.');
      return undefined;
    }
    const length = /content-length:\s*(\d{1,9})/i.exec(
      rest.subarray(Math.max(0, start - maxPartHeader), start).toString('latin1'),
    )?.[1];
    if (length !== undefined)
      return Number(length) > maxBytes ? tooLarge(maxBytes) : cut(start, start + Number(length));
    const end = rest.indexOf(ends, Math.max(start, searched));
    if (end >= 0) return cut(start, end);
    searched = Math.max(start, rest.length - ends.length);
    return undefined;
  };
  const cut = (start: number, end: number): Buffer | undefined => {
    if (rest.length < end) return undefined;
    const picture = Buffer.from(rest.subarray(start, end));
    rest = rest.subarray(end);
    searched = 0;
    return picture;
  };
  return {
    push(chunk) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const pictures: Buffer[] = [];
      for (let picture = take(); picture; picture = take()) pictures.push(picture);
      if (rest.length > maxBytes) tooLarge(maxBytes);
      return pictures;
    },
  };
}

/** The boundary a Content-Type names. */
export function boundaryOf(type: string): string | undefined {
  return /boundary="?([^";,\s]{1,100})/i.exec(type)?.[1];
}

function tooLarge(maxBytes: number): never {
  throw new CameraFault('too_large', `One picture of the camera has more than ${maxBytes} bytes.`);
}
