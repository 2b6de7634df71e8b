// The two common forms of boxes on pictures: COCO with what is known to be absent (as LVIS writes it), and YOLO.
import type { Box } from '../../../inference/types.ts';
import type { Side } from './dataset.ts';
import type { DatasetPicture } from './dataset-picture.ts';

export const licenceNote =
  'Frames of kitchens under food-safety supervision; for training and measuring this house’s own packs, not for publication.';

/** One COCO document of a side. Boxes in pixels of the picture; category ids count from 1 in the order of `classes`. */
export function cocoOf(pictures: readonly DatasetPicture[], classes: readonly string[], side: Side) {
  const here = pictures.filter(({ folder }) => folder === side);
  const idOf = (violation: string) => classes.indexOf(violation) + 1;
  const newest = here.reduce((latest, { at }) => Math.max(latest, at), 0);
  const images = here.map((picture, index) => imageOf(picture, index + 1, idOf));
  const annotations = here.flatMap(({ answers, width, height }, index) =>
    answers.flatMap(({ violation, boxes }) =>
      boxes.map((box) => ({ image_id: index + 1, category_id: idOf(violation), ...pixelBox(box, width, height) })),
    ),
  );
  return {
    info: { description: `Bright Kitchen, judged frames, ${side}`, version: '1', date_created: dayOf(newest) },
    licenses: [{ id: 1, name: licenceNote, url: '' }],
    categories: classes.map((name, index) => ({ id: index + 1, name, supercategory: 'violation' })),
    images,
    annotations: annotations.map((annotation, index) => ({ id: index + 1, ...annotation, iscrowd: 0 })),
  };
}

function imageOf(picture: DatasetPicture, id: number, idOf: (violation: string) => number) {
  const { answers, width, height } = picture;
  const absent = answers.filter(({ answer, wholePicture }) => answer === 'absent' && wholePicture);
  const hard = answers.flatMap(({ violation, notBoxes }) =>
    notBoxes.map((box) => ({ category_id: idOf(violation), bbox: pixelBox(box, width, height).bbox })),
  );
  return {
    id,
    file_name: picture.file,
    width,
    height,
    license: 1,
    date_captured: new Date(picture.at).toISOString(),
    kitchen: picture.kitchen,
    // Somebody was asked about these and no others: what is in neither list was not looked for.
    judged_category_ids: answers.map(({ violation }) => idOf(violation)),
    neg_category_ids: absent.map(({ violation }) => idOf(violation)),
    not_exhaustive_category_ids: answers
      .filter(({ wholePicture, answer }) => !(wholePicture && answer === 'absent'))
      .map(({ violation }) => idOf(violation)),
    hard_negatives: hard,
  };
}

function pixelBox([x, y, w, h]: Box, width: number, height: number) {
  const bbox = [x * width, y * height, w * width, h * height].map(hundredths);
  return { bbox, area: hundredths((bbox[2] ?? 0) * (bbox[3] ?? 0)) };
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The lines of one picture's label file: class from 0, middle and size as fractions. */
export function yoloLines({ answers }: DatasetPicture, classes: readonly string[]): string {
  const lines = answers.flatMap(({ violation, boxes }) =>
    boxes.map(([x, y, w, h]) =>
      [classes.indexOf(violation), ...[x + w / 2, y + h / 2, w, h].map((value) => value.toFixed(6))].join(' '),
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}

export function yoloData(classes: readonly string[]): string {
  const names = classes.map((name, index) => `  ${index}: ${name}\n`).join('');
  return `# Judged frames of Bright Kitchen. Read README.md first: a class that nobody asked about is not absent.\npath: .\ntrain: images/train\nval: images/val\nnames:\n${names}`;
}

/** `2026-11-22`, UTC. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
