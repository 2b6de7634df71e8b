// The second factors an account has.
import { and, asc, count, eq, isNotNull } from 'drizzle-orm';
import { type Db, prepared } from '../../store/db.ts';
import { passkeys, recoveryCodes, totps } from '../tables.ts';

export type PasskeyLine = {
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
};

export type Factors = {
  /** Since when the authenticator app is in use; null: none. */
  readonly totpSince: number | null;
  readonly passkeys: readonly PasskeyLine[];
  readonly recoveryLeft: number;
  /** Whether the account ever had recovery codes, used up or not. */
  readonly recovery: 'made' | 'never';
};

export function factorsOf(db: Db, accountId: number): Factors {
  const keys = db.orm
    .select({ id: passkeys.id, name: passkeys.name, createdAt: passkeys.createdAt, lastUsedAt: passkeys.lastUsedAt })
    .from(passkeys)
    .where(eq(passkeys.accountId, accountId))
    .orderBy(asc(passkeys.createdAt))
    .all();
  const { made, used } = db.orm
    .select({ made: count(), used: count(recoveryCodes.usedAt) })
    .from(recoveryCodes)
    .where(eq(recoveryCodes.accountId, accountId))
    .get() ?? { made: 0, used: 0 };
  return {
    totpSince: totpSince(db, accountId),
    passkeys: keys,
    recoveryLeft: made - used,
    recovery: made > 0 ? 'made' : 'never',
  };
}

export function hasFactor(db: Db, accountId: number): boolean {
  if (totpSince(db, accountId) !== null) return true;
  return (
    db.orm.select({ id: passkeys.id }).from(passkeys).where(eq(passkeys.accountId, accountId)).limit(1).get() !==
    undefined
  );
}

/**
 * Whether a demand for a second factor is met: by one that is there, or by an account of the sample district, whose
 * password everybody knows and whose factor would be whoever's came first. Asked with every request.
 */
export function meetsDemand(db: Db, accountId: number): boolean {
  return demandStatement(db).get({ accountId }) === 1;
}

const demandStatement = prepared(({ sqlite }: Db) =>
  sqlite
    .prepare(
      `SELECT sample OR EXISTS (SELECT 1 FROM totp WHERE account_id = @accountId AND confirmed_at IS NOT NULL)
         OR EXISTS (SELECT 1 FROM passkey WHERE account_id = @accountId)
       FROM account WHERE id = @accountId`,
    )
    .pluck(),
);

function totpSince(db: Db, accountId: number): number | null {
  const row = db.orm
    .select({ since: totps.confirmedAt })
    .from(totps)
    .where(and(eq(totps.accountId, accountId), isNotNull(totps.confirmedAt)))
    .get();
  return row?.since ?? null;
}
