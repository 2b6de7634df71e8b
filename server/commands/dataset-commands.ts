// The command that writes judged frames as a data set into a folder: export-judged.
import { type Command, InvalidArgumentError } from 'commander';
import { openDetector } from '../../inference/detector.ts';
import { openBlobsBeside } from '../bucket/open-beside.ts';
import { systemClock } from '../clock.ts';
import { DatasetRefused, datasetRequestSchema } from '../kitchen/dataset/dataset.ts';
import { recordFolderExport } from '../kitchen/dataset/record-folder-export.ts';
import { writeDataset } from '../kitchen/dataset/write-dataset.ts';
import { intoFolder } from '../kitchen/dataset/write-files.ts';
import { closedEye } from '../open-deps.ts';
import { CommandFault, print, printJson, withData } from './command.ts';

type Options = {
  readonly reason: string;
  readonly from?: number;
  readonly to?: number;
  readonly kitchen: readonly string[];
  readonly blurFaces?: boolean;
  readonly json?: boolean;
};

const shortestReason = 4;

export function addDatasetCommands(program: Command): void {
  program
    .command('export-judged <folder>')
    .description('write the frames people have judged as a data set (COCO, YOLO and sheets) into an empty folder')
    .requiredOption('--reason <text>', 'what it is for; written into the ledger', reasonOf)
    .option('--from <date>', 'frames of this day (Beijing) and later, such as 2026-11-01', dayStart)
    .option('--to <date>', 'frames up to and with this day', dayEnd)
    .option('--kitchen <site...>', 'site ids; every kitchen when left out', [])
    .option('--blur-faces', 'make faces unrecognisable; masks cannot be learnt from such pictures')
    .option('--json', 'print the sums as JSON')
    .action((folder: string, options: Options) => exportJudged(folder, options));
}

async function exportJudged(folder: string, { reason, from, to, kitchen, blurFaces, json }: Options): Promise<void> {
  const request = datasetRequestSchema.parse({
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(kitchen.length === 0 ? {} : { siteIds: kitchen }),
    faces: blurFaces === true ? 'blurred' : 'as-seen',
  });
  await withData(async (db, config) => {
    const blobs = openBlobsBeside(db, config, { warn: tell, error: tell });
    const written = await refuseCleanly(async () => {
      const sink = intoFolder(folder);
      // Asked for before it is done, and what came of it after: also an export that breaks off is in the ledger.
      recordFolderExport(db, { asked: request, reason }, systemClock());
      // Where heads are is only asked where they are blurred.
      const eye = request.faces === 'blurred' ? await openDetector(config) : closedEye;
      return writeDataset({ db, blobs, clock: systemClock, eye, log: { warn: tell } }, request, sink).finally(() =>
        Promise.all([eye.close(), blobs.close()]),
      );
    });
    const { sums, digest } = written;
    recordFolderExport(db, { written: digest, pictures: sums.pictures }, systemClock());
    if (json === true) printJson({ folder, digest, ...sums });
    else
      print(
        `${folder}: ${sums.pictures.train} pictures to learn from, ${sums.pictures.val} to measure on, digest ${digest}`,
      );
  });
}

function tell(about: object, text: string): void {
  process.stderr.write(`${text} ${JSON.stringify(about)}\n`);
}

async function refuseCleanly<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DatasetRefused || error instanceof Error)
      throw new CommandFault(error.message, { cause: error });
    throw error;
  }
}

function reasonOf(text: string): string {
  if (text.trim().length < shortestReason) throw new InvalidArgumentError('Say in some words what it is for.');
  return text.trim();
}

function dayStart(text: string): number {
  const at = Date.parse(`${text}T00:00:00+08:00`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at))
    throw new InvalidArgumentError('A day such as 2026-11-22.');
  return at;
}

function dayEnd(text: string): number {
  return dayStart(text) + 24 * 3600_000;
}
