// Which judged frames become pictures of a data set, on which side, and what may be learnt from each.
import type { Detection } from '../../../inference/types.ts';
import { DatasetRefused, isLearnt, isLensFault, type LeftOut, mostPictures, type Side } from './dataset.ts';
import { divideKitchens, kitchenCode } from './dataset-split.ts';
import type { JudgedFrame, ViolationAnswer } from './judged-frame.ts';

export type DatasetPicture = {
  /** Without its folder. */
  readonly file: string;
  /** `partly`: something was seen whose place is not marked, or is in doubt; a detector would learn it as background. */
  readonly folder: Side | 'partly';
  readonly side: Side;
  readonly kitchen: string;
  readonly hash: string;
  readonly width: number;
  readonly height: number;
  readonly at: number;
  readonly answers: readonly ViolationAnswer[];
  readonly lensFault: boolean;
  readonly seen: readonly Detection[];
  readonly verdicts: number;
  readonly packs: readonly string[];
};

export type DatasetPlan = {
  /** In the order of their names, so that the same data gives the same bytes. */
  readonly pictures: readonly DatasetPicture[];
  readonly leftOut: Readonly<Record<LeftOut, number>>;
};

/** Throws DatasetRefused when there is nothing to make, or only one kitchen. */
export function planDataset(frames: readonly JudgedFrame[]): DatasetPlan {
  const leftOut: Record<LeftOut, number> = { gone: 0, unsure: 0, not_learnt: 0, both_sides: 0, beyond_limit: 0 };
  const usable: JudgedFrame[] = [];
  for (const frame of frames) {
    const reason = reasonAgainst(frame);
    if (reason === undefined) usable.push(frame);
    else leftOut[reason]++;
  }
  if (frames.length === 0) throw new DatasetRefused('no_frames');
  if (usable.length === 0) throw new DatasetRefused('no_pictures');
  const sideOf = divideKitchens(usable.map(({ siteId }) => siteId));
  const taught = new Set(usable.filter(({ siteId }) => sideOf.get(siteId) === 'train').map(({ hash }) => hash));
  const apart = usable.filter(({ siteId, hash }) => sideOf.get(siteId) === 'train' || !taught.has(hash));
  leftOut.both_sides = usable.length - apart.length;
  const named = apart.map((frame) => pictureOf(frame, sideOf.get(frame.siteId) ?? 'train'));
  named.sort((a, b) => (a.file < b.file ? -1 : 1));
  leftOut.beyond_limit = Math.max(0, named.length - mostPictures);
  return { pictures: named.slice(0, mostPictures), leftOut };
}

function reasonAgainst({ answers, kept }: JudgedFrame): LeftOut | undefined {
  const learnt = answers.filter(({ violation }) => isLearnt(violation));
  if (learnt.length === 0) return 'not_learnt';
  if (learnt.every(({ answer }) => answer === 'unsure')) return 'unsure';
  return kept ? undefined : 'gone';
}

function pictureOf(frame: JudgedFrame, side: Side): DatasetPicture {
  const answers = frame.answers.filter(({ violation }) => isLearnt(violation));
  const partly = answers.some(
    ({ answer, boxes }) => answer === 'unsure' || (answer === 'present' && boxes.length === 0),
  );
  const { hash, width, height, at } = frame;
  return {
    file: `${hash.slice(0, 16)}-c${frame.cameraId}.jpg`,
    folder: partly ? 'partly' : side,
    side,
    kitchen: kitchenCode(frame.siteId),
    hash,
    width,
    height,
    at,
    answers,
    lensFault: frame.answers.some(({ violation, answer }) => isLensFault(violation) && answer === 'present'),
    seen: frame.detections ?? [],
    verdicts: frame.flags.reduce((sum, flag) => sum + flag.verdicts, 0),
    packs: frame.packs.map(({ name, version, sha256 }) => `${name} ${version} ${sha256}`),
  };
}
