// Questions asked of the accounts: by login, by session, by token; everybody for the people page.
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { sha256Hex } from '../store/blobs.ts';
import { type Db, prepared } from '../store/db.ts';
import type { Caller, District, Role } from './caller.ts';
import { voiceOf } from './place/voice.ts';
import { accounts, setUpLinks } from './tables.ts';

export type AccountRow = typeof accounts.$inferSelect;

export function accountByLogin(db: Db, login: string): AccountRow | undefined {
  return db.orm
    .select()
    .from(accounts)
    .where(eq(sql`lower(${accounts.login})`, login.toLowerCase()))
    .get();
}

export function accountById(db: Db, id: number): AccountRow | undefined {
  return db.orm.select().from(accounts).where(eq(accounts.id, id)).get();
}

export function callerBySession(db: Db, cookie: string, now: number): Caller | null {
  const ask = hotStatements(db);
  const row = ask.bySession.get(sha256Hex(cookie), now) as CallerRow | undefined;
  return row === undefined ? null : callerOf(ask, row, 'session');
}

export function callerByToken(db: Db, token: string): Caller | null {
  const ask = hotStatements(db);
  const row = ask.byToken.get(sha256Hex(token)) as CallerRow | undefined;
  return row === undefined ? null : callerOf(ask, row, 'token');
}

/** An account as it may act now, without its being there: for what it asked to be done later. Null once it is disabled. */
export function callerOfAccount(db: Db, accountId: number): Caller | null {
  const ask = hotStatements(db);
  const row = ask.byId.get(accountId) as CallerRow | undefined;
  return row === undefined ? null : callerOf(ask, row, 'token');
}

type CallerRow = Pick<AccountRow, 'id' | 'name' | 'nameEn' | 'role' | 'speaks' | 'organisationId' | 'districtId'>;

function callerOf(ask: ReturnType<typeof prepareHot>, row: CallerRow, via: Caller['via']): Caller {
  const { id, name, nameEn, role, organisationId } = row;
  const sites = ask.sitesOfAccount.all(id) as string[];
  const grants = ask.grants.all({ id, organisationId }) as string[];
  const common = {
    id,
    name,
    nameEn,
    role,
    sites,
    grants,
    organisationId,
    speaks: voiceOf(role, row.speaks, sites),
    via,
  };
  const district = row.districtId === null ? undefined : districtOf(ask, row.districtId);
  return district === undefined ? common : { ...common, district };
}

function districtOf(ask: ReturnType<typeof prepareHot>, id: number): District | undefined {
  const row = ask.district.get(id) as Omit<District, 'sites'> | undefined;
  return row === undefined ? undefined : { ...row, sites: ask.sitesOfDistrict.all(id) as string[] };
}

/** Asked with every request: building the text of the question took longer than the answer. */
const hotStatements = prepared(prepareHot);

const callerColumns = `a.id, a.name, a.name_en AS nameEn, a.role, a.speaks, a.organisation_id AS organisationId,
  a.district_id AS districtId`;
// A city district of a large city has some 20,000 food businesses.
const mostSitesOfDistrict = 50_000;

function prepareHot({ sqlite }: Db) {
  return {
    bySession: sqlite.prepare(
      `SELECT ${callerColumns} FROM session s JOIN account a ON a.id = s.account_id
       WHERE s.hash = ? AND s.stage = 'full' AND s.expires_at > ? AND a.disabled_at IS NULL`,
    ),
    byToken: sqlite.prepare(
      `SELECT ${callerColumns} FROM token t JOIN account a ON a.id = t.account_id
       WHERE t.hash = ? AND t.revoked_at IS NULL AND a.disabled_at IS NULL`,
    ),
    byId: sqlite.prepare(`SELECT ${callerColumns} FROM account a WHERE a.id = ? AND a.disabled_at IS NULL`),
    sitesOfAccount: sqlite.prepare('SELECT site_id FROM account_site WHERE account_id = ? ORDER BY site_id').pluck(),
    grants: sqlite
      .prepare(
        `SELECT place FROM place_grant WHERE account_id = @id AND ended_at IS NULL
         UNION SELECT place FROM place_grant WHERE organisation_id = @organisationId AND ended_at IS NULL`,
      )
      .pluck(),
    district: sqlite.prepare('SELECT id, name, name_en AS nameEn FROM district WHERE id = ?'),
    sitesOfDistrict: sqlite
      .prepare(`SELECT site_id FROM site_district WHERE district_id = ? LIMIT ${mostSitesOfDistrict}`)
      .pluck(),
  };
}

export function sitesOf(db: Db, accountId: number): string[] {
  return hotStatements(db).sitesOfAccount.all(accountId) as string[];
}

export function firstAccountOfRole(db: Db, role: Role): AccountRow | undefined {
  return db.orm
    .select()
    .from(accounts)
    .where(and(eq(accounts.role, role), isNull(accounts.disabledAt)))
    .orderBy(asc(accounts.id))
    .get();
}

export function administratorExists(db: Db): boolean {
  return firstAccountOfRole(db, 'admin') !== undefined;
}

export function setUpLinkOpen(db: Db, key: string): boolean {
  const row = db.orm
    .select()
    .from(setUpLinks)
    .where(and(eq(setUpLinks.hash, sha256Hex(key)), isNull(setUpLinks.usedAt)))
    .get();
  return row !== undefined;
}

/** Names of accounts by id, for pages that show who did something. */
export function namesOf(db: Db, ids: readonly number[]): Map<number, string> {
  if (ids.length === 0) return new Map();
  const rows = db.orm
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, [...new Set(ids)]))
    .all();
  return new Map(rows.map((row) => [row.id, row.name]));
}
