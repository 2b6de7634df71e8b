// What the eye is told of a camera for one sample: how to open it, and whether its lookouts want the models to look in any case.
import type { CameraSpec } from '../../../inference/types.ts';
import type { Deps } from '../../deps.ts';
import { type Camera, cameraSpec } from '../camera/camera-store.ts';
import { coloursWanted } from '../lookout/lookout-rules.ts';
import { lookoutsWantLook } from '../lookout/lookout-store.ts';

export function sampleSpec(deps: Pick<Deps, 'db' | 'secrets' | 'blobs'>, camera: Camera): CameraSpec {
  const spec = cameraSpec(deps, camera);
  const colours = coloursWanted(camera.rules.lookouts);
  return {
    ...spec,
    ...(lookoutsWantLook(deps.db, camera) ? { always: true } : {}),
    ...(colours === undefined ? {} : { colours }),
  };
}
