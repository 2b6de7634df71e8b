// The one-time link with which an empty server gets its administrator.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq, isNull } from 'drizzle-orm';
import { Problem } from '../http/problem.ts';
import { sha256Hex } from '../store/blobs.ts';
import type { Db } from '../store/db.ts';
import { writeTransaction } from '../store/db.ts';
import { accountFaults, type NewAccountInput } from './account.ts';
import { administratorExists, setUpLinkOpen } from './account-store.ts';
import { insertAccount } from './create-account.ts';
import { hashPassword } from './password.ts';
import { setUpLinks } from './tables.ts';

/** The open link's key, made when there is no administrator and no link; undefined once it has been used. Kept in a 0600 file so that every start can print it. */
export function openSetUpLink(db: Db, dataDir: string, now: number): string | undefined {
  const path = join(dataDir, 'set-up-link');
  if (administratorExists(db)) {
    rmSync(path, { force: true });
    return undefined;
  }
  const kept = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (kept !== '' && setUpLinkOpen(db, kept)) return kept;
  const key = randomBytes(24).toString('base64url');
  writeFileSync(path, `${key}\n`, { mode: 0o600 });
  writeTransaction(db, () =>
    db.orm
      .insert(setUpLinks)
      .values({ hash: sha256Hex(key), createdAt: now })
      .run(),
  );
  return key;
}

/** Uses the link: makes the administrator, and never works again. */
export async function useSetUpLink(db: Db, key: string, input: NewAccountInput, now: number): Promise<number> {
  const faults = accountFaults(input);
  if (faults.length > 0) throw new Problem('invalid_input', { faults });
  const passwordHash = await hashPassword(input.password);
  return writeTransaction(db, () => {
    const used = db.orm
      .update(setUpLinks)
      .set({ usedAt: now })
      .where(and(eq(setUpLinks.hash, sha256Hex(key)), isNull(setUpLinks.usedAt)))
      .run();
    if (used.changes !== 1) throw new Problem('not_found');
    return insertAccount(db, { ...input, role: 'admin', sites: [], passwordHash }, 'set-up link', now);
  });
}
