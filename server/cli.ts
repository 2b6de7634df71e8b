// The `bright-kitchen` command: one subcommand a job, machine-readable with --json.
import { Command } from 'commander';
import { addAccountCommands } from './commands/account-commands.ts';
import { CommandFault } from './commands/command.ts';
import { addDataCommands } from './commands/data-commands.ts';
import { addDatasetCommands } from './commands/dataset-commands.ts';
import { addDrawCommands } from './commands/draw-commands.ts';
import { addImportCommand } from './commands/import-command.ts';
import { addLookCommands } from './commands/look-commands.ts';
import { addPackCommands } from './commands/pack-commands.ts';
import { addTraceCommands } from './commands/trace-commands.ts';
import { addWorkerCommands } from './commands/worker-commands.ts';
import { isRefusal } from './refusal.ts';

const program = new Command('bright-kitchen')
  .description('Food traceability and bright-kitchen review.')
  .showHelpAfterError();
addAccountCommands(program);
addDataCommands(program);
addDatasetCommands(program);
addLookCommands(program);
addPackCommands(program);
addTraceCommands(program);
addImportCommand(program);
addDrawCommands(program);
addWorkerCommands(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommandFault || isRefusal(error))) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
