// Looks at one picture and keeps the evidence of it.

import { encodeEvidence, openPicture } from './image.ts';
import type { WitnessedFrame } from './sample.ts';
import type { ClassifyOptions, Detector } from './types.ts';

/** Throws PictureRefusal. */
export async function witness(
  detector: Pick<Detector, 'classify'>,
  image: Buffer,
  options: ClassifyOptions,
): Promise<WitnessedFrame> {
  const frame = await detector.classify(image, options);
  const { jpeg, width, height } = await encodeEvidence(await openPicture(image));
  return { frame, picture: jpeg, pictureWidth: width, pictureHeight: height };
}
