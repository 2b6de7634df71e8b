// Commands on model packs: list, add, shadow, promote, rollback. A running server follows within seconds.
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../config.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { addPackSet } from '../kitchen/pack/add-pack-set.ts';
import { layOutPacks, PacksDamaged } from '../kitchen/pack/lay-out-packs.ts';
import { packSetJson } from '../kitchen/pack/pack-answers.ts';
import { allPackSets, type PackSet, packSetById } from '../kitchen/pack/pack-store.ts';
import { promotePackSet, rollBackPackSet } from '../kitchen/pack/promote-pack-set.ts';
import { endShadow, startShadow } from '../kitchen/pack/start-shadow.ts';
import { closedEye, openDeps } from '../open-deps.ts';
import { CommandFault, print, printJson, readGiven, requireDatabase } from './command.ts';

type Printed = { readonly json?: boolean };

export function addPackCommands(program: Command): void {
  const pack = program.command('pack').description('model packs: which look, which wait, and how one takes over');
  pack
    .command('list')
    .description('every set of packs, newest first')
    .option('--json', 'one JSON line a set')
    .action((options: Printed) =>
      withDeps(({ db }) => {
        for (const set of allPackSets(db)) printSet(set, options);
      }),
    );
  pack
    .command('add <file...>')
    .description('add a candidate from .json and .onnx files or a zip; every check runs first')
    .option('--note <text>', 'what it is', '')
    .option('--alone', 'these packs alone, without the others of the set in use')
    .option('--json', 'print the set as JSON')
    .action((files: string[], options: Printed & { note: string; alone?: boolean }) =>
      withDeps(async (deps) => {
        const given = files.map((file) => ({ name: basename(file), bytes: readGiven(file) }));
        const { note, alone = false } = options;
        printSet(await addPackSet(deps, null, { files: given, note, alone }), options);
      }),
    );
  pack
    .command('shadow <set>')
    .description('run a set in shadow beside the one in use')
    .option('--share <share>', 'share of live frames, 0 to 1', shareOf, 0.2)
    .option('--end', 'end its shadow run')
    .option('--json', 'print the set as JSON')
    .action((id: string, options: Printed & { share: number; end?: boolean }) =>
      withDeps((deps) => {
        if (options.end === true) endShadow(deps, null, idOf(id));
        else startShadow(deps, null, idOf(id), options.share);
        printSet(kept(deps, idOf(id)), options);
      }),
    );
  addUseCommands(pack);
}

function addUseCommands(pack: Command): void {
  pack
    .command('promote <set>')
    .description('put a set in use')
    .requiredOption('--reason <text>', 'why; written to the ledger')
    .option('--json', 'print the set as JSON')
    .action((id: string, options: Printed & { reason: string }) =>
      withDeps(async (deps) => {
        await mustOpen(deps, kept(deps, idOf(id)));
        promotePackSet(deps, null, idOf(id), options.reason);
        printSet(kept(deps, idOf(id)), options);
      }),
    );
  pack
    .command('rollback')
    .description('go back to the set that the one in use replaced')
    .option('--reason <text>', 'why; written to the ledger', '')
    .option('--json', 'print the set as JSON')
    .action((options: Printed & { reason: string }) =>
      withDeps((deps) => printSet(kept(deps, rollBackPackSet(deps, null, options.reason).id), options)),
    );
}

/** Whoever promotes from here sees a damaged set now, not in the server's log. */
async function mustOpen(deps: Deps, set: PackSet): Promise<void> {
  try {
    await deps.apart.check(layOutPacks(deps, set));
  } catch (cause) {
    if (!(cause instanceof PacksDamaged)) throw cause;
    throw new CommandFault(cause.message, { cause });
  }
}

function kept({ db }: Deps, id: number): PackSet {
  const set = packSetById(db, id);
  if (set === undefined) throw new CommandFault(`There is no set ${id}: see pack list.`);
  return set;
}

async function withDeps(work: (deps: Deps) => void | Promise<void>): Promise<void> {
  const config = readConfig();
  requireDatabase(config);
  const deps = openDeps(config, closedEye);
  try {
    await work(deps);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    const faults = cause.faults.map(({ detail }) => detail);
    throw new CommandFault((faults.length > 0 ? faults : [cause.message]).join('\n'), { cause });
  } finally {
    await deps.apart.close();
    deps.db.sqlite.close();
  }
}

function printSet(set: PackSet, { json = false }: Printed): void {
  if (json) {
    printJson(packSetJson(set));
    return;
  }
  const packs = set.packs.map(({ name, version }) => `${name} ${version}`).join(', ');
  const fault = set.fault === null ? '' : `  (${set.fault})`;
  print(
    `${String(set.id).padStart(4)}  ${set.state.padEnd(9)}  ${packs}${set.note === '' ? '' : `  ${set.note}`}${fault}`,
  );
}

function idOf(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new CommandFault(`${text} is no number of a set: see pack list.`);
  return Number(text);
}

function shareOf(text: string): number {
  const share = Number(text);
  if (!(share >= 0 && share <= 1)) throw new InvalidArgumentError('A number from 0 to 1.');
  return share;
}
