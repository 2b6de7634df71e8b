// Adds an authenticator app to an account, takes its codes, each once, and removes it.
import { and, eq, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Deps } from '../../deps.ts';
import { Problem } from '../../http/problem.ts';
import { appendEntry } from '../../ledger/append.ts';
import { type Db, writeTransaction } from '../../store/db.ts';
import { seal, unseal } from '../../store/seal.ts';
import { noteAccountEvent } from '../person/account-event-store.ts';
import type { Device } from '../session/open-session.ts';
import { totps } from '../tables.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';

type TotpDeps = Pick<Deps, 'db' | 'clock' | 'secrets'>;
type Person = { readonly id: number; readonly login: string };

export type TotpOffer = { readonly secret: string; readonly uri: string };

/** The secret to be put into an app: the one begun before, so that a page can be opened again. Undefined when one is in use. */
export function offerTotp(deps: TotpDeps, { id, login }: Person): TotpOffer | undefined {
  const { db } = deps;
  const row = rowOf(db, id);
  if (row !== undefined && row.confirmedAt !== null) return undefined;
  const secret = row === undefined ? beginTotp(deps, id) : unseal(deps.secrets.sealKey, placeOf(id), row.secret);
  return { secret, uri: totpUri(secret, login) };
}

/** Takes the first code: from now on it is asked for. Throws Problem `invalid_input` when it does not fit. */
export function confirmTotp(deps: TotpDeps, accountId: number, code: string, device: Device): void {
  const { db, clock, secrets } = deps;
  const row = rowOf(db, accountId);
  if (row === undefined || row.confirmedAt !== null) throw new Problem('conflict');
  const at = clock();
  const step = stepOfCode(unseal(secrets.sealKey, placeOf(accountId), row.secret), code, at);
  if (step === undefined) throw wrongCode();
  writeTransaction(db, () => {
    const done = db.orm
      .update(totps)
      .set({ confirmedAt: at, lastStep: step })
      .where(and(eq(totps.accountId, accountId), isNull(totps.confirmedAt)))
      .run();
    if (done.changes !== 1) throw new Problem('conflict');
    noteAccountEvent(db, { accountId, at, kind: 'totp_added', device });
    appendEntry(db, { kind: 'account', subject: `account/${accountId}`, body: { factor: 'totp', added: true }, at });
  });
}

/** Whether the code is right and was not used before; it is used up by asking. */
export function useTotp({ db, clock, secrets }: TotpDeps, accountId: number, code: string): boolean {
  const row = rowOf(db, accountId);
  if (row === undefined || row.confirmedAt === null) return false;
  const step = stepOfCode(unseal(secrets.sealKey, placeOf(accountId), row.secret), code, clock());
  if (step === undefined) return false;
  const used = writeTransaction(db, () =>
    db.orm
      .update(totps)
      .set({ lastStep: step })
      .where(and(eq(totps.accountId, accountId), isNotNull(totps.confirmedAt), lt(totps.lastStep, step)))
      .run(),
  );
  return used.changes === 1;
}

/** Inside the caller's transaction. */
export function removeTotp(db: Db, accountId: number): void {
  db.orm.delete(totps).where(eq(totps.accountId, accountId)).run();
}

export function wrongCode(): Problem {
  return new Problem('invalid_input', {
    faults: [
      { place: 'code', code: 'wrong_code', detail: 'This code does not fit; wait for the next one and type it.' },
    ],
  });
}

function beginTotp({ db, clock, secrets }: TotpDeps, accountId: number): string {
  const secret = newTotpSecret();
  const sealed = seal(secrets.sealKey, placeOf(accountId), secret);
  writeTransaction(db, () => db.orm.insert(totps).values({ accountId, secret: sealed, createdAt: clock() }).run());
  return secret;
}

function rowOf(db: Db, accountId: number) {
  return db.orm.select().from(totps).where(eq(totps.accountId, accountId)).get();
}

function placeOf(accountId: number) {
  return { table: 'totp', row: accountId, column: 'secret' };
}
