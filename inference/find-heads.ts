// Looks for heads alone: over the whole picture, or closer, over enlarged parts of it that overlap.
import { headBoxes, knowsHeads, leastHeadScore } from './head-boxes.ts';
import { decodePixels, openPicture, type Picture, type Pixels } from './image.ts';
import { type ReadyPack, runOnFrame, type Size } from './run-pack.ts';
import { newStopwatch } from './stopwatch.ts';
import { fittedPixels, placementOf } from './tensor.ts';
import type { Box, Detection, HeadLook, HeadReading, PackName } from './types.ts';

/** A part is about this large, so that the detector sees it at its own size or larger. */
const partSide = { width: 640, height: 384 } as const;
const parts = { least: 2, most: 4 } as const;
/** A head on a border lies whole in the neighbour. */
const overlapShare = 0.25;

/** The detectors among these packs that find heads. */
export function headPacksOf(packs: readonly ReadyPack[]): ReadyPack[] {
  return packs.filter(({ manifest }) => manifest.task === 'detect' && knowsHeads(manifest.labels));
}

/** Undefined when no pack here knows heads: then nobody knows where they are. Throws PictureRefusal. */
export async function findHeads(
  packs: readonly ReadyPack[],
  image: Buffer,
  look: HeadLook,
): Promise<HeadReading | undefined> {
  if (packs.length === 0) return undefined;
  const picture = await openPicture(image);
  const pixels = await decodePixels(picture);
  const seen = await headsIn(packs, pixels, picture);
  const closer = look === 'close' ? await headsInParts(packs, pixels, picture) : [];
  return readingOf(packs, look, [...headBoxes(seen, 'frame'), ...headBoxes(closer, 'close')]);
}

/** What a picture of this size gave, whoever looked. */
export function readingOf(packs: readonly ReadyPack[], look: HeadLook, heads: readonly Box[]): HeadReading {
  return { look, heads, packs: packs.map(nameOf) };
}

function nameOf({ manifest: { name, version, sha256 }, manifestSha256 }: ReadyPack): PackName {
  return { name, version, sha256, manifestSha256 };
}

/** Every box that may be a head or a person, however unsure the pack is of it. */
export async function headsIn(packs: readonly ReadyPack[], pixels: Picture | Pixels, size: Size): Promise<Detection[]> {
  const found: Detection[] = [];
  const watch = newStopwatch();
  for (const pack of packs) {
    const at = placementOf(pack.manifest.input, pixels);
    const { faint } = await runOnFrame(pack, await fittedPixels(pixels, at), at, size, watch, leastHeadScore.frame);
    found.push(...faint);
  }
  return found;
}

async function headsInParts(packs: readonly ReadyPack[], pixels: Pixels, size: Size): Promise<Detection[]> {
  const found: Detection[] = [];
  for (const part of partsOf(pixels)) {
    const seen = await headsIn(packs, cutOut(pixels, part), part);
    found.push(...seen.map((detection) => ({ ...detection, ...onWhole(detection, part, pixels, size) })));
  }
  return found;
}

interface Part extends Size {
  readonly left: number;
  readonly top: number;
}

function partsOf({ width, height }: Size): Part[] {
  const columns = spans(width, partSide.width);
  const rows = spans(height, partSide.height);
  return rows.flatMap((row) =>
    columns.map((column) => ({ left: column.from, top: row.from, width: column.length, height: row.length })),
  );
}

function spans(whole: number, side: number): { from: number; length: number }[] {
  const count = Math.min(parts.most, Math.max(parts.least, Math.ceil(whole / side)));
  const length = Math.min(whole, Math.ceil((whole / count) * (1 + overlapShare)));
  return Array.from({ length: count }, (_, index) => ({
    from: Math.round(((whole - length) * index) / (count - 1)),
    length,
  }));
}

function cutOut({ data, width }: Pixels, part: Part): Pixels {
  const cut = new Uint8Array(part.width * part.height * 3);
  for (let row = 0; row < part.height; row++) {
    const from = ((part.top + row) * width + part.left) * 3;
    cut.set(data.subarray(from, from + part.width * 3), row * part.width * 3);
  }
  return { data: cut, width: part.width, height: part.height };
}

function onWhole({ box: [x, y, w, h] }: Detection, part: Part, pixels: Size, size: Size) {
  const box: Box = [
    (part.left + x * part.width) / pixels.width,
    (part.top + y * part.height) / pixels.height,
    (w * part.width) / pixels.width,
    (h * part.height) / pixels.height,
  ];
  return { box, sizePx: Math.round(Math.min(box[2] * size.width, box[3] * size.height)) };
}
