// What `classify` prints and `POST /api/classify` answers: one shape for both.
import type { Box, Detection, FrameReading, ModelPack } from '../../../inference/types.ts';
import { frameViolations } from '../violation/violation.ts';

export type ClassifyReport = {
  readonly detections: readonly { readonly label: string; readonly score: number; readonly box: Box }[];
  readonly violations: readonly { readonly id: string; readonly score: number; readonly box: Box }[];
  readonly check: FrameReading['check'];
  readonly ms: FrameReading['ms'];
};

export type ReportOptions = {
  /** Also violations that the packs ship switched off. */
  readonly all: boolean;
};

const wholePicture: Box = [0, 0, 1, 1];

/** Boxes as fractions of the picture, origin top left; best score first. */
export function classifyReport(
  reading: FrameReading,
  packs: readonly ModelPack[],
  options: ReportOptions,
): ClassifyReport {
  const found = frameViolations(reading.detections, packs, undefined, options.all ? 'all' : 'switched-on');
  const fault = reading.check.ok ? [] : [{ id: 'camera_fault', score: 1, box: wholePicture }];
  return {
    detections: reading.detections.map(plainDetection),
    violations: [...fault, ...found.map(({ id, score, box }) => ({ id, score: rounded(score), box: roundedBox(box) }))],
    check: reading.check,
    ms: reading.ms,
  };
}

function plainDetection({ label, score, box }: Detection) {
  return { label, score: rounded(score), box: roundedBox(box) };
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

function roundedBox(box: Box): Box {
  return [rounded(box[0]), rounded(box[1]), rounded(box[2]), rounded(box[3])];
}
