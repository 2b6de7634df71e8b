// Links that work once: made, looked at, and spent; only the hash of their key is kept.
import { randomBytes } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { sha256Hex } from '../../store/blobs.ts';
import type { Db } from '../../store/db.ts';
import { type linkKinds, oneTimeLinks } from '../tables.ts';

export type OneTimeLink = typeof oneTimeLinks.$inferSelect;
type Kind = (typeof linkKinds)[number];

export const invitationMs = 7 * 24 * 3600_000;
export const resetMs = 24 * 3600_000;

export type NewLink = {
  readonly kind: Kind;
  readonly accountId: number | null;
  readonly offer: unknown;
  readonly by: number | null;
  readonly at: number;
};

/** The key for the address, inside the caller's transaction. A new reset ends the one before. */
export function makeLink(db: Db, { kind, accountId, offer, by, at }: NewLink): string {
  const key = randomBytes(24).toString('base64url');
  if (accountId !== null) endLinks(db, accountId, at);
  const row = { kind, accountId, offer: JSON.stringify(offer), createdBy: by, createdAt: at };
  db.orm
    .insert(oneTimeLinks)
    .values({ ...row, hash: sha256Hex(key), expiresAt: at + (kind === 'reset' ? resetMs : invitationMs) })
    .run();
  return key;
}

export function openLink(db: Db, kind: Kind, key: string, now: number): OneTimeLink | undefined {
  return db.orm
    .select()
    .from(oneTimeLinks)
    .where(
      and(
        eq(oneTimeLinks.hash, sha256Hex(key)),
        eq(oneTimeLinks.kind, kind),
        isNull(oneTimeLinks.usedAt),
        gt(oneTimeLinks.expiresAt, now),
      ),
    )
    .get();
}

/** Spends a link inside the caller's transaction; false: somebody was quicker. */
export function spendLink(db: Db, link: OneTimeLink, accountId: number, at: number): boolean {
  return (
    db.orm
      .update(oneTimeLinks)
      .set({ usedAt: at, accountId })
      .where(and(eq(oneTimeLinks.hash, link.hash), isNull(oneTimeLinks.usedAt)))
      .run().changes === 1
  );
}

/** Ends what is open for an account, inside the caller's transaction. */
export function endLinks(db: Db, accountId: number, at: number): void {
  db.orm
    .update(oneTimeLinks)
    .set({ usedAt: at })
    .where(and(eq(oneTimeLinks.accountId, accountId), isNull(oneTimeLinks.usedAt)))
    .run();
}
