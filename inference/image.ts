// Opens pictures that strangers sent: only JPEG, PNG and WebP, only what fits, every refusal with its code.

import { fileTypeFromBuffer } from 'file-type';
import type { Sharp } from 'sharp';
import { readJpegHeader } from './jpeg-header.ts';
import { sharp } from './libvips.ts';
import { PictureRefusal } from './picture-refusal.ts';

export const pictureLimits = {
  maxBytes: 20 * 1024 * 1024,
  /** A progressive JPEG of this many pixels costs libjpeg about 150 MB; a 4K camera sends 8.3 million. */
  maxPixels: 25_000_000,
  maxSide: 16_384,
  minSide: 16,
  /** Beyond this width or height a frame is decoded smaller: nothing we look for needs more. */
  workingSide: 1920,
  evidenceWidth: 1280,
  evidenceQuality: 80,
  changedQuality: 92,
} as const;

/** A picture whose type and size were checked; its pixels may still turn out damaged. */
export interface Picture {
  readonly bytes: Buffer;
  readonly type: 'image/jpeg' | 'image/png' | 'image/webp';
  /** As seen: after the EXIF rotation. */
  readonly width: number;
  readonly height: number;
}

/** 8-bit RGB, row by row, three bytes a pixel. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** libvips threads per picture. One inside a worker: its neighbours have the other cores. */
export function limitPictureThreads(threads: number): void {
  sharp.concurrency(threads);
}

/** Reads the header only. Throws PictureRefusal. */
export async function openPicture(bytes: Buffer): Promise<Picture> {
  if (bytes.length === 0) throw new PictureRefusal('empty', 'The file is empty.');
  if (bytes.length > pictureLimits.maxBytes) {
    throw new PictureRefusal('too_large', `The file has more than ${pictureLimits.maxBytes} bytes.`);
  }
  const type = await pictureType(bytes);
  const header = await readHeader(bytes);
  if ((header.pages ?? 1) > 1) throw new PictureRefusal('animated', 'The picture is animated; send a single frame.');
  checkSize(header.width, header.height);
  return { bytes, type, width: header.width, height: header.height };
}

/** Pixels at the size they have, or at most `workingSide` on the longer side. Throws PictureRefusal('damaged'). */
export async function decodePixels(picture: Picture): Promise<Pixels> {
  const side = pictureLimits.workingSide;
  const pipeline = reader(picture.bytes);
  // A resize to the same size would still cost as much as the decoding.
  if (Math.max(picture.width, picture.height) > side) pipeline.resize(side, side, { fit: 'inside' });
  return pixelsOf(pipeline);
}

/** Pixels at exactly this size; a JPEG is decoded smaller where that is enough, which saves a third of the time. */
export async function decodePixelsAt(picture: Picture, width: number, height: number): Promise<Pixels> {
  return pixelsOf(reader(picture.bytes).resize(width, height, { fit: 'fill', kernel: 'linear' }));
}

/** Scales pixels with an antialiasing triangle filter, as the training does. */
export async function resizePixels(pixels: Pixels, width: number, height: number): Promise<Pixels> {
  if (pixels.width === width && pixels.height === height) return pixels;
  const { data } = await sharp(pixels.data, { raw: { width: pixels.width, height: pixels.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width, height };
}

export interface Evidence {
  readonly jpeg: Buffer;
  readonly width: number;
  readonly height: number;
}

/** The picture a reviewer will see: a JPEG at most 1280 wide, upright, without metadata. */
export async function encodeEvidence(picture: Picture): Promise<Evidence> {
  const pipeline = reader(picture.bytes).resize({ width: pictureLimits.evidenceWidth, withoutEnlargement: true });
  try {
    const { data, info } = await pipeline
      .jpeg({ quality: pictureLimits.evidenceQuality })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height };
  } catch (cause) {
    throw damaged(cause);
  }
}

/** A JPEG of pixels that were changed; looked at like the picture they came from. */
export function encodePixels({ data, width, height }: Pixels): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: pictureLimits.changedQuality })
    .toBuffer();
}

/** Its HEVC is decoded by no library here; the phone itself has the way out. */
const heicSaid =
  'This is a HEIC photo of a phone, which is not read: choose “Most compatible” in the camera settings of the phone, or save it as JPEG.';

async function pictureType(bytes: Buffer): Promise<Picture['type']> {
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  const mime: string | undefined = found?.mime;
  if (mime === 'image/jpeg' || mime === 'image/png' || mime === 'image/webp') return mime;
  if (mime === 'image/apng') throw new PictureRefusal('animated', 'The picture is animated; send a single frame.');
  if (mime !== undefined && /^image\/hei[cf]/.test(mime)) throw new PictureRefusal('heic', heicSaid);
  if (mime?.startsWith('image/'))
    throw new PictureRefusal('unsupported_type', `${mime} is not read; send JPEG, PNG or WebP.`);
  throw new PictureRefusal('not_a_picture', 'The file is not a JPEG, PNG or WebP picture.');
}

interface Header {
  readonly width: number;
  readonly height: number;
  readonly pages?: number | undefined;
}

async function readHeader(bytes: Buffer): Promise<Header> {
  const jpeg = readJpegHeader(bytes);
  if (jpeg !== undefined) return jpeg.orientation < 5 ? jpeg : { width: jpeg.height, height: jpeg.width };
  try {
    // The pixel limit is checked by us below, so that a bomb is called too large and not damaged.
    const { autoOrient, pages } = await sharp(bytes, { limitInputPixels: false }).metadata();
    return { width: autoOrient.width, height: autoOrient.height, pages };
  } catch (cause) {
    throw damaged(cause);
  }
}

function checkSize(width: number, height: number): void {
  if (width * height > pictureLimits.maxPixels || Math.max(width, height) > pictureLimits.maxSide) {
    throw new PictureRefusal(
      'too_large',
      `The picture is ${width} × ${height}; at most ${pictureLimits.maxPixels} pixels.`,
    );
  }
  if (Math.min(width, height) < pictureLimits.minSide) {
    throw new PictureRefusal(
      'too_small',
      `The picture is ${width} × ${height}; each side needs ${pictureLimits.minSide}.`,
    );
  }
}

function reader(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: pictureLimits.maxPixels, failOn: 'error' })
    .autoOrient()
    .flatten({ background: '#808080' })
    .toColourspace('srgb');
}

async function pixelsOf(pipeline: Sharp): Promise<Pixels> {
  try {
    const { data, info } = await pipeline.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels instead of 3`);
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause: unknown): PictureRefusal {
  const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
  return new PictureRefusal('damaged', `The picture is damaged: ${reason}`);
}
