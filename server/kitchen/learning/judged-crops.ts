// The boxes of judged frames that a classifier looks at closer, and which of its answers people's verdicts leave open.
import type { Manifest } from '../../../inference/manifest.ts';
import type { Box } from '../../../inference/types.ts';
import type { JudgedFrame, ViolationAnswer } from '../dataset/judged-frame.ts';
import { iou } from '../violation/violation.ts';
import { learningLimits } from './learning.ts';

export type JudgedCrop = {
  readonly box: Box;
  /** Per label 1 where it is left open, 0 where it is ruled out, -1 where nobody was asked. */
  readonly allowed: readonly number[];
  /** What was said of this box itself. */
  readonly judged: readonly { readonly violation: string; readonly is: boolean }[];
};

const sameBox = 0.5;

/** Every box of the frame that the pack would look at, judged or not. */
export function cropsOf(frame: JudgedFrame, manifest: Manifest): JudgedCrop[] {
  const { crop } = manifest;
  if (crop === undefined) return [];
  const known = frame.answers.filter(
    ({ answer, violation }) => answer !== 'unsure' && columnsOf(manifest, violation).length > 0,
  );
  const seen = (frame.detections ?? []).filter(({ label, of }) => of === undefined && crop.of.includes(label));
  // Where what the eye saw was not kept, the boxes people judged are still known.
  const boxes = distinct([
    ...seen.map(({ box }) => box),
    ...known.flatMap((each) => [...each.boxes, ...each.notBoxes]),
  ]);
  return boxes
    .filter(([, , w, h]) => Math.min(w * frame.width, h * frame.height) >= crop.minSizePx)
    .map((box) => cropOf(box, known, manifest));
}

/** Labels of the pack that mean the violation. */
export function columnsOf({ violations, labels }: Manifest, violation: string): number[] {
  const line = violations.find(({ id }) => id === violation);
  return (line?.labels ?? []).map((label) => labels.indexOf(label)).filter((column) => column >= 0);
}

export function groupsOf({ groups, labels }: Manifest): readonly (readonly number[])[] {
  return groups ?? [labels.map((_, column) => column)];
}

function cropOf(box: Box, answers: readonly ViolationAnswer[], manifest: Manifest): JudgedCrop {
  const allowed = manifest.labels.map(() => -1);
  const judged: { violation: string; is: boolean }[] = [];
  for (const { violation, answer, boxes, notBoxes, wholePicture } of answers) {
    const is = boxes.some((other) => iou(box, other) > sameBox);
    const isNot = !is && notBoxes.some((other) => iou(box, other) > sameBox);
    if (is || isNot) judged.push({ violation, is });
    if (is || isNot || (wholePicture && answer === 'absent')) rule(allowed, manifest, violation, is ? 1 : 0);
  }
  return { box, allowed, judged };
}

/** Two verdicts on one group leave open what neither rules out. */
function rule(allowed: number[], manifest: Manifest, violation: string, is: 0 | 1): void {
  const columns = columnsOf(manifest, violation);
  const group = groupsOf(manifest).find((each) => columns.some((column) => each.includes(column))) ?? [];
  for (const column of group) {
    const open = columns.includes(column) ? is : 1 - is;
    allowed[column] = allowed[column] === 0 ? 0 : open;
  }
}

function distinct(boxes: readonly Box[]): Box[] {
  const kept: Box[] = [];
  for (const box of boxes) if (!kept.some((other) => iou(box, other) > sameBox)) kept.push(box);
  return kept;
}

type Said = readonly Pick<JudgedCrop, 'judged'>[];

export function judgedCount(crops: Said): number {
  return crops.filter(({ judged }) => judged.length > 0).length;
}

/** Violations of which both answers are there often enough to learn the difference. */
export function learnable(crops: Said): string[] {
  const counts = new Map<string, [no: number, yes: number]>();
  for (const { violation, is } of crops.flatMap(({ judged }) => judged)) {
    const count = counts.get(violation) ?? [0, 0];
    count[is ? 1 : 0]++;
    counts.set(violation, count);
  }
  return [...counts]
    .filter(([, count]) => Math.min(...count) >= learningLimits.leastOfEach)
    .map(([id]) => id)
    .sort();
}

export function isEnough(learnt: Said, later: Said): boolean {
  const { leastLearnt, leastLater } = learningLimits;
  return judgedCount(learnt) >= leastLearnt && judgedCount(later) >= leastLater && learnable(learnt).length > 0;
}
