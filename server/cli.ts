// The `bright-kitchen` command: one subcommand a job, machine-readable with --json.
import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { type Role, roles } from './accounts/caller.ts';
import { issueToken } from './accounts/issue-token.ts';
import { systemClock } from './clock.ts';
import { type Config, ConfigFaults, readConfig } from './config.ts';
import { verifyLedger } from './ledger/verify.ts';
import { databasePath } from './open-deps.ts';
import { type Db, openDatabase, openReadOnly } from './store/db.ts';
import { openSecrets } from './store/secrets.ts';

/** A refusal that the command line states in one line, with exit status 1. */
class CommandFault extends Error {}

const program = new Command('bright-kitchen').description('Food traceability and bright-kitchen review.').showHelpAfterError();

program
  .command('token')
  .description('issue an API token and print it, alone')
  .requiredOption('--role <role>', roles.join(', '), roleOf)
  .option('--name <name>', 'what the token is for', 'cli')
  .option('--site <id...>', 'site ids an owner or partner belongs to', [])
  .action((options: { role: Role; name: string; site: string[] }) => {
    const db = openExisting(readConfig());
    print(issueToken(db, { role: options.role, name: options.name, sites: options.site }, systemClock()));
    db.sqlite.close();
  });

program
  .command('verify')
  .description('go through the whole ledger: whole, or what was changed')
  .option('--json', 'print the report as JSON')
  .action((options: { json?: boolean }) => {
    const config = readConfig();
    requireDatabase(config);
    const db = openReadOnly(databasePath(config));
    const report = verifyLedger(db, openSecrets(config.dataDir).ledgerPublicKey, {});
    if (options.json) print(JSON.stringify({ whole: report.faults.length === 0, ...report }));
    else if (report.faults.length === 0) print(`Whole: ${report.size} entries, ${report.checkpoints} checkpoints, root ${report.root}`);
    else for (const fault of report.faults) print(`${fault.place}: ${fault.detail}`);
    if (report.faults.length > 0) process.exitCode = 1;
  });

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandFault || error instanceof ConfigFaults)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function roleOf(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`One of ${roles.join(', ')}.`);
  return role;
}

function openExisting(config: Config): Db {
  requireDatabase(config);
  return openDatabase(databasePath(config));
}

function requireDatabase(config: Config): void {
  if (!existsSync(databasePath(config))) throw new CommandFault(`There is no data in ${config.dataDir} yet: run npm start first, or set DATA_DIR.`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
