// Takes the last decision about a threshold back: a taken one puts the camera's threshold where it was, a dismissed one is asked again.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import type { CameraRules } from '../camera/camera.ts';
import { type Camera, visibleCamera } from '../camera/camera-store.ts';
import { ruleChange } from '../rule/camera-rule-store.ts';
import { setCameraRules } from '../rule/set-camera-rules.ts';
import { recordThreshold } from './record-threshold.ts';
import { lastThresholdDecision, type ThresholdDecision } from './threshold-store.ts';

/** Throws Problem: 404, nothing to take back, or the threshold was changed by hand since. */
export function undoThreshold(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  caller: Caller,
  { cameraId, violation }: { readonly cameraId: number; readonly violation: string },
): void {
  const at = clock();
  writeTransaction(db, () => {
    const camera = visibleCamera(db, caller, cameraId)?.camera;
    if (camera === undefined) throw new Problem('not_found');
    const last = lastThresholdDecision(db, cameraId, violation);
    if (last === undefined || last.decision === 'undone')
      throw new Problem('conflict', { detail: 'There is no decision to take back.' });
    if (last.decision === 'taken') {
      if (camera.rules.thresholds[violation] !== last.proposed)
        throw new Problem('conflict', {
          detail: 'The threshold was changed since; change it on the rules page instead.',
        });
      const after = { ...camera.rules, thresholds: thresholdsBefore(camera, violation, rulesBefore(last)) };
      setCameraRules(db, { cameraId, before: camera.rules, after, by: caller.id, at });
    }
    const { proposed, before, figures } = last;
    const undone = { cameraId, violation, decision: 'undone' as const, proposed, before, figures };
    recordThreshold(db, { ...undone, changeId: null, by: caller.id, at });
  });

  function rulesBefore({ changeId }: ThresholdDecision): CameraRules | undefined {
    return changeId === null ? undefined : ruleChange(db, changeId)?.before;
  }
}

/** A camera that had no threshold of its own has none again. */
function thresholdsBefore({ rules }: Camera, violation: string, before: CameraRules | undefined) {
  const { [violation]: _taken, ...others } = rules.thresholds;
  const own = before?.thresholds[violation];
  return own === undefined ? others : { ...others, [violation]: own };
}
