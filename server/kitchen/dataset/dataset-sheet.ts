// The sheets that models/train reads: one line a picture, a box, an answer, and a thing the eye saw.
import type { Box } from '../../../inference/types.ts';
import { type CsvCell, csvRows } from '../../http/csv-file.ts';
import { licenceNote } from './dataset-annotation.ts';
import type { DatasetPicture } from './dataset-picture.ts';
import type { ViolationAnswer } from './judged-frame.ts';

/** What the training scripts call the thing a violation shows. */
const trainingClass: Readonly<Record<string, string>> = {
  no_mask: 'no-mask',
  no_hat: 'bare_head',
  smoking: 'cigarette',
  pest: 'rodent',
};

export type Sheets = Readonly<Record<'labels.csv' | 'boxes.csv' | 'judged.csv' | 'seen.csv', string>>;

export function sheetsOf(pictures: readonly DatasetPicture[]): Sheets {
  return {
    'labels.csv': csvRows([labelColumns, ...pictures.map(labelRow)]),
    'boxes.csv': csvRows([['file', 'cls', ...corners], ...pictures.flatMap(boxRows)]),
    'judged.csv': csvRows([judgedColumns, ...pictures.flatMap(judgedRows)]),
    'seen.csv': csvRows([['file', 'pack', 'label', 'score', ...corners], ...pictures.flatMap(seenRows)]),
  };
}

const corners = ['x0', 'y0', 'x1', 'y1'];
const judgedColumns = ['file', 'side', 'kitchen', 'violation', 'answer', 'asked', 'box', ...corners];
const labelColumns = [
  ...[
    'file',
    'source',
    'license',
    'person',
    'mask',
    'hat',
    'smoking',
    'phone',
    'rodent',
    'fire',
    'camera',
    'scene',
    'boxes',
  ],
  ...['side', 'kitchen', 'at'],
];

function fileOf({ folder, file }: DatasetPicture): string {
  return `images/${folder}/${file}`;
}

function labelRow(picture: DatasetPicture): string[] {
  const { answers, seen } = picture;
  const said = (violation: string) => answers.find((answer) => answer.violation === violation);
  const person = seen.some(({ label }) => label === 'person' || label === 'head') ? 'yes' : 'unknown';
  return [
    ...[fileOf(picture), 'judged', licenceNote, person],
    ...[worn(said('no_mask')), worn(said('no_hat'))],
    ...['smoking', 'phone', 'pest', 'fire'].map((violation) => shown(said(violation))),
    ...[picture.lensFault ? 'fault' : 'ok', 'kitchen', 'boxes.csv'],
    ...[picture.side, picture.kitchen, new Date(picture.at).toISOString()],
  ];
}

/** One bare face does not say that every face is; none being bare does not say that anybody wears one. */
function worn(answer: ViolationAnswer | undefined): string {
  return answer?.answer === 'present' ? 'mixed' : 'unknown';
}

function shown(answer: ViolationAnswer | undefined): string {
  if (answer?.answer === 'present') return 'yes';
  return answer?.answer === 'absent' && answer.wholePicture ? 'no' : 'unknown';
}

function boxRows(picture: DatasetPicture): CsvCell[][] {
  return picture.answers.flatMap(({ violation, boxes }) =>
    boxes.map((box) => [fileOf(picture), trainingClass[violation] ?? violation, ...cornersOf(box)]),
  );
}

function judgedRows(picture: DatasetPicture): CsvCell[][] {
  return picture.answers.flatMap(({ violation, answer, boxes, notBoxes, wholePicture }) => {
    const asked = wholePicture ? 'picture' : 'box';
    const head = [fileOf(picture), picture.side, picture.kitchen, violation];
    const here = boxes.map((box) => [...head, answer, asked, 'is', ...cornersOf(box)]);
    const notHere = notBoxes.map((box) => [...head, answer, asked, 'is_not', ...cornersOf(box)]);
    const rows = [...here, ...notHere];
    return rows.length > 0 ? rows : [[...head, answer, asked, 'none', '', '', '', '']];
  });
}

function seenRows(picture: DatasetPicture): CsvCell[][] {
  return picture.seen.map(({ source, label, score, box }) => [
    fileOf(picture),
    source,
    label,
    { number: score.toFixed(4) },
    ...cornersOf(box),
  ]);
}

/** Left, top, right and bottom, as fractions. */
export function cornersOf([x, y, w, h]: Box): CsvCell[] {
  return [x, y, x + w, y + h].map((value) => ({ number: value.toFixed(6) }));
}
