// Which sampled frames are audited: put before people who are asked about every kind, whatever the models said of them.
import { createHmac } from 'node:crypto';
import type { Box, Detection, ModelPack } from '../../../inference/types.ts';
import type { CameraRules } from '../camera/camera.ts';
import { watchedIds } from './violation.ts';
import { violationIds } from './violation-kinds.ts';

/** A number in [0, 1) that nobody can foresee and a repeat of the same frame gives again. */
export function chanceOf(key: Buffer, purpose: string, cameraId: number, at: number): number {
  const digest = createHmac('sha256', key).update(`${purpose} ${cameraId} ${at}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

const hourMs = 3600_000;
// At the house's share of 2 % a camera is audited at least once in four of its hours.
const framesForShare = 12.5;

/**
 * The chance with which a frame of this camera is audited: the house's share, and more for a camera that is looked at
 * seldom, so that every camera and every hour of its day is seen.
 */
export function auditChance(share: number, sampleEveryMs: number): number {
  const framesAnHour = hourMs / sampleEveryMs;
  return Math.min(1, share * Math.max(1, framesForShare / framesAnHour));
}

export type AskedKind = {
  readonly violation: string;
  /** How sure the models were of it, 0 where they saw nothing like it. */
  readonly score: number;
  /** Where they came closest; null where nowhere. */
  readonly box: Box | null;
};

/** Every kind an audited frame is asked about: those of the house, watched here or not, and those of the packs in use. */
export function askedKinds(
  detections: readonly Detection[],
  packs: readonly ModelPack[],
  rules: CameraRules,
): AskedKind[] {
  const ids = [...new Set([...violationIds, ...watchedIds(packs, rules)])];
  return ids.map((violation) => {
    const seen = best(detections.filter((detection) => isOf(detection, violation, packs)));
    return { violation, score: seen?.score ?? 0, box: seen?.box ?? null };
  });
}

function isOf(seen: Detection, violation: string, packs: readonly ModelPack[]): boolean {
  return packs.some(
    ({ name, violations }) =>
      name === seen.source && violations.some((line) => line.id === violation && line.labels.includes(seen.label)),
  );
}

function best(detections: readonly Detection[]): Detection | undefined {
  return detections.reduce<Detection | undefined>(
    (top, seen) => (top === undefined || seen.score > top.score ? seen : top),
    undefined,
  );
}
