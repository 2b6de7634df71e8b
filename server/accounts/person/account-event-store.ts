// What was done with an account and to it: written where it happens, read by the person themselves.
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import type { Device } from '../session/open-session.ts';
import { accountEvents, accounts } from '../tables.ts';

export const accountEventKinds = [
  'signed_in',
  'sign_in_failed',
  'second_failed',
  'signed_out',
  'session_ended',
  'signed_out_everywhere',
  'password_changed',
  'reset_link',
  'password_reset',
  'totp_added',
  'totp_removed',
  'passkey_added',
  'passkey_removed',
  'recovery_made',
  'recovery_used',
  'invited',
  'changed',
  'disabled',
  'enabled',
  'token_issued',
  'token_revoked',
] as const;
export type AccountEventKind = (typeof accountEventKinds)[number];

const keptMs = 183 * 24 * 3600_000;

export type NewAccountEvent = {
  /** Null: a name that nobody has. */
  readonly accountId: number | null;
  readonly at: number;
  readonly kind: AccountEventKind;
  readonly device?: Device;
  readonly by?: number;
};

/** Inside the caller's transaction. What is older than half a year goes at the same time. */
export function noteAccountEvent(db: Db, { accountId, at, kind, device, by }: NewAccountEvent): void {
  db.orm
    .delete(accountEvents)
    .where(lt(accountEvents.at, at - keptMs))
    .run();
  db.orm
    .insert(accountEvents)
    .values({
      accountId,
      at,
      kind,
      address: device?.address ?? null,
      agent: device?.agent.slice(0, 300) ?? null,
      by: by ?? null,
    })
    .run();
}

export type AccountEventLine = {
  readonly at: number;
  readonly kind: string;
  readonly address: string | null;
  readonly agent: string | null;
  readonly by: string | null;
};

const mostShown = 100;

/** Of this account alone, newest first. */
export function accountEventsOf(db: Db, accountId: number): AccountEventLine[] {
  return db.orm
    .select({
      at: accountEvents.at,
      kind: accountEvents.kind,
      address: accountEvents.address,
      agent: accountEvents.agent,
      by: accounts.name,
    })
    .from(accountEvents)
    .leftJoin(accounts, eq(accounts.id, accountEvents.by))
    .where(and(eq(accountEvents.accountId, accountId)))
    .orderBy(desc(accountEvents.id))
    .limit(mostShown)
    .all();
}
