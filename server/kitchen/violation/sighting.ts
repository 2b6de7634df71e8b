// What a set of packs says of a frame, as it is kept for a comparison: what counts, and what came close.
import type { Box, Detection, ModelPack } from '../../../inference/types.ts';
import type { CameraRules } from '../camera/camera.ts';
import { bestOfEach, countsNow, type FrameViolation, frameViolations, watchedIds } from './violation.ts';

export type Sighting = {
  readonly id: string;
  readonly score: number;
  readonly box: Box;
  /** The score from which it counts at this camera. */
  readonly threshold: number;
  /** Whether it reached it, in its zone and hours. */
  readonly counts: boolean;
};

const mostKept = 40;

/**
 * Every violation that counts, and of each other one the place that came closest. The very rules that raise flags say
 * what counts; `kitchen` is left out where hours do not matter.
 */
export function sightingsOf(
  detections: readonly Detection[],
  packs: readonly ModelPack[],
  rules: CameraRules,
  kitchen: 'open' | 'closed' = 'open',
): Sighting[] {
  const counted = frameViolations(detections, packs, rules).filter(({ id }) => countsNow(id, kitchen));
  const known = new Set(counted.map(({ id }) => id));
  const near = bestOfEach(frameViolations(detections, packs, atFloor(packs, rules))).filter(({ id }) => !known.has(id));
  const kept = [
    ...counted.map((violation) => sighting(violation, { threshold: violation.threshold, counts: true })),
    ...near.map((violation) =>
      sighting(violation, { threshold: thresholdOf(violation.id, packs, rules), counts: false }),
    ),
  ];
  return kept.slice(0, mostKept);
}

function sighting({ id, score, box }: FrameViolation, said: Pick<Sighting, 'threshold' | 'counts'>): Sighting {
  return { id, score: rounded(score), box, ...said };
}

/** The same rules, with every threshold at nothing: what the packs saw at all. */
function atFloor(packs: readonly ModelPack[], rules: CameraRules): CameraRules {
  return { ...rules, thresholds: Object.fromEntries(watchedIds(packs, rules).map((id) => [id, 0])) };
}

function thresholdOf(id: string, packs: readonly ModelPack[], rules: CameraRules): number {
  const own = packs.flatMap((pack) => pack.violations.filter((line) => line.on && line.id === id));
  return rules.thresholds[id] ?? Math.min(1, ...own.map(({ threshold }) => threshold));
}

function rounded(score: number): number {
  return Math.round(score * 10_000) / 10_000;
}
