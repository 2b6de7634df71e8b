// Sets a camera's zones, thresholds, frames and hours; an owner sets zones, and leaves at least half the picture watched.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import type { CameraRules } from '../camera/camera.ts';
import { visibleCamera } from '../camera/camera-store.ts';
import { ownerFaults } from '../camera/zone.ts';
import { watchedIds } from '../violation/violation.ts';
import { setCameraRules } from './set-camera-rules.ts';

/** Returns the id of the change; undefined when nothing changed. Throws Problem: 404 for another's camera, every fault at once. */
export function changeCameraRules(
  { db, clock, eye }: Pick<Deps, 'db' | 'clock' | 'eye'>,
  caller: Caller,
  id: number,
  rules: CameraRules,
): number | undefined {
  const at = clock();
  return writeTransaction(db, () => {
    const found = visibleCamera(db, caller, id);
    if (found === undefined) throw new Problem('not_found');
    const before = found.camera.rules;
    if (JSON.stringify(before) === JSON.stringify(rules)) return undefined;
    const faults = caller.role === 'owner' ? ownerFaults(before, rules, watchedIds(eye.packs, before)) : [];
    if (faults.length > 0) throw new Problem('invalid_input', { faults });
    return setCameraRules(db, { cameraId: id, before, after: rules, by: caller.id, at });
  });
}
