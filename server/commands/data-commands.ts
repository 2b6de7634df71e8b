// Commands on the data as a whole: verify, backup, restore, doctor.
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { evidenceChecks } from '../evidence.ts';
import { verifyLedger } from '../ledger/verify.ts';
import { databaseName } from '../open-deps.ts';
import { readBackup, writeBackup } from '../store/backup.ts';
import { openReadOnly } from '../store/db.ts';
import { openSecrets } from '../store/secrets.ts';
import { CommandFault, print, printJson, requireDatabase, withData } from './command.ts';
import { examine } from './doctor.ts';
import { verifyBundle } from './verify-bundle.ts';

export function addDataCommands(program: Command): void {
  program
    .command('verify')
    .description('go through the ledger and the evidence: whole, or the entry that was changed')
    .option('--json', 'print the report as JSON')
    .option('--bundle <file>', 'check an evidence bundle instead, by itself')
    .option('--key <file>', 'the public key the bundle must be sealed with, in PEM')
    .action(({ json, bundle, key }: { json?: boolean; bundle?: string; key?: string }) =>
      bundle === undefined ? verify(json === true) : verifyBundle({ bundle, key, json }),
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

function verify(json: boolean): void {
  const config = readConfig();
  const db = openReadOnly(requireDatabase(config));
  const report = verifyLedger(db, openSecrets(config.dataDir).ledgerPublicKey, evidenceChecks(db, config.dataDir));
  if (json) printJson({ whole: report.faults.length === 0, ...report });
  else if (report.faults.length === 0)
    print(`Whole: ${report.size} entries, ${report.checkpoints} checkpoints, root ${report.root}`);
  else for (const { place, detail } of report.faults) print(`${place}: ${detail}`);
  if (report.faults.length > 0) process.exitCode = 1;
  db.sqlite.close();
}

async function refuseCleanly<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new CommandFault(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
