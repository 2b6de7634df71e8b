// Adds a person or a program, with the ledger entry that says who did it.

import { appendEntry } from '../ledger/append.ts';
import type { Db } from '../store/db.ts';
import type { Role, Voice } from './caller.ts';
import { accountSites, accounts } from './tables.ts';

export type NewAccount = {
  readonly login: string;
  readonly name: string;
  readonly nameEn?: string;
  readonly role: Role;
  readonly sites: readonly string[];
  /** `places` when left out. */
  readonly speaks?: Voice;
  readonly organisationId?: number;
  readonly districtId?: number;
  /** Made with the sample district. */
  readonly sample?: boolean;
};

/** The rows of an account, inside the caller's transaction; `passwordHash` null for one that only has tokens. */
export function insertAccount(
  db: Db,
  input: NewAccount & { readonly passwordHash: string | null },
  by: string,
  at: number,
): number {
  const { login, name, nameEn, role, passwordHash, speaks = 'places', organisationId, districtId } = input;
  const { id } = db.orm
    .insert(accounts)
    .values({
      login,
      name,
      nameEn: nameEn ?? null,
      role,
      speaks,
      organisationId: organisationId ?? null,
      districtId: districtId ?? null,
      passwordHash,
      createdAt: at,
      sample: input.sample ?? false,
    })
    .returning({ id: accounts.id })
    .get();
  for (const siteId of new Set(input.sites)) db.orm.insert(accountSites).values({ accountId: id, siteId }).run();
  appendEntry(db, {
    kind: 'account',
    subject: `account/${id}`,
    body: { login, role, sites: [...input.sites], speaks, organisation: organisationId, district: districtId, by },
    at,
  });
  return id;
}
