// Signs a person in, slowing down whoever guesses: by account and by the network they come from.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Deps } from '../deps.ts';
import { Problem } from '../http/problem.ts';
import { writeTransaction } from '../store/db.ts';
import { type AccountRow, accountById, accountByLogin } from './account-store.ts';
import { hasFactor } from './factor/factor-store.ts';
import { useTotp, wrongCode } from './factor/keep-totp.ts';
import { useRecoveryCode } from './factor/recovery-codes.ts';
import { passwordFits } from './password.ts';
import { type AccountEventKind, noteAccountEvent } from './person/account-event-store.ts';
import { closeSession, type Device, openSession } from './session/open-session.ts';
import { accountOfHalfSession } from './session/session-store.ts';

const perAccount = { points: 8, duration: 300 };
const perNetwork = { points: 60, duration: 300 };

/** `second`: the password was right, and the second factor is still owed. */
export type SignedIn = { readonly session: string; readonly account: AccountRow; readonly stage: 'full' | 'second' };

type SignInDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;

/** One for the life of the server: it remembers the failures. */
export function openSignIn(deps: SignInDeps) {
  const desk: Desk = { ...deps, guesses: openGuesses() };
  return {
    byPassword: (login: string, password: string, device: Device) => byPassword(desk, login, password, device),
    byCode: (half: string, code: string, device: Device) => byCode(desk, half, code, device),
    byPasskey: (accountId: number | undefined, device: Device) => byPasskey(desk, accountId, device),
    confirm: (account: AccountRow, password: string, device: Device) => confirm(desk, account, password, device),
  };
}

type Desk = SignInDeps & { readonly guesses: ReturnType<typeof openGuesses> };

/** Throws Problem `wrong_credentials`, the same for a wrong password and for a name that nobody has. */
async function byPassword(desk: Desk, login: string, password: string, device: Device): Promise<SignedIn> {
  const { db, clock, guesses } = desk;
  const name = login.toLowerCase().slice(0, 100);
  await guesses.refuseWhenSpent(name, device.address);
  const account = accountByLogin(db, login);
  const fits = await passwordFits(password.slice(0, 1000), account?.passwordHash);
  if (!fits || account === undefined || account.disabledAt !== null) {
    await guesses.count(name, device.address);
    note(desk, account?.id ?? null, 'sign_in_failed', device);
    throw new Problem('wrong_credentials');
  }
  if (!hasFactor(db, account.id)) {
    await guesses.forget(name);
    return whole(desk, account, device);
  }
  return { session: openSession(db, account.id, clock(), device, 'second'), account, stage: 'second' };
}

/** The code of an app or one from paper, by who holds a half-open session. Throws Problem `not_signed_in` without one. */
async function byCode(desk: Desk, half: string, code: string, device: Device): Promise<SignedIn> {
  const { db, clock, guesses } = desk;
  const account = accountOfHalfSession(db, half, clock());
  if (account === undefined) throw new Problem('not_signed_in');
  const name = `second ${account.id}`;
  await guesses.refuseWhenSpent(name, device.address);
  const fromPaper = useRecoveryCode(db, account.id, code.slice(0, 100), clock());
  if (!fromPaper && !useTotp(desk, account.id, code.slice(0, 100))) {
    await guesses.count(name, device.address);
    note(desk, account.id, 'second_failed', device);
    throw wrongCode();
  }
  if (fromPaper) note(desk, account.id, 'recovery_used', device);
  await guesses.forget(name);
  await guesses.forget(account.login.toLowerCase());
  closeSession(db, half);
  return whole(desk, account, device);
}

/** A passkey shows who is there by itself: two factors in one. */
async function byPasskey(desk: Desk, accountId: number | undefined, device: Device): Promise<SignedIn> {
  const { db, guesses } = desk;
  const name = `passkey ${networkOf(device.address)}`;
  await guesses.refuseWhenSpent(name, device.address);
  const account = accountId === undefined ? undefined : accountById(db, accountId);
  if (account === undefined || account.disabledAt !== null) {
    await guesses.count(name, device.address);
    throw new Problem('wrong_credentials');
  }
  return whole(desk, account, device);
}

/** The present password typed again by who is signed in. Throws Problem `invalid_input`, or `too_many_requests`. */
async function confirm({ guesses }: Desk, account: AccountRow, password: string, device: Device): Promise<void> {
  const name = account.login.toLowerCase();
  await guesses.refuseWhenSpent(name, device.address);
  if (await passwordFits(password.slice(0, 1000), account.passwordHash)) return;
  await guesses.count(name, device.address);
  throw new Problem('invalid_input', {
    faults: [{ place: 'current', code: 'wrong_password', detail: 'This is not the present password.' }],
  });
}

function whole(desk: Desk, account: AccountRow, device: Device): SignedIn {
  const session = openSession(desk.db, account.id, desk.clock(), device);
  note(desk, account.id, 'signed_in', device);
  return { session, account, stage: 'full' };
}

export type SignIn = ReturnType<typeof openSignIn>;

function openGuesses() {
  const byAccount = new RateLimiterMemory({ keyPrefix: 'account', ...perAccount });
  const byNetwork = new RateLimiterMemory({ keyPrefix: 'network', ...perNetwork });
  return {
    async refuseWhenSpent(name: string, address: string) {
      await refuseWhenSpent(byAccount, name);
      await refuseWhenSpent(byNetwork, networkOf(address));
    },
    async count(name: string, address: string) {
      await Promise.allSettled([byAccount.consume(name), byNetwork.consume(networkOf(address))]);
    },
    forget: (name: string) => byAccount.delete(name),
  };
}

function note({ db, clock }: SignInDeps, accountId: number | null, kind: AccountEventKind, device: Device): void {
  writeTransaction(db, () => noteAccountEvent(db, { accountId, at: clock(), kind, device }));
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
