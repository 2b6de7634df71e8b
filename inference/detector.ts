// From one picture to labelled boxes: decode once, check the camera, run every detector, then look closer at its boxes.

import { findHeads, headPacksOf, headsIn, readingOf } from './find-heads.ts';
import { type CheckedFrame, checkFrame } from './frame-check.ts';
import { headBoxes, kindOfLabel, leastHeadScore } from './head-boxes.ts';
import { decodePixels, openPicture, type Picture, type Pixels } from './image.ts';
import type { ModelOptions } from './onnx.ts';
import { describePack, openPacks } from './pack.ts';
import { measure } from './patches.ts';
import { type ReadyPack, readyPack, runOnCrops, runOnFrame } from './run-pack.ts';
import { smallCopy, smallSide } from './small-copy.ts';
import { newStopwatch, type Stopwatch } from './stopwatch.ts';
import { fittedPixels, type Placement, placementOf } from './tensor.ts';
import type { ClassifiedFrame, ClassifyOptions, Detection, Detector, HeadReading, PackName } from './types.ts';

export interface DetectorOptions extends ModelOptions {
  /** Folder of <name>.json and <name>.onnx. */
  readonly modelsDir: string;
}

/** Throws PacksRefused with every fault of every pack, or ProviderMissing. */
export async function openDetector({ modelsDir, ...options }: DetectorOptions): Promise<Detector> {
  const packs = (await openPacks(modelsDir, options)).map(readyPack);
  const heads = headPacksOf(packs);
  const eyes = { all: eyeOf(packs, heads), watching: eyeOf(inUse(packs), heads) };
  // The input buffers are shared between frames, so frames pass one after another.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    packs: packs.map(describePack),
    classify: (image, options = {}) => inTurn(() => classify(options.all ? eyes.all : eyes.watching, image, options)),
    heads: (image, look) => inTurn(() => findHeads(eyes.all.heads, image, look)),
    async close() {
      await last;
      await Promise.all(packs.map((pack) => pack.model.release()));
    },
  };
}

interface Eye {
  readonly frame: readonly ReadyPack[];
  readonly crop: readonly ReadyPack[];
  readonly names: readonly PackName[];
  /** Those that know heads, also where nothing they say is a violation. */
  readonly heads: readonly ReadyPack[];
}

function eyeOf(packs: readonly ReadyPack[], heads: readonly ReadyPack[]): Eye {
  return {
    heads,
    frame: packs.filter(({ manifest }) => manifest.task !== 'classify-crop'),
    crop: packs.filter(({ manifest }) => manifest.task === 'classify-crop'),
    names: packs.map(({ manifest: { name, version, sha256 }, manifestSha256 }) => ({
      name,
      version,
      sha256,
      manifestSha256,
    })),
  };
}

/**
 * Without the packs that only look for what is switched off: they would cost every frame their time. A detector stays
 * for the packs that look closer at its boxes; a pack that speaks of no violation is somebody's own and stays too.
 */
function inUse(packs: readonly ReadyPack[]): ReadyPack[] {
  const on = packs.filter(({ manifest: { violations } }) => violations.length === 0 || violations.some((v) => v.on));
  const lookedAt = new Set(on.flatMap(({ manifest }) => manifest.crop?.of ?? []));
  return packs.filter((pack) => on.includes(pack) || feeds(pack, lookedAt));
}

function feeds({ manifest }: ReadyPack, labels: ReadonlySet<string>): boolean {
  return manifest.task === 'detect' && manifest.labels.some((label) => labels.has(label));
}

async function classify(eye: Eye, image: Buffer, options: ClassifyOptions): Promise<ClassifiedFrame> {
  const watch = newStopwatch();
  const picture = await openPicture(image);
  const source = await sourceOf(eye, picture);
  const views = newViews(source);
  const copy = await views.fit(checkPlacement(eye, source));
  watch.lap('decode');
  const checked = checkFrame(smallCopy(copy), options.previous);
  watch.lap('check');
  const looked = worthLooking(checked, options);
  const seen = looked ? await detect(eye, picture, source, views, watch) : { detections: [], faint: [], ran: [] };
  const measured = options.measure === undefined ? {} : { measured: measure(copy, options.measure, peopleOf(seen)) };
  const { width, height } = picture;
  const { check, signature } = checked;
  // A picture of a camera that is not in order is kept too, and so are the people on it.
  const kept = options.heads && (looked || !check.ok);
  const heads = kept ? await headsOf(eye, source, picture, seen) : undefined;
  return {
    ...{ width, height, check, signature, looked },
    detections: seen.detections,
    ms: watch.times(),
    packs: eye.names,
    ...(heads === undefined ? {} : { heads }),
    ...measured,
  };
}

