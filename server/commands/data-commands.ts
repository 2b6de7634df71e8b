// Commands on the data as a whole: verify, backup, restore, doctor.
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { databaseName } from '../open-deps.ts';
import { readBackup, writeBackup } from '../store/backup.ts';
import { CommandFault, print, printJson, withData } from './command.ts';
import { examine } from './doctor.ts';
import { verifyBundle } from './verify-bundle.ts';
import { type VerifyOptions, verifyData } from './verify-data.ts';

export function addDataCommands(program: Command): void {
  program
    .command('verify')
    .description('build everything again from the ledger and the documents: whole, or the row that was changed')
    .option('--quick', 'the ledger by itself, and what its entries name')
    .option('--json', 'print the report as JSON')
    .option('--scratch <folder>', 'where to build, with room for as much as the database holds')
    .option('--bundle <file>', 'check an evidence bundle instead, by itself')
    .option('--key <file>', 'the public key the bundle must be sealed with, in PEM')
    .option('--tsa <file>', 'the root certificate of the time-stamp authority, in PEM')
    .action(({ bundle, key, tsa, ...options }: VerifyOptions & { bundle?: string; key?: string; tsa?: string }) =>
      bundle === undefined ? verifyData(options) : verifyBundle({ bundle, key, tsa, json: options.json }),
    );
  program
    .command('backup <file>')
    .description('write everything into one file, while the server runs')
    .action((file: string) =>
      withData(async (db, config) => {
        const { files, bytes } = await refuseCleanly(() => writeBackup(db, config.dataDir, file));
        print(`${file}: ${bytes} bytes, ${files} files beside the database`);
      }),
    );
  program
    .command('restore <file>')
    .description('make an empty data directory from a backup')
    .action(async (file: string) => {
      const config = readConfig();
      const { files, bytes } = await refuseCleanly(() => readBackup(file, config.dataDir, databaseName));
      print(`${config.dataDir}: ${bytes} bytes, ${files} files beside the database`);
    });
  program
    .command('doctor')
    .description('check this machine and the data, and say how to mend what is wrong')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine(readConfig());
      if (options.json === true) for (const finding of findings) printJson(finding);
      else for (const { ok, name, detail } of findings) print(`${ok ? 'ok  ' : 'MEND'}  ${name}: ${detail}`);
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

async function refuseCleanly<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
