// Adds a camera that plays an uploaded video or picture, once the eye has found a frame in it.
import type { SampleFault } from '../../../inference/types.ts';
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { addCamera } from '../camera/add-camera.ts';
import type { NewCamera } from '../camera/camera.ts';
import { toldFault } from '../camera/camera-fault.ts';
import type { Camera } from '../camera/camera-store.ts';
import { pictureIsNeeded } from '../picture/picture-store.ts';

/** Throws Problem: a file without a readable frame is refused, and nothing of it is kept. */
export async function uploadCamera(deps: Deps, caller: Caller, input: NewCamera, bytes: Buffer): Promise<Camera> {
  const { blobs, db, eye } = deps;
  if (input.kind !== 'clip' && input.kind !== 'picture') return addCamera(deps, caller, input, { bytes });
  const hash = blobs.put(bytes);
  const sample = await eye.sample({
    id: 'upload',
    kind: input.kind,
    path: blobs.pathOf(hash),
    allow: [],
    always: true,
  });
  if (sample.ok) return addCamera(deps, caller, input, { bytes });
  if (!pictureIsNeeded(db, hash)) blobs.remove(hash);
  if (toldFault(sample.fault.code) === 'ours') throw new Problem('busy', { detail: sample.fault.detail });
  throw new Problem('invalid_input', {
    faults: [
      {
        place: 'file',
        code: reasonOf(sample.fault),
        detail: `No frame can be read from the file. ${sample.fault.detail}`,
      },
    ],
  });
}

/** A photo of a phone has a reason of its own, because its owner can mend it in a moment. */
function reasonOf({ code, detail }: SampleFault): string {
  return /hei[cf]/i.test(detail) ? 'file_heic' : `file_${code}`;
}
