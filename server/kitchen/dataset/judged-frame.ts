// What people's verdicts say of a picture: per violation there, not there, or not sure, and where.
import type { Box, Detection, PackName } from '../../../inference/types.ts';
import type { FlagStatus } from '../flag/decision.ts';

export const answers = ['present', 'absent', 'unsure'] as const;
export type Answer = (typeof answers)[number];

/** A flag as it stands after undo, second reviewer and appeal. */
export type JudgedFlag = {
  readonly id: number;
  /** As the machine asked. */
  readonly violation: string;
  /** As the reviewers see it: another id when they corrected the class. */
  readonly judgedAs: string;
  readonly answer: Answer;
  /** The frame was unflagged, and drawn at random. */
  readonly audit: boolean;
  readonly score: number;
  /** The score from which it counted then. */
  readonly threshold: number;
  readonly box: Box;
  /** False for an audit whose box only marks something the eye passed over. */
  readonly boxFits: boolean;
  readonly zone: string | null;
  readonly at: number;
  readonly packName: string;
  readonly packSha256: string;
  /** Standing verdicts by people who looked. */
  readonly verdicts: number;
  readonly lastVerdictAt: number;
};

/** All that is known of one violation on one picture. What nobody was asked about has no line. */
export type ViolationAnswer = {
  readonly violation: string;
  readonly answer: Answer;
  /** Where it is; empty when a person saw it and nothing marks the place. */
  readonly boxes: readonly Box[];
  /** What was taken for it and is not. */
  readonly notBoxes: readonly Box[];
  /** Somebody was asked about the picture, not only about one box. */
  readonly wholePicture: boolean;
};

/** One record a picture and camera. */
export type JudgedFrame = {
  readonly hash: string;
  readonly cameraId: number;
  readonly restaurantId: number;
  readonly siteId: string;
  /** When the newest of its flags was seen. */
  readonly at: number;
  readonly width: number;
  readonly height: number;
  /** False once retention removed the picture. */
  readonly kept: boolean;
  readonly audit: boolean;
  readonly flags: readonly JudgedFlag[];
  readonly answers: readonly ViolationAnswer[];
  /** Everything the eye saw; undefined when the models did not look, or before this was kept. */
  readonly detections: readonly Detection[] | undefined;
  readonly packs: readonly PackName[];
};

export type StandingVerdict = { readonly decision: string; readonly violation: string; readonly at: number };

/**
 * What a flag says now. `standing` are the verdicts not taken back, of people who looked, oldest first.
 * Undefined while nobody has judged it: open, or cleared in a group without a look.
 */
export function flagAnswer(
  flag: { readonly status: FlagStatus; readonly violation: string; readonly appealed: boolean },
  standing: readonly StandingVerdict[],
): { readonly answer: Answer; readonly judgedAs: string } | undefined {
  if (flag.status === 'open' || standing.length === 0) return undefined;
  const decisive = standing.findLast(({ decision }) => decision === flag.status);
  const judgedAs = decisive?.violation ?? flag.violation;
  // Two doubts clear a kitchen but teach nothing; an appeal still open leaves it open here too.
  if (flag.status === 'unsure' || decisive === undefined || flag.appealed) return { answer: 'unsure', judgedAs };
  return { answer: flag.status === 'confirmed' ? 'present' : 'absent', judgedAs };
}

/** Puts the flags of one picture together. A picture that people contradict each other on is not sure. */
export function answersOf(flags: readonly JudgedFlag[]): ViolationAnswer[] {
  const ids = [...new Set(flags.flatMap(({ violation, judgedAs }) => [violation, judgedAs]))].sort();
  return ids.map((id) => answerFor(id, flags));
}

function answerFor(violation: string, flags: readonly JudgedFlag[]): ViolationAnswer {
  const saidOf = flags.flatMap((flag) => {
    const answer = answerAbout(violation, flag);
    return answer === undefined ? [] : [{ flag, answer }];
  });
  const present = saidOf.filter(({ answer }) => answer === 'present').map(({ flag }) => flag);
  const absent = saidOf.filter(({ answer }) => answer === 'absent').map(({ flag }) => flag);
  const contradicted = present.some((yes) => absent.some((no) => no.audit || overlap(yes.box, no.box) > 0.5));
  const unsure = saidOf.some(({ answer }) => answer === 'unsure');
  const answer =
    contradicted || (present.length === 0 && unsure) ? 'unsure' : present.length > 0 ? 'present' : 'absent';
  return {
    violation,
    answer,
    boxes: answer === 'present' ? distinct(present.filter(({ boxFits }) => boxFits)) : [],
    notBoxes: answer === 'unsure' ? [] : distinct(absent.filter(({ boxFits }) => boxFits)),
    wholePicture: saidOf.some(({ flag }) => flag.audit),
  };
}

/** A flag whose class was corrected says two things: this it is, and that it is not. */
function answerAbout(violation: string, flag: JudgedFlag): Answer | undefined {
  if (flag.judgedAs === violation) return flag.answer;
  if (flag.violation !== violation) return undefined;
  return flag.answer === 'unsure' ? 'unsure' : 'absent';
}

function distinct(flags: readonly JudgedFlag[]): Box[] {
  return [...new Map(flags.map(({ box }) => [box.join(), box])).values()];
}

/** Intersection over union. */
function overlap(a: Box, b: Box): number {
  const w = Math.max(0, Math.min(a[0] + a[2], b[0] + b[2]) - Math.max(a[0], b[0]));
  const h = Math.max(0, Math.min(a[1] + a[3], b[1] + b[3]) - Math.max(a[1], b[1]));
  const union = a[2] * a[3] + b[2] * b[3] - w * h;
  return union <= 0 ? 0 : (w * h) / union;
}
