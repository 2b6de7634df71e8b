// Signs a person in, slowing down whoever guesses: by account and by the network they come from.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Clock } from '../clock.ts';
import { Problem } from '../http/problem.ts';
import type { Db } from '../store/db.ts';
import { type AccountRow, accountByLogin } from './account-store.ts';
import { openSession } from './open-session.ts';
import { passwordFits } from './password.ts';

const perAccount = { points: 8, duration: 300 };
const perNetwork = { points: 60, duration: 300 };

export type SignIn = (
  login: string,
  password: string,
  address: string,
) => Promise<{ session: string; account: AccountRow }>;

/** One for the life of the server: it remembers the failures. */
export function openSignIn(db: Db, clock: Clock): SignIn {
  const byAccount = new RateLimiterMemory({ keyPrefix: 'account', ...perAccount });
  const byNetwork = new RateLimiterMemory({ keyPrefix: 'network', ...perNetwork });
  return async (login, password, address) => {
    const name = login.toLowerCase().slice(0, 100);
    const network = networkOf(address);
    await refuseWhenSpent(byAccount, name);
    await refuseWhenSpent(byNetwork, network);
    const account = accountByLogin(db, login);
    const fits = await passwordFits(password.slice(0, 1000), account?.passwordHash);
    if (!fits || account === undefined || account.disabledAt !== null) {
      await Promise.allSettled([byAccount.consume(name), byNetwork.consume(network)]);
      throw new Problem('wrong_credentials');
    }
    await byAccount.delete(name);
    return { session: openSession(db, account.id, clock()), account };
  };
}

/** The /64 of an IPv6 address, the whole of an IPv4 one: what one guesser can be expected to hold. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !address.includes(':')) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const missing = tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter((group) => group !== '').length;
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...(tail ?? '').split(':')]
    .slice(0, 4)
    .join(':');
}

async function refuseWhenSpent(limiter: RateLimiterMemory, key: string): Promise<void> {
  const state = await limiter.get(key);
  if (state === null || state.consumedPoints < limiter.points) return;
  const seconds = Math.ceil(state.msBeforeNext / 1000);
  throw new Problem('too_many_requests', {
    detail: `Try again in ${seconds} s.`,
    headers: { 'retry-after': String(seconds) },
  });
}