function peopleOf({ detections }: Pick<Seen, 'detections'>) {
  return detections.flatMap((detection, index) => {
    const part = detection.of === undefined ? kindOfLabel(detection.label) : undefined;
    return part === undefined ? [] : [{ ...detection, index, part }];
  });
}

/** From what the frame's packs saw anyway, and from those that know heads and did not look. */
async function headsOf(
  { heads }: Eye,
  source: Picture | Pixels,
  picture: Picture,
  { faint, ran }: Pick<Seen, 'faint' | 'ran'>,
): Promise<HeadReading | undefined> {
  if (heads.length === 0) return undefined;
  const others = await headsIn(
    heads.filter((pack) => !ran.includes(pack)),
    source,
    picture,
  );
  return readingOf(heads, 'frame', headBoxes([...faint, ...others], 'frame'));
}

function worthLooking({ check, changed }: CheckedFrame, options: ClassifyOptions): boolean {
  if (options.skipModelIfCheckFails && !check.ok) return false;
  return changed || !options.skipModelIfUnchanged;
}

/**
 * What everything else is cut from. Crops need every pixel, decoded once; one model alone is served by a JPEG decoded
 * straight to its own size, which costs less than decoding it whole.
 */
async function sourceOf({ frame, crop }: Eye, picture: Picture): Promise<Picture | Pixels> {
  return crop.length > 0 || frame.length > 1 ? decodePixels(picture) : picture;
}

/** Each scaled size of the frame is made once, whoever asks. */
interface Views {
  fit(at: Placement): Promise<Pixels>;
}

function newViews(source: Picture | Pixels): Views {
  const made = new Map<string, Promise<Pixels>>();
  return {
    fit(at) {
      const key = `${at.width}×${at.height}`;
      const known = made.get(key) ?? fittedPixels(source, at);
      made.set(key, known);
      return known;
    },
  };
}

/** The camera check looks at what a model gets anyway, where that keeps the picture's shape. */
function checkPlacement(eye: Eye, source: Picture | Pixels): Placement {
  const shaped = eye.frame.find(({ manifest }) => manifest.input.fit !== 'stretch');
  const placed = shaped === undefined ? undefined : placementOf(shaped.manifest.input, source);
  // A small picture that a model gets enlarged would look blurred to the check.
  if (placed !== undefined && placed.width <= source.width) return placed;
  const ratio = Math.min(1, smallSide / Math.max(source.width, source.height));
  const side = (length: number): number => Math.max(1, Math.round(length * ratio));
  return { left: 0, top: 0, width: side(source.width), height: side(source.height) };
}

interface Seen {
  readonly detections: Detection[];
  /** Boxes that may be heads, however unsure. */
  readonly faint: Detection[];
  /** The packs that looked at the whole frame. */
  readonly ran: readonly ReadyPack[];
}

async function detect(
  eye: Eye,
  picture: Picture,
  source: Picture | Pixels,
  views: Views,
  watch: Stopwatch,
): Promise<Seen> {
  const found: Detection[] = [];
  const faint: Detection[] = [];
  for (const pack of eye.frame) {
    const at = placementOf(pack.manifest.input, source);
    const fitted = await views.fit(at);
    watch.lap('decode');
    const floor = eye.heads.includes(pack) ? leastHeadScore.frame : undefined;
    const answer = await runOnFrame(pack, fitted, at, picture, watch, floor);
    found.push(...answer.found);
    faint.push(...answer.faint);
  }
  if ('bytes' in source) return { detections: found, faint, ran: eye.frame };
  const closer: Detection[] = [];
  for (const pack of eye.crop) {
    if (pack.manifest.crop) closer.push(...(await runOnCrops(pack, pack.manifest.crop, source, found, picture, watch)));
  }
  return { detections: [...found, ...closer], faint, ran: eye.frame };
}
