// One camera, once: a frame with its reading and evidence, or what kept it away.

import { blackOut } from './black-out.ts';
import { CameraFault } from './camera-fault.ts';
import { PictureRefusal } from './picture-refusal.ts';
import type { Streams } from './stream.ts';
import type { TakenFrame } from './stream-settings.ts';
import type {
  CameraSpec,
  ClassifiedFrame,
  ClassifyOptions,
  MissedFrame,
  Sample,
  SampledFrame,
  SampleFault,
} from './types.ts';

/** A frame that was looked at, and the JPEG a reviewer will see. */
export interface WitnessedFrame {
  readonly frame: ClassifiedFrame;
  readonly picture: Buffer;
  readonly pictureWidth: number;
  readonly pictureHeight: number;
}

export interface SampleParts {
  readonly streams: Pick<Streams, 'take'>;
  witness(image: Buffer, options: ClassifyOptions): Promise<WitnessedFrame>;
  readonly now: () => number;
  /** Told of every frame that was looked at, with the camera's own bytes but for what was made black. Returns at once and never throws. */
  readonly onSeen?: ((seen: SeenFrame) => void) | undefined;
}

/** A frame as the camera sent it, and what was made of it. */
export interface SeenFrame {
  readonly camera: CameraSpec;
  readonly image: Buffer;
  readonly sample: SampledFrame;
}

/** Never throws: what breaks in our own hands is a fault with its reason too. */
export async function sampleCamera(camera: CameraSpec, parts: SampleParts): Promise<Sample> {
  try {
    const taken = await parts.streams.take(camera);
    const image = await blackOut(taken.jpeg, camera.black ?? []);
    const sample = sampled(camera, taken, await parts.witness(image, optionsFor(camera)));
    parts.onSeen?.({ camera, image, sample });
    return sample;
  } catch (cause) {
    return missed(camera, parts.now(), faultOf(cause));
  }
}

function optionsFor(camera: CameraSpec): ClassifyOptions {
  return {
    ...previousFor(camera),
    skipModelIfCheckFails: true,
    skipModelIfUnchanged: !camera.always,
    heads: true,
    ...(camera.colours === undefined ? {} : { measure: camera.colours }),
  };
}

/** A stored picture never changes: it is neither frozen nor unworthy of a look. */
function previousFor({ kind, previous }: CameraSpec): Pick<ClassifyOptions, 'previous'> {
  return previous && kind !== 'picture' ? { previous } : {};
}

function sampled(camera: CameraSpec, taken: TakenFrame, { frame, ...evidence }: WitnessedFrame): SampledFrame {
  const { signature, looked, ...reading } = frame;
  const stream = taken.facts === undefined ? {} : { stream: taken.facts };
  return { ok: true, cameraId: camera.id, at: taken.at, reading, signature, looked, ...evidence, ...stream };
}

function missed({ id }: CameraSpec, at: number, fault: SampleFault): MissedFrame {
  return { ok: false, cameraId: id, at, fault };
}

function faultOf(cause: unknown): SampleFault {
  if (cause instanceof CameraFault) return { code: cause.code, detail: cause.message };
  if (cause instanceof PictureRefusal) return { code: 'picture', detail: cause.message };
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  return { code: 'internal', detail: reason.slice(0, longestReason) };
}

const longestReason = 200;
