// The `import` command: takes a sheet of lots, or with --check prints what would be taken and every cell in doubt.
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { openQueue } from '../jobs/queue-sqlite.ts';
import { openBlobs } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { isMeaning } from '../trace/import/heading-choice-store.ts';
import type { HeadingChoices } from '../trace/import/heading-map.ts';
import { checkLots, importLots } from '../trace/import/import-lots.ts';
import type { SheetChoices } from '../trace/import/lot-sheet.ts';
import { headingName } from '../trace/sheet/heading-name.ts';
import { print, printJson, readGiven, refused, withData } from './command.ts';
import { isStopped, reportJson, reportLines } from './import-report.ts';

type Options = {
  readonly json?: true;
  readonly check?: true;
  readonly sheet?: string;
  readonly column: HeadingChoices;
  readonly takeDoubts?: true;
};

export function addImportCommand(program: Command): void {
  program
    .command('import <file>')
    .description('take a sheet of lots (CSV, text or .xlsx): all of it, or nothing and every cell that stops it')
    .option('--check', 'take nothing; print what would be taken, with every doubt and its cell')
    .option('--sheet <name>', 'the sheet that is meant, where several hold lots')
    .option(
      '--column <heading=column>',
      'what a heading holds (菜名=product), or that it is left out (备注=ignore)',
      addChoice,
      {},
    )
    .option('--take-doubts', 'the cells in doubt were looked at and are right')
    .option('--json', 'one JSON line a lot; with --check one a finding too')
    .action((file: string, options: Options) => {
      if (options.check === true) return checkFile(file, options);
      return withData((db, config) => importFile(db, config, file, options));
    });
}

function addChoice(text: string, earlier: HeadingChoices): HeadingChoices {
  const [, heading = '', said = ''] = /^(.+)=([A-Za-z]+)$/s.exec(text) ?? [];
  const meaning = said === 'ignore' ? 'idle' : said;
  if (!isMeaning(meaning))
    throw new InvalidArgumentError('Write heading=column, such as 菜名=product, or heading=ignore.');
  return { ...earlier, [headingName(heading).plain]: meaning };
}

function choicesOf({ sheet, column, takeDoubts }: Options): SheetChoices {
  return { sheet, headings: column, doubts: takeDoubts === true ? 'take' : 'stop', now: systemClock() };
}

function importFile(db: Db, config: Config, file: string, options: Options): void {
  const deps = {
    db,
    clock: systemClock,
    blobs: openBlobs(join(config.dataDir, 'blobs')),
    queue: openQueue(db, systemClock),
  };
  const { lots, accepted, duplicate } = refused(file, () =>
    importLots(deps, readGiven(file), null, choicesOf(options)),
  );
  if (options.json === true) for (const lot of lots) printJson(lot);
  else print(`${lots.length} lots, ${accepted} new events, ${duplicate} known already`);
}

/** Doubts are printed beside what would be taken once they are confirmed; the exit status says whether anything stops the import. */
function checkFile(file: string, options: Options): void {
  const bytes = readGiven(file);
  const choices = choicesOf(options);
  const sheet = refused(file, () => checkLots(bytes, { ...choices, doubts: 'take' }));
  if (options.json === true) for (const line of reportJson(sheet)) printJson(line);
  else for (const line of reportLines(sheet, choices)) print(line);
  if (isStopped(sheet, choices)) process.exitCode = 1;
}
