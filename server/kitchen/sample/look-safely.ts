// Looks at a camera so that whatever breaks on the way ends as a miss with its reason, and never as silence.
import type { CameraSpec, MissedFrame, Sample } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import type { Camera } from '../camera/camera-store.ts';
import { sampleSpec } from './sample-spec.ts';

type LookDeps = Pick<Deps, 'db' | 'secrets' | 'blobs' | 'clock' | 'log'>;

const longestReason = 200;

export async function lookSafely(
  deps: LookDeps,
  camera: Camera,
  look: (spec: CameraSpec) => Promise<Sample>,
): Promise<Sample> {
  try {
    const sample = await look(sampleSpec(deps, camera));
    if (!sample.ok && sample.fault.code === 'internal')
      deps.log.error({ cameraId: camera.id, reason: sample.fault.detail }, 'a look at a camera broke');
    return sample;
  } catch (cause) {
    return brokenLook(deps, camera, cause);
  }
}

/** The miss that stands for an error of ours. */
export function brokenLook(deps: Pick<Deps, 'clock' | 'log'>, camera: Camera, cause: unknown): MissedFrame {
  deps.log.error({ err: cause, cameraId: camera.id }, 'a look at a camera broke');
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
  const fault = { code: 'internal', detail: reason.slice(0, longestReason) } as const;
  return { ok: false, cameraId: String(camera.id), at: deps.clock(), fault };
}
