// Commands of the trace half: hash an EPCIS document, import a CSV, trace a lot.
import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../clock.ts';
import type { Config } from '../config.ts';
import { Problem } from '../http/problem.ts';
import { openQueue } from '../jobs/queue-sqlite.ts';
import { openBlobs } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { chainJson } from '../trace/chain/chain-json.ts';
import { traceLot } from '../trace/chain/chain-store.ts';
import { hashDocument } from '../trace/epcis/document.ts';
import { importLots } from '../trace/import/import-lots.ts';
import { unsureFault } from '../trace/lot/asked-lot-store.ts';
import { searchLot } from '../trace/lot/lot-store.ts';
import { CommandFault, print, printJson, readGiven, withData } from './command.ts';

const directions = ['backward', 'forward'] as const;
type Direction = (typeof directions)[number];

export function addTraceCommands(program: Command): void {
  program
    .command('hash <file>')
    .description('the CBV 2.0 hash of each event of an EPCIS document (JSON-LD or XML), in document order')
    .option('--json', 'one JSON line an event')
    .action((file: string, options: { json?: boolean }) => hashEvents(file, options.json === true));
  program
    .command('import <file>')
    .description('take a CSV of lots: all of it, or nothing and every faulty cell')
    .option('--json', 'one JSON line a lot')
    .action((file: string, options: { json?: boolean }) =>
      withData((db, config) => importFile(db, config, file, options.json === true)),
    );
  program
    .command('trace <code>')
    .description('the chain of a lot, however its code is written')
    .requiredOption('--direction <direction>', directions.join(' or '), directionOf)
    .option('--json', 'the chain as GET /api/trace answers it')
    .action((code: string, options: { direction: Direction; json?: boolean }) =>
      withData((db) => printChain(db, code, options.direction, options.json === true)),
    );
}

function hashEvents(file: string, json: boolean): void {
  const { hashes, faults } = hashDocument(readGiven(file), undefined);
  if (faults.length > 0) {
    throw new CommandFault(
      faults.map(({ place, detail }) => `${file}${place === '' ? '' : ` at ${place}`}: ${detail}`).join('\n'),
    );
  }
  for (const hash of hashes) {
    if (json) printJson({ hash });
    else print(hash);
  }
}

function importFile(db: Db, config: Config, file: string, json: boolean): void {
  const deps = {
    db,
    clock: systemClock,
    blobs: openBlobs(join(config.dataDir, 'blobs')),
    queue: openQueue(db, systemClock),
  };
  const { lots, accepted, duplicate } = refused(file, () => importLots(deps, readGiven(file), null));
  if (json) for (const lot of lots) printJson(lot);
  else print(`${lots.length} lots, ${accepted} new events, ${duplicate} known already`);
}

/** What a room refuses, as the command line says it: every fault on a line of its own. */
function refused<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const faults = error.faults.map(({ place, detail }) => `${file}, ${place}: ${detail}`);
    throw new CommandFault(faults.length > 0 ? faults.join('\n') : `${file}: ${error.message}`, { cause: error });
  }
}

function printChain(db: Db, code: string, direction: Direction, json: boolean): void {
  const search = searchLot(db, code);
  if (search.found === 'unsure') throw new CommandFault(`${code}: ${unsureFault(search.readings, 'code').detail}`);
  if (search.found !== 'one')
    throw new CommandFault(
      `${code}: ${search.found === 'unreadable' ? `${search.refusal.fault} (${search.refusal.found})` : 'no single lot is known by this code.'}`,
    );
  const chain = chainJson(traceLot(db, { lotId: search.lot.id, direction }));
  if (json) {
    printJson(chain);
    return;
  }
  for (const lot of chain.lots) print(`${'  '.repeat(lot.depth)}${lot.code}`);
  if (chain.truncated) print('… cut off: the chain is longer.');
}

function directionOf(text: string): Direction {
  const direction = directions.find((known) => known === text);
  if (direction === undefined) throw new InvalidArgumentError(`One of ${directions.join(', ')}.`);
  return direction;
}
