// Which unflagged frames are put before a reviewer too, so that the miss rate is measured and not hoped for.
import { createHmac } from 'node:crypto';
import type { Box, Detection, ModelPack } from '../../../inference/types.ts';
import type { CameraRules } from '../camera/camera.ts';
import { watchedIds } from './violation.ts';

/** A number in [0, 1) that nobody can foresee and a repeat of the same frame gives again. */
export function chanceOf(key: Buffer, purpose: string, cameraId: number, at: number): number {
  const digest = createHmac('sha256', key).update(`${purpose} ${cameraId} ${at}`).digest();
  return digest.readUInt32BE(0) / 2 ** 32;
}

export type AuditQuestion = { readonly violation: string; readonly box: Box; readonly score: number };

const wholePicture: Box = [0, 0, 1, 1];

/**
 * What the reviewer is asked about an unflagged frame: one of the watched violations, with a box around someone or
 * something the model saw and passed over, so that the question looks like any other.
 */
export function auditQuestion(
  detections: readonly Detection[],
  packs: readonly ModelPack[],
  rules: CameraRules,
  chance: number,
): AuditQuestion | undefined {
  const ids = watchedIds(packs, rules);
  const violation = ids[Math.floor(chance * ids.length)];
  if (violation === undefined) return undefined;
  const lines = packs.flatMap((pack) =>
    pack.violations.filter((line) => line.id === violation).map((line) => ({ pack, line })),
  );
  const labels = new Set(lines.flatMap(({ line }) => line.labels));
  const sources = new Set(lines.map(({ pack }) => pack.name));
  const nearMiss = best(detections.filter((seen) => labels.has(seen.label) && sources.has(seen.source)));
  const passedOver = nearMiss ?? best(detections.filter((seen) => sources.has(seen.source))) ?? best(detections);
  return { violation, box: passedOver?.box ?? wholePicture, score: nearMiss?.score ?? 0 };
}

function best(detections: readonly Detection[]): Detection | undefined {
  return detections.reduce<Detection | undefined>(
    (top, seen) => (top === undefined || seen.score > top.score ? seen : top),
    undefined,
  );
}
