// People with a password, for tests that sign in.
import type { NewAccount } from '../../server/accounts/create-account.ts';
import { insertAccount } from '../../server/accounts/create-account.ts';
import { hashPassword } from '../../server/accounts/password.ts';
import { openSession } from '../../server/accounts/session/open-session.ts';
import { type Db, writeTransaction } from '../../server/store/db.ts';
import { type CallOptions, origin, type TestServer } from './server.ts';

/** A hash takes its time on purpose: the same password is hashed once. */
const hashes = new Map<string, Promise<string>>();

/** Returns the new account's id. */
export async function createAccount(
  db: Db,
  { password, ...input }: NewAccount & { readonly password: string },
  by: string,
  at: number,
): Promise<number> {
  const hashing = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, hashing);
  const passwordHash = await hashing;
  return writeTransaction(db, () => insertAccount(db, { ...input, passwordHash }, by, at));
}

export const usualPassword = 'a long password';
export const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36';

/** A person before a browser: pages and forms, the cookie kept as a browser keeps it. */
export type PersonAtWork = {
  readonly id: number;
  cookie: string;
  /** A form sent when there are fields, else a page asked for. */
  readonly go: (path: string, form?: Readonly<Record<string, string>>, more?: CallOptions) => Promise<Response>;
  readonly text: (path: string) => Promise<string>;
};

export type NewPerson = Omit<NewAccount, 'name' | 'sites'> & Partial<Pick<NewAccount, 'name' | 'sites'>>;

/** Somebody with an account, not yet signed in. */
export async function personOf(server: TestServer, input: NewPerson): Promise<PersonAtWork> {
  const account = { name: input.login, sites: [], ...input, password: usualPassword };
  const id = await createAccount(server.db, account, 'test', server.clock.now());
  return browserOf(server, id);
}

/** Somebody with an account, signed in a moment ago. */
export async function signedIn(server: TestServer, input: NewPerson): Promise<PersonAtWork> {
  const person = await personOf(server, input);
  const device = { address: '192.0.2.7', agent: chrome };
  person.cookie = `bk_session=${openSession(server.db, person.id, server.clock.now(), device)}`;
  return person;
}

export function browserOf(server: TestServer, id = 0): PersonAtWork {
  const go: PersonAtWork['go'] = async (path, form, more = {}) => {
    const headers = { origin, accept: 'text/html', 'user-agent': chrome, cookie: person.cookie, ...more.headers };
    const answer = await server.call(path, { ...(form === undefined ? {} : { form }), ...more, headers });
    const given = /bk_session=[^;]*/.exec(answer.headers.get('set-cookie') ?? '')?.[0];
    if (given !== undefined) person.cookie = given;
    return answer;
  };
  const person: PersonAtWork = { id, cookie: '', go, text: async (path) => (await go(path)).text() };
  return person;
}
