// Reads the size of a JPEG out of its header, in place: one trip less to the decoder's threads for every frame.

export interface JpegHeader {
  /** As stored, before the EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1…8. */
  readonly orientation: number;
}

const exif = Buffer.from('Exif\0\0', 'latin1');
const orientationTag = 0x0112;
/** Segments before the picture; a camera writes fewer than ten. */
const maxSegments = 200;

/** Undefined for what this short look does not understand: then the decoder is asked. */
export function readJpegHeader(bytes: Buffer): JpegHeader | undefined {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let orientation: number | undefined;
  let at = 2;
  for (let segment = 0; segment < maxSegments && at + 9 <= bytes.length; segment++) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1] as number;
    const length = bytes.readUInt16BE(at + 2);
    if (isFrame(marker)) return sized(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5), orientation ?? 1);
    // A fill byte, a marker without a length, or the scan before the size: rare enough to be asked about.
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xda) || marker === 0xff || length < 2) return undefined;
    if (marker === 0xe1 && bytes.subarray(at + 4, at + 10).equals(exif)) {
      if (orientation !== undefined) return undefined;
      orientation = orientationOf(bytes.subarray(at + 10, at + 2 + length));
      if (orientation === undefined) return undefined;
    }
    at += 2 + length;
  }
  return undefined;
}

/** SOF0…SOF15 without DHT, JPG and DAC, which stand among them (ITU-T T.81 table B.1). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** A height of 0 comes later in the file (DNL). */
function sized(width: number, height: number, orientation: number): JpegHeader | undefined {
  return width > 0 && height > 0 ? { width, height, orientation } : undefined;
}

/** The orientation of a TIFF block, 1 when it names none; undefined when it cannot be followed. */
function orientationOf(tiff: Buffer): number | undefined {
  if (tiff.length < 8) return undefined;
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return undefined;
  const short = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = order === 'II' ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return undefined;
  const entries = short(directory);
  for (let entry = 0, at = directory + 2; entry < entries; entry++, at += 12) {
    if (at + 12 > tiff.length) return undefined;
    if (short(at) !== orientationTag) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : undefined;
  }
  return 1;
}
