// A second opinion on pictures: counts the faces that our own packs see on them, over the whole picture and closer.
import sharp from 'sharp';
import type { Detector } from '../../inference/types.ts';

const leastScore = 0.5;
/** Left, top, width and height as shares: the whole, and four enlarged parts that overlap. */
const views = [
  [0, 0, 1, 1],
  [0, 0, 0.6, 0.6],
  [0.4, 0, 0.6, 0.6],
  [0, 0.4, 0.6, 0.6],
  [0.4, 0.4, 0.6, 0.6],
] as const;

/** Heads on which a mask or a face without one can be told; a head seen from behind is no face. */
export async function facesOn(detector: Pick<Detector, 'classify'>, jpeg: Buffer): Promise<number> {
  const { width, height } = await sharp(jpeg).metadata();
  let most = 0;
  for (const [x, y, w, h] of views) {
    const part = {
      left: Math.round(x * width),
      top: Math.round(y * height),
      width: Math.round(w * width),
      height: Math.round(h * height),
    };
    const view = await sharp(jpeg).extract(part).resize(1280).jpeg({ quality: 92 }).toBuffer();
    const { detections } = await detector.classify(view);
    const faces = detections.filter(
      ({ label, score }) => (label === 'head_mask' || label === 'head_no_mask') && score >= leastScore,
    );
    most = Math.max(most, new Set(faces.map(({ box }) => box.join())).size);
  }
  return most;
}

/** Whether a part of the picture (fractions) is black but for what the codec leaves. */
export async function isBlack(jpeg: Buffer, [x, y, w, h]: readonly [number, number, number, number]): Promise<boolean> {
  const { width, height } = await sharp(jpeg).metadata();
  const area = {
    left: Math.ceil(x * width),
    top: Math.ceil(y * height),
    width: Math.floor(w * width),
    height: Math.floor(h * height),
  };
  const { channels } = await sharp(await sharp(jpeg).extract(area).png().toBuffer()).stats();
  return channels.every(({ mean }) => mean < 8);
}

/** How much of a picture is edges: next to nothing when it is blurred whole. */
export async function detailOf(jpeg: Buffer): Promise<number> {
  const kernel = { width: 3, height: 3, kernel: [0, 1, 0, 1, -4, 1, 0, 1, 0], offset: 128 };
  const drawn = await sharp(jpeg).greyscale().convolve(kernel).png().toBuffer();
  return (await sharp(drawn).stats()).channels[0]!.stdev;
}

/** A photo full of edges. */
export function busyPhoto(): Promise<Buffer> {
  const [width, height] = [300, 200];
  const data = Uint8Array.from({ length: width * height * 3 }, (_, index) =>
    (Math.floor(index / 3) >> 2) % 2 ? 230 : 25,
  );
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer();
}
