// The `import` command: takes a sheet of lots, or with --check prints what would be taken and every cell in doubt.
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { openQueue } from '../jobs/queue-sqlite.ts';
import { openBlobs } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { dayOf } from '../trace/event/goods-day.ts';
import { isMeaning } from '../trace/import/heading-choice-store.ts';
import type { HeadingChoices } from '../trace/import/heading-map.ts';
import { checkLots, importLots } from '../trace/import/import-lots.ts';
import type { LotSheet, SheetChoices } from '../trace/import/lot-sheet.ts';
import type { LotEntry } from '../trace/lot/lot-entry.ts';
import { headingName } from '../trace/sheet/heading-name.ts';
import { print, printJson, readGiven, refused, withData } from './command.ts';

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
  return { sheet, headings: column, doubts: takeDoubts === true ? 'take' : 'stop' };
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
  const sheet = refused(file, () => checkLots(bytes, { ...choicesOf(options), doubts: 'take' }));
  const found = [...sheet.found, ...sheet.rows.flatMap((row) => row.found)];
  const isStopped = found.some(({ level }) => level !== 'note' && (level !== 'doubt' || options.takeDoubts !== true));
  if (options.json === true) {
    for (const { level, cell, column, code, detail } of found) printJson({ level, cell, column, code, detail });
    for (const entry of sheet.entries) printJson({ level: 'lot', ...lotJson(entry) });
  } else {
    printHeadings(sheet);
    for (const { level, cell, column, detail } of found) print(`${level.padEnd(6)}${cell} (${column}): ${detail}`);
    for (const entry of sheet.entries) print(lotLine(entry));
    print(summary(sheet, isStopped));
  }
  if (isStopped) process.exitCode = 1;
}

function printHeadings({ name, headings }: LotSheet): void {
  if (name !== '') print(`sheet ${name}`);
  for (const heading of headings) {
    const { cell, meaning } = heading;
    print(
      `column ${cell} ${heading.name}: ${meaning === undefined ? 'not known' : meaning === 'idle' ? 'left out' : meaning}`,
    );
  }
}

function lotJson({ code, fields, amount, producedAt, expiresAt, flow }: LotEntry) {
  return {
    code,
    product: fields.product ?? null,
    quantity: amount.quantity ?? null,
    unit: amount.unit ?? null,
    producedAt: producedAt === undefined ? null : new Date(producedAt).toISOString(),
    expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
    moves: flow.map(({ from, to, at }) => ({ from: from ?? null, to: to ?? null, at: new Date(at).toISOString() })),
  };
}

function lotLine({ code, fields, amount, producedAt, expiresAt, flow }: LotEntry): string {
  const parts = [
    fields.product ?? 'no name',
    amount.quantity === undefined ? 'no amount' : `${amount.quantity} ${amount.unit ?? 'pieces'}`,
    ...(producedAt === undefined ? [] : [`made ${dayOf(producedAt)}`]),
    ...(expiresAt === undefined ? [] : [`use by ${dayOf(expiresAt)}`]),
    ...flow.map(({ from, to, at }) => `${from ?? '?'} → ${to ?? '?'} ${dayOf(at)}`),
  ];
  return `lot   ${code}: ${parts.join(', ')}`;
}

function summary({ rows, entries }: LotSheet, isStopped: boolean): string {
  if (entries.length === 0) return `${rows.length} rows; nothing can be taken before the cells above are put right.`;
  return `${rows.length} rows, ${entries.length} lots; ${isStopped ? 'the doubts above stop the import until --take-doubts.' : 'nothing stops the import.'}`;
}
