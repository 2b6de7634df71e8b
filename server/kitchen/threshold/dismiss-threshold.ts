// An administrator says no to a proposed threshold; it is asked again once more was judged.
import type { Caller } from '../../accounts/caller.ts';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { writeTransaction } from '../../store/db.ts';
import { visibleCamera } from '../camera/camera-store.ts';
import { recordThreshold } from './record-threshold.ts';
import type { ThresholdAnswer } from './take-threshold.ts';
import { thresholdQuestion } from './threshold-data.ts';

/** Throws Problem: 404, or when nothing of the kind is proposed. */
export function dismissThreshold(
  deps: Pick<Deps, 'db' | 'clock' | 'eye'>,
  caller: Caller,
  answer: ThresholdAnswer,
): void {
  const { db, clock } = deps;
  const at = clock();
  writeTransaction(db, () => {
    const camera = visibleCamera(db, caller, answer.cameraId)?.camera;
    const question = camera && thresholdQuestion(deps, camera, answer.violation);
    if (question === undefined) throw new Problem('not_found');
    const { proposal, here } = question;
    if (proposal.kind !== 'proposed' || proposal.proposed !== answer.proposed)
      throw new Problem('conflict', { detail: 'Verdicts given since have changed the proposal; look at it again.' });
    const { figures } = proposal;
    recordThreshold(db, { ...answer, decision: 'dismissed', before: here, figures, changeId: null, by: caller.id, at });
  });
}
