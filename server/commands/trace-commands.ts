// Commands of the trace half: hash an EPCIS document, trace a lot.
import { type Command, InvalidArgumentError } from 'commander';
import type { Db } from '../store/db.ts';
import { chainJson } from '../trace/chain/chain-json.ts';
import { traceLot } from '../trace/chain/chain-store.ts';
import { hashDocument } from '../trace/epcis/document.ts';
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
