// What a data set says of itself: its sums, where it came from, and what may and may not be read from it.

import { type AnswerCount, type DatasetRequest, type DatasetSums, type Side, sides } from './dataset.ts';
import { dayOf, licenceNote } from './dataset-annotation.ts';
import type { DatasetPicture, DatasetPlan } from './dataset-picture.ts';

export function sumsOf({ pictures, leftOut }: DatasetPlan, classes: readonly string[]): DatasetSums {
  const bySide = (count: (picture: DatasetPicture) => number): Record<Side, number> => ({
    train: pictures.reduce((sum, picture) => sum + (picture.side === 'train' ? count(picture) : 0), 0),
    val: pictures.reduce((sum, picture) => sum + (picture.side === 'val' ? count(picture) : 0), 0),
  });
  const boxesOf = (id: string) =>
    bySide(({ answers }) => answers.find(({ violation }) => violation === id)?.boxes.length ?? 0);
  const times = pictures.map(({ at }) => at);
  return {
    pictures: bySide(() => 1),
    kitchens: { train: kitchensOn(pictures, 'train').length, val: kitchensOn(pictures, 'val').length },
    boxes: Object.fromEntries(classes.map((id) => [id, boxesOf(id)])),
    answers: Object.fromEntries(classes.map((id) => [id, answersTo(pictures, id)])),
    verdicts: pictures.reduce((sum, { verdicts }) => sum + verdicts, 0),
    from: times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b)),
    to: times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b)),
    leftOut,
  };
}

function kitchensOn(pictures: readonly DatasetPicture[], side: Side): string[] {
  return [...new Set(pictures.filter((picture) => picture.side === side).map(({ kitchen }) => kitchen))].sort();
}

function answersTo(pictures: readonly DatasetPicture[], id: string): AnswerCount {
  const given = pictures.flatMap(({ answers }) => answers.filter(({ violation }) => violation === id));
  const count = (wanted: string) => given.filter(({ answer }) => answer === wanted).length;
  return { present: count('present'), absent: count('absent'), unsure: count('unsure') };
}

export type ManifestInput = {
  readonly request: DatasetRequest;
  readonly plan: DatasetPlan;
  readonly classes: readonly string[];
  readonly sums: DatasetSums;
  /** Pictures just under a threshold that nobody has judged. */
  readonly near: number;
  /** SHA-256 of SHA256SUMS. */
  readonly digest: string;
};

export function manifestText({ request, plan, classes, sums, near, digest }: ManifestInput): string {
  const packs = new Map<string, number>();
  for (const pack of plan.pictures.flatMap((picture) => picture.packs)) packs.set(pack, (packs.get(pack) ?? 0) + 1);
  const manifest = {
    form: 'bright-kitchen judged frames',
    version: 1,
    digest,
    faces: request.faces,
    asked: { from: request.from ?? null, to: request.to ?? null, kitchens: request.siteIds?.length ?? 'all' },
    classes,
    ...sums,
    near,
    kitchensOf: Object.fromEntries(sides.map((side) => [side, kitchensOn(plan.pictures, side)])),
    packs: [...packs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([pack, pictures]) => packLine(pack, pictures)),
    licence: licenceNote,
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function packLine(pack: string, pictures: number) {
  const [name, version, sha256] = pack.split(' ');
  return { name, version, sha256, pictures };
}

export function readmeText(sums: DatasetSums, { faces }: DatasetRequest, near: number): string {
  const span = sums.from === null || sums.to === null ? '–' : `${dayOf(sums.from)} – ${dayOf(sums.to)}`;
  const rows = Object.entries(sums.answers)
    .filter(([, count]) => count.present + count.absent + count.unsure > 0)
    .map(([id, count]) => {
      const boxes = sums.boxes[id] ?? { train: 0, val: 0 };
      return `| ${id} | ${count.present} | ${count.absent} | ${count.unsure} | ${boxes.train} | ${boxes.val} |`;
    });
  return [...readmeHead(sums, span), ...rows, ...readmeNotes(sums, faces, near)].join('\n');
}

function readmeHead({ pictures, kitchens, verdicts }: DatasetSums, span: string): string[] {
  return [
    '# Judged frames',
    '',
    `${pictures.train + pictures.val} pictures of ${kitchens.train + kitchens.val} kitchens, ${span}, ${verdicts} verdicts of people.`,
    `Learn from \`train\` (${pictures.train} pictures, ${kitchens.train} kitchens), measure on \`val\` (${pictures.val}, ${kitchens.val}): a kitchen stands on one side only.`,
    '',
    '| violation | there | not there | in doubt | boxes train | boxes val |',
    '|---|---|---|---|---|---|',
  ];
}

function readmeNotes({ leftOut }: DatasetSums, faces: DatasetRequest['faces'], near: number): string[] {
  return [
    '',
    '* **What nobody was asked about is not clean.** COCO: only `neg_category_ids` are known to be absent; categories outside `judged_category_ids`',
    '  were not looked for. YOLO has no word for this: train on the classes that `judged.csv` lists for a picture, and treat others as unknown.',
    '* `hard_negatives` and the `is_not` lines of `judged.csv` are boxes that the eye took for a violation and a person cleared.',
    '* `images/partly` holds pictures with something in doubt or without a marked place: for classifiers, never as background for a detector.',
    `* \`images/near\` holds ${near} pictures on which the eye came close to a threshold and that nobody has judged, with what it nearly said in`,
    '  `near.csv`: label these first. They have no answer, and are no background.',
    '* `labels.csv` and `boxes.csv` have the columns of `models/train`; `seen.csv` is everything the eye saw. Boxes in sheets are fractions.',
    `* Left out: ${leftOut.gone} removed by retention, ${leftOut.unsure} in doubt, ${leftOut.not_learnt} only about the lens, ${leftOut.both_sides} shown by kitchens of both sides, ${leftOut.beyond_limit} beyond the limit.`,
    faces === 'blurred'
      ? '* Faces are blurred: masks and hats cannot be learnt from these pictures.'
      : '* **Faces are as seen.** These are people at work who were told of the cameras for food safety, not for this file: keep it sealed, delete it after use.',
    `* ${licenceNote}`,
    '* `sha256sum -c SHA256SUMS` checks the files; `digest` in manifest.json is the SHA-256 of SHA256SUMS.',
    '',
    '人工审核过的画面。按餐饮单位划分训练与验证，同一单位只在一边；没有被问到的违规不等于没有。仅供本系统训练与测量，不得公开。',
    '',
  ];
}
