// Adds a passkey to an account, takes its signature at sign-in, and removes it.
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { and, count, eq } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, prepared, writeTransaction } from '../../store/db.ts';
import { noteAccountEvent } from '../person/account-event-store.ts';
import type { Device } from '../session/open-session.ts';
import { passkeys } from '../tables.ts';
import { factorsOf } from './factor-store.ts';
import { challengeEnd, challengeMs, newChallenge, type Purpose, type RelyingParty, relyingParty } from './passkey.ts';

type KeyDeps = Pick<Deps, 'db' | 'clock' | 'secrets' | 'config'>;
type Person = { readonly id: number; readonly login: string; readonly name: string };

const mostPasskeys = 20;
/** With its certificate formats the largest library of all: read when somebody uses a passkey. */
const webAuthn = () => import('@simplewebauthn/server');

/** What the browser is asked, to make a passkey. Throws Problem `not_found` where passkeys cannot be offered. */
export async function askForNewPasskey(deps: KeyDeps, { id, login, name }: Person) {
  const party = partyOf(deps);
  return (await webAuthn()).generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userName: login,
    userDisplayName: name,
    userID: new Uint8Array(Buffer.from(`account ${id}`)),
    challenge: Buffer.from(
      newChallenge(deps.secrets.linkKey, `add ${id}`, deps.clock()),
      'base64url',
    ) as Uint8Array<ArrayBuffer>,
    timeout: challengeMs,
    excludeCredentials: factorsOf(deps.db, id).passkeys.map((key) => ({ id: key.id })),
    // It signs in by itself: the device must know who is before it, by finger, face or PIN.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

export type NewPasskey = { readonly response: RegistrationResponseJSON; readonly name: string };

/** Keeps what the browser made. Throws Problem `invalid_input` for anything that was not made for this account here. */
export async function addPasskey(
  deps: KeyDeps,
  accountId: number,
  { response, name }: NewPasskey,
  device: Device,
): Promise<void> {
  const { db, clock } = deps;
  const party = partyOf(deps);
  const { verifyRegistrationResponse } = await webAuthn();
  const { verified, registrationInfo } = await verifiedOr(
    verifyRegistrationResponse({
      response,
      expectedChallenge: expecting(deps, `add ${accountId}`),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
    }),
  );
  if (!verified || registrationInfo === undefined) throw badPasskey();
  const { id, publicKey, counter, transports } = registrationInfo.credential;
  const at = clock();
  writeTransaction(db, () => {
    const held = db.orm.select({ held: count() }).from(passkeys).where(eq(passkeys.accountId, accountId)).get();
    if ((held?.held ?? 0) >= mostPasskeys) throw new Problem('conflict');
    const row = { id, accountId, name: name.trim().slice(0, 60), publicKey: Buffer.from(publicKey), counter };
    db.orm
      .insert(passkeys)
      .values({ ...row, transports: JSON.stringify(transports ?? []), createdAt: at })
      .run();
    noteAccountEvent(db, { accountId, at, kind: 'passkey_added', device });
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body: { factor: 'passkey', added: true }, at });
  });
}

/** What the browser is asked, to sign with any passkey it has for this site. */
export async function askForPasskey(deps: KeyDeps) {
  return (await webAuthn()).generateAuthenticationOptions({
    rpID: partyOf(deps).id,
    challenge: Buffer.from(
      newChallenge(deps.secrets.linkKey, 'sign-in', deps.clock()),
      'base64url',
    ) as Uint8Array<ArrayBuffer>,
    timeout: challengeMs,
    userVerification: 'required',
  });
}

/** The account whose passkey signed; undefined for a signature that proves nothing here. */
export async function accountOfPasskey(
  deps: KeyDeps,
  response: AuthenticationResponseJSON,
): Promise<number | undefined> {
  const { db, clock } = deps;
  const party = partyOf(deps);
  const row = db.orm.select().from(passkeys).where(eq(passkeys.id, response.id)).get();
  if (row === undefined) return undefined;
  const { verifyAuthenticationResponse } = await webAuthn();
  const { verified, authenticationInfo } = await verifiedOr(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: expecting(deps, 'sign-in'),
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      requireUserVerification: true,
      credential: {
        id: row.id,
        publicKey: new Uint8Array(row.publicKey),
        counter: row.counter,
        transports: JSON.parse(row.transports) as string[],
      },
    }),
  );
  if (!verified) return undefined;
  const use = { counter: authenticationInfo.newCounter, lastUsedAt: clock() };
  writeTransaction(db, () => db.orm.update(passkeys).set(use).where(eq(passkeys.id, row.id)).run());
  return row.accountId;
}

/** Inside the caller's transaction; false: the account has no such passkey. */
export function removePasskey(db: Db, accountId: number, id: string): boolean {
  return (
    db.orm
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.accountId, accountId)))
      .run().changes > 0
  );
}

/** Inside the caller's transaction. */
export function removePasskeys(db: Db, accountId: number): void {
  db.orm.delete(passkeys).where(eq(passkeys.accountId, accountId)).run();
}

function partyOf({ config }: KeyDeps): RelyingParty {
  const party = relyingParty(config);
  if (party === undefined) throw new Problem('not_found');
  return party;
}

/** Challenges that were answered, until they would have ended: none is answered twice. */
const answered = prepared(() => new Map<string, number>());

function expecting({ db, secrets, clock }: KeyDeps, purpose: Purpose): (challenge: string) => boolean {
  return (challenge) => {
    const used = answered(db);
    const now = clock();
    for (const [old, end] of used) if (end <= now) used.delete(old);
    const end = challengeEnd(secrets.linkKey, purpose, challenge, now);
    if (end === undefined || used.has(challenge)) return false;
    used.set(challenge, end);
    return true;
  };
}

type Verified<T> =
  | T
  | { readonly verified: false; readonly registrationInfo?: never; readonly authenticationInfo?: never };

/** The library throws for whatever does not fit; for the sender it is all the same. */
async function verifiedOr<T extends { verified: boolean }>(work: Promise<T>): Promise<Verified<T>> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error) return { verified: false };
    throw error;
  }
}

function badPasskey(): Problem {
  return new Problem('invalid_input', {
    faults: [{ place: 'passkey', code: 'bad_passkey', detail: 'The passkey was not made for this page; try again.' }],
  });
}
