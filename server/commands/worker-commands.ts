// The command that hands a worker its key.
import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { openSecrets, workerKeyOf } from '../store/secrets.ts';
import { print, requireDatabase } from './command.ts';

export function addWorkerCommands(program: Command): void {
  program
    .command('worker-key')
    .description('the key that a worker on another machine needs as WORKER_KEY, alone')
    .action(() => {
      const config = readConfig();
      requireDatabase(config);
      print(workerKeyOf(openSecrets(config.dataDir)).toString('base64url'));
    });
}
