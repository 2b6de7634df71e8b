// What other rules would have shown on frames that people have judged: how much less to look at, and what would be lost.
import type { ModelPack } from '../../../inference/types.ts';
import type { CameraRules } from '../camera/camera.ts';
import type { JudgedFrame } from '../dataset/judged-frame.ts';
import { frameViolations } from '../violation/violation.ts';

export type RulesEffect = {
  readonly violation: string;
  /** Frames in which a person saw it, and it would have been shown. */
  readonly real: { readonly before: number; readonly after: number };
  /** Frames in which a person said it is not there, and it would have been shown. */
  readonly wrong: { readonly before: number; readonly after: number };
};

/** Per violation that was judged or would show; frames whose detections were not kept are left out. */
export function rulesEffect(
  frames: readonly JudgedFrame[],
  packs: readonly ModelPack[],
  before: CameraRules,
  after: CameraRules,
): RulesEffect[] {
  const judged = frames.flatMap(({ answers, detections }) =>
    detections === undefined ? [] : answers.map((answer) => ({ ...answer, detections })),
  );
  const ids = [...new Set(judged.map(({ violation }) => violation))].sort();
  return ids.flatMap((violation) => {
    const about = judged.filter((line) => line.violation === violation);
    const shown = (answer: string, rules: CameraRules) =>
      about.filter((line) => line.answer === answer && shows(violation, line.detections, packs, rules)).length;
    const real = { before: shown('present', before), after: shown('present', after) };
    const wrong = { before: shown('absent', before), after: shown('absent', after) };
    const nothing = real.before + real.after + wrong.before + wrong.after === 0;
    return nothing ? [] : [{ violation, real, wrong }];
  });
}

function shows(
  violation: string,
  detections: NonNullable<JudgedFrame['detections']>,
  packs: readonly ModelPack[],
  rules: CameraRules,
): boolean {
  return frameViolations(detections, packs, rules).some(({ id }) => id === violation);
}
