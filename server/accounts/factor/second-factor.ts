// When a second factor is demanded: of those who see everything, on a server that strangers can reach.
import type { Config } from '../../config.ts';
import type { Role } from '../caller.ts';

type Reach = Pick<Config, 'host' | 'publicUrl'>;

/** Whether others than this machine can reach the server, by where it listens or by what it is called. */
export function isReachable({ host, publicUrl }: Reach): boolean {
  return !isLoopback(host) || !isLoopback(new URL(publicUrl).hostname);
}

export function demandsFactor(config: Reach, role: Role): boolean {
  return isReachable(config) && (role === 'admin' || role === 'inspector');
}

function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, '').toLowerCase();
  return plain === 'localhost' || plain.endsWith('.localhost') || plain === '::1' || /^127(\.\d{1,3}){3}$/.test(plain);
}
