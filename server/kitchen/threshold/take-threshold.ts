// An administrator takes a proposed threshold, as it was shown; the camera's rules, the decision and the ledger in one.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { visibleCamera } from '../camera/camera-store.ts';
import { setCameraRules } from '../rule/set-camera-rules.ts';
import { recordThreshold } from './record-threshold.ts';
import { thresholdQuestion } from './threshold-data.ts';

export type ThresholdAnswer = { readonly cameraId: number; readonly violation: string; readonly proposed: number };

/** Throws Problem: 404, or when something else is proposed by now. */
export function takeThreshold(deps: Pick<Deps, 'db' | 'clock' | 'eye'>, caller: Caller, answer: ThresholdAnswer): void {
  const { db, clock } = deps;
  const { cameraId, violation, proposed } = answer;
  const at = clock();
  writeTransaction(db, () => {
    const camera = visibleCamera(db, caller, cameraId)?.camera;
    const question = camera && thresholdQuestion(deps, camera, violation);
    if (camera === undefined || question === undefined) throw new Problem('not_found');
    const { proposal, here } = question;
    if (proposal.kind !== 'proposed' || proposal.proposed !== proposed)
      throw new Problem('conflict', { detail: 'Verdicts given since have changed the proposal; look at it again.' });
    const after = { ...camera.rules, thresholds: { ...camera.rules.thresholds, [violation]: proposed } };
    const changeId = setCameraRules(db, { cameraId, before: camera.rules, after, by: caller.id, at });
    const { figures } = proposal;
    recordThreshold(db, { ...answer, decision: 'taken', before: here, figures, changeId, by: caller.id, at });
  });
}
