// Commands on accounts: a token for a program, a reset link for a person who cannot get in.
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { accountByLogin } from '../accounts/account-store.ts';
import { type Role, roles } from '../accounts/caller.ts';
import { issueToken } from '../accounts/issue-token.ts';
import { makeReset } from '../accounts/person/change-password.ts';
import { isGrant } from '../accounts/place/voice.ts';
import { systemClock } from '../clock.ts';
import { CommandFault, print, withData } from './command.ts';

export function addAccountCommands(program: Command): void {
  program
    .command('token')
    .description('issue an API token and print it, alone')
    .requiredOption('--role <role>', roles.join(', '), roleOf)
    .option('--name <name>', 'what the token is for', 'cli')
    .option('--site <id...>', 'site ids an owner or partner belongs to', [])
    .option(
      '--speaks-for <place...>',
      'further places (GLN, or the first digits of GLNs) a partner says events of; with neither option: all places',
      grantedPlaces,
      [],
    )
    .action(({ role, name, site, speaksFor }: { role: Role; name: string; site: string[]; speaksFor: string[] }) =>
      withData((db) => print(issueToken(db, { role, name, sites: site, grants: speaksFor }, systemClock()))),
    );
  program
    .command('reset-link <login>')
    .description('print a link, good once and for a day, with which this person sets a new password')
    .option('--remove-factors', 'also remove authenticator app, passkeys and recovery codes: for a lost phone')
    .action((login: string, { removeFactors }: { removeFactors?: boolean }) =>
      withData((db, { publicUrl }) => {
        const account = accountByLogin(db, login);
        if (account === undefined || account.disabledAt !== null || account.passwordHash === null)
          throw new CommandFault(`Nobody signs in as ${login}: look for the account name on the people page.`);
        const factors = removeFactors === true ? 'removed' : 'kept';
        print(`${publicUrl}/resets/${makeReset(db, account.id, { factors }, null, systemClock())}`);
      }),
    );
}

function grantedPlaces(text: string, before: string[]): string[] {
  if (!isGrant(text)) throw new InvalidArgumentError('A GLN, a local:… site id, or the first 4–12 digits of GLNs.');
  return [...before, text];
}

function roleOf(text: string): Role {
  const role = roles.find((known) => known === text);
  if (role === undefined) throw new InvalidArgumentError(`One of ${roles.join(', ')}.`);
  return role;
}
