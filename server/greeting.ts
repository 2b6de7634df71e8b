// The block that `npm start` prints last: where the server is and how to enter as each role.
import { demoLogins, demoPassword } from './accounts/demo.ts';
import { isReachable } from './accounts/factor/second-factor.ts';
import type { Deps } from './deps.ts';
import type { Machines } from './jobs/carrier.ts';

const roleWords: Readonly<Record<string, string>> = {
  reviewer: '审核员 reviewer',
  inspector: '检查员 inspector',
  owner: '商家 owner',
  partner: '合作方 partner',
  admin: '管理员 admin',
};

export function welcome({ config, db, machines }: Deps, setUpKey: string | undefined): string {
  const people = demoLogins(db);
  const lines = [`Bright Kitchen 明厨亮灶   ${config.publicUrl}`];
  if (people.length > 0) {
    lines.push('', `Sample accounts, password ${demoPassword}:`);
    for (const { login, role, name } of people)
      lines.push(`  ${login.padEnd(11)} ${roleWords[role] ?? role}   ${name}`);
    lines.push('', `Or press a name at ${config.publicUrl}/sign-in`);
    if (isReachable(config))
      lines.push(
        '',
        'Others can reach this server, and everybody knows this password:',
        '  disable the sample people on /people.',
      );
  }
  if (setUpKey !== undefined)
    lines.push('', 'Make the administrator (this link works once):', `  ${config.publicUrl}/set-up/${setUpKey}`);
  if (machines !== undefined) lines.push('', ...machineLines(machines));
  lines.push('', 'Ctrl-C stops it.');
  const rule = '─'.repeat(64);
  return `\n${rule}\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n${rule}\n`;
}

/** Just after the start nobody has answered yet; /readyz says how it stands later. */
function machineLines({ carrier }: Machines): string[] {
  const { connected, workers } = carrier.state();
  return [
    'REDIS_URL is set: cameras with an address are looked at by workers, through Redis.',
    `  Redis ${connected ? 'answers' : 'does not answer yet'}; ${workers} worker${workers === 1 ? '' : 's'} so far. Without one these cameras wait.`,
    '  To start one, on any machine: REDIS_URL=… WORKER_KEY=… npm run worker',
    '  Its key: npm run -s cli -- worker-key',
  ];
}
