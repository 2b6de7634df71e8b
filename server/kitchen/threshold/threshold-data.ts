// Puts the question about a threshold together: what is proposed now, and whether it was dismissed already.
import type { Deps } from '../../deps.ts';
import type { Camera } from '../camera/camera-store.ts';
import { thresholdsOf } from '../rule/used-threshold.ts';
import { type Proposal, proposeThreshold } from './threshold-proposal.ts';
import { evidenceFor, lastThresholdDecision, type ThresholdDecision } from './threshold-store.ts';

// A dismissed proposal comes back when this many more verdicts were given.
const askAgainAfter = 20;
const sameThreshold = 0.015;

export type ThresholdQuestion = {
  readonly violation: string;
  readonly here: number;
  readonly house: number;
  readonly proposal: Proposal;
  readonly last: ThresholdDecision | undefined;
  /** Somebody said no to as good as this, and little was judged since. */
  readonly dismissed: boolean;
};

/** Undefined when no pack looks for this violation. */
export function thresholdQuestion(
  { db, eye, clock }: Pick<Deps, 'db' | 'eye' | 'clock'>,
  camera: Camera,
  violation: string,
): ThresholdQuestion | undefined {
  const thresholds = thresholdsOf(eye.packs, camera, violation);
  if (thresholds === undefined) return undefined;
  const proposal = proposeThreshold(evidenceFor(db, camera, violation, thresholds.here, clock()));
  const last = lastThresholdDecision(db, camera.id, violation);
  return { violation, ...thresholds, proposal, last, dismissed: wasDismissed(proposal, last) };
}

function wasDismissed(proposal: Proposal, last: ThresholdDecision | undefined): boolean {
  if (proposal.kind === 'refused' || last?.decision !== 'dismissed') return false;
  const little = proposal.figures.ownJudged - last.figures.ownJudged < askAgainAfter;
  return little && Math.abs(proposal.proposed - last.proposed) <= sameThreshold;
}
