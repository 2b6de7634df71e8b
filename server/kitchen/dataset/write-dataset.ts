// Writes judged frames as a data set, file by file, into whatever takes files: a folder or a zip.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Deps } from '../../deps.ts';
import type { LookDeps } from '../../sight/look-for-heads.ts';
import type { Looker } from '../../sight/sight.ts';
import { sha256Hex } from '../../store/blobs.ts';
import { showKitchenPicture } from '../picture/show-kitchen-picture.ts';
import {
  DatasetRefused,
  type DatasetRequest,
  type DatasetSums,
  datasetClasses,
  mostBytes,
  mostPictures,
  sides,
} from './dataset.ts';
import { cocoOf, yoloData, yoloLines } from './dataset-annotation.ts';
import { manifestText, readmeText, sumsOf } from './dataset-manifest.ts';
import { type DatasetPicture, type DatasetPlan, planDataset } from './dataset-picture.ts';
import { sheetsOf } from './dataset-sheet.ts';
import type { JudgedFrame } from './judged-frame.ts';
import { judgedFrames, longestJudgedPage } from './judged-frame-store.ts';
import { writeNearMisses } from './write-near-misses.ts';

export type FileSink = {
  add(path: string, bytes: Buffer): void;
};

export type Written = { readonly sums: DatasetSums; readonly digest: string };
export type Progress = (done: number, total: number) => void;

type WriteDeps = LookDeps & Pick<Deps, 'blobs'>;

// Asked for by an administrator, with a reason that is in the ledger.
const lookers = {
  blurred: { role: 'admin', purpose: 'export' },
  'as-seen': { role: 'admin', purpose: 'training' },
} as const satisfies Record<DatasetRequest['faces'], Looker>;

const framesRead = mostPictures * 2;

/** The same judged frames give the same bytes. Throws DatasetRefused when there is nothing to write. */
export async function writeDataset(
  deps: WriteDeps,
  request: DatasetRequest,
  sink: FileSink,
  progress: Progress = () => undefined,
): Promise<Written> {
  const frames = await readFrames(deps, request);
  const classes = datasetClasses(frames);
  const digests = new Map<string, string>();
  const add = (path: string, content: Buffer | string) => {
    const bytes = Buffer.from(content);
    digests.set(path, sha256Hex(bytes));
    sink.add(path, bytes);
  };
  const plan = await writePictures(deps, request, planDataset(frames), add, progress);
  for (const picture of plan.pictures.filter(({ folder }) => folder !== 'partly'))
    add(`labels/${picture.folder}/${picture.file.replace(/\.jpg$/, '.txt')}`, yoloLines(picture, classes));
  for (const side of sides)
    add(`annotations/instances_${side}.json`, `${JSON.stringify(cocoOf(plan.pictures, classes, side))}\n`);
  for (const [name, text] of Object.entries(sheetsOf(plan.pictures))) add(name, text);
  add('data.yaml', yoloData(classes));
  const near = await writeNearMisses(deps, request, lookers[request.faces], add);
  const sums = sumsOf(plan, classes);
  add('README.md', readmeText(sums, request, near));
  const list = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, digest]) => `${digest}  ${path}\n`);
  const listText = list.join('');
  const digest = sha256Hex(listText);
  sink.add('SHA256SUMS', Buffer.from(listText));
  sink.add('manifest.json', Buffer.from(manifestText({ request, plan, classes, sums, near, digest })));
  return { sums, digest };
}

async function readFrames({ db }: Pick<Deps, 'db'>, { from, to, siteIds }: DatasetRequest): Promise<JudgedFrame[]> {
  const frames: JudgedFrame[] = [];
  let before: number | undefined;
  do {
    const asked = { limit: longestJudgedPage, ...(before === undefined ? {} : { before }) };
    const page = judgedFrames(db, { from, to, siteIds }, asked);
    frames.push(...page.frames);
    before = page.next;
    await nextTurn();
  } while (before !== undefined && frames.length < framesRead);
  return frames;
}

/** The plan as it came out: a picture that retention took in between, or that is too much, is left out and counted. */
async function writePictures(
  deps: WriteDeps,
  { faces }: DatasetRequest,
  { pictures, leftOut }: DatasetPlan,
  add: (path: string, bytes: Buffer) => void,
  progress: Progress,
): Promise<DatasetPlan> {
  const written: DatasetPicture[] = [];
  const out = { ...leftOut };
  let bytes = 0;
  progress(0, pictures.length);
  for (const picture of pictures) {
    const shown = await showKitchenPicture(deps, picture.hash, lookers[faces]);
    if (shown === undefined || bytes + shown.jpeg.length > mostBytes) {
      out[shown === undefined ? 'gone' : 'beyond_limit']++;
      continue;
    }
    add(`images/${picture.folder}/${picture.file}`, shown.jpeg);
    bytes += shown.jpeg.length;
    written.push(picture);
    progress(written.length, pictures.length);
    await nextTurn();
  }
  if (sides.some((side) => !written.some((picture) => picture.side === side))) throw new DatasetRefused('no_pictures');
  return { pictures: written, leftOut: out };
}
