// People as the administrator sees them: the list, one of them with their tokens, and the organisations they belong to.
import { asc, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../store/db.ts';
import { type AccountRow, accountById, sitesOf } from '../account-store.ts';
import { hasFactor } from '../factor/factor-store.ts';
import { grantsTo } from '../place/grant-places.ts';
import { voiceOf } from '../place/voice.ts';
import { accounts, districts, organisations, tokens } from '../tables.ts';

export type Person = Omit<AccountRow, 'passwordHash' | 'speaks'> & {
  readonly sites: readonly string[];
  readonly speaks: 'everywhere' | 'places';
  readonly organisation: string | null;
  readonly district: { readonly name: string; readonly nameEn: string | null } | null;
};

/** A file of it has no more; whoever reads it is told on the page. */
export const longestPeopleList = 2_000;

export function everybody(db: Db): Person[] {
  const rows = db.orm
    .select()
    .from(accounts)
    .orderBy(asc(accounts.role), asc(accounts.login))
    .limit(longestPeopleList)
    .all();
  return rows.map((row) => personOf(db, row));
}

export type PersonRecord = Person & {
  readonly grants: readonly string[];
  readonly factor: 'yes' | 'no';
  /** A program's account has none, and nothing to reset. */
  readonly password: 'yes' | 'no';
  readonly tokens: readonly {
    readonly id: number;
    readonly name: string;
    readonly createdAt: number;
    readonly revokedAt: number | null;
  }[];
};

export function personById(db: Db, id: number): PersonRecord | undefined {
  const row = accountById(db, id);
  if (row === undefined) return undefined;
  const { id: _id, ...token } = tokensColumns;
  return {
    ...personOf(db, row),
    grants: grantsTo(db, { accountId: id }),
    factor: hasFactor(db, id) ? 'yes' : 'no',
    password: row.passwordHash === null ? 'no' : 'yes',
    tokens: db.orm
      .select({ id: tokens.id, ...token })
      .from(tokens)
      .where(eq(tokens.accountId, id))
      .orderBy(desc(tokens.id))
      .limit(100)
      .all(),
  };
}

const tokensColumns = {
  id: tokens.id,
  name: tokens.name,
  createdAt: tokens.createdAt,
  revokedAt: tokens.revokedAt,
} as const;

export function organisationName(db: Db, id: number | null): string | null {
  if (id === null) return null;
  return db.orm.select().from(organisations).where(eq(organisations.id, id)).get()?.name ?? null;
}

/** Names to choose from. */
export function organisationNames(db: Db): string[] {
  return db.orm
    .select({ name: organisations.name })
    .from(organisations)
    .orderBy(asc(organisations.name))
    .limit(longestPeopleList)
    .all()
    .map(({ name }) => name);
}

function personOf(db: Db, { passwordHash: _secret, speaks, ...row }: AccountRow): Person {
  const sites = sitesOf(db, row.id);
  const district =
    row.districtId === null
      ? undefined
      : db.orm
          .select({ name: districts.name, nameEn: districts.nameEn })
          .from(districts)
          .where(inArray(districts.id, [row.districtId]))
          .get();
  return {
    ...row,
    sites,
    speaks: voiceOf(row.role, speaks, sites),
    organisation: organisationName(db, row.organisationId),
    district: district ?? null,
  };
}
