// What accounts keep: people and programs, the sites they belong to, sessions, tokens, the set-up link.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { roles, voices } from './caller.ts';

/** A company, school or authority whose people act for one another. */
export const organisations = sqliteTable(
  'organisation',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('organisation_name').on(table.name)],
);

/** A part of the city. An inspector or reviewer of one sees and acts there alone. */
export const districts = sqliteTable(
  'district',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('district_name').on(table.name)],
);

export const siteDistricts = sqliteTable(
  'site_district',
  {
    siteId: text('site_id').primaryKey(),
    districtId: integer('district_id')
      .notNull()
      .references(() => districts.id),
  },
  (table) => [index('site_district_district').on(table.districtId)],
);

export const accounts = sqliteTable(
  'account',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** What is typed at sign-in, compared without case. */
    login: text('login').notNull(),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    role: text('role', { enum: roles }).notNull(),
    /** scrypt, in PHC form; null for an account that only has tokens. */
    passwordHash: text('password_hash'),
    createdAt: integer('created_at').notNull(),
    disabledAt: integer('disabled_at'),
    /** Made with the sample district, its password known to everybody. */
    sample: integer('sample', { mode: 'boolean' }).notNull().default(false),
    /** Null for accounts of earlier versions: see voiceOf in place/voice.ts. */
    speaks: text('speaks', { enum: voices }),
    organisationId: integer('organisation_id').references(() => organisations.id),
    /** Of an inspector or reviewer; null: the whole city. */
    districtId: integer('district_id').references(() => districts.id),
  },
  (table) => [uniqueIndex('account_login').on(sql`lower(${table.login})`)],
);

export const accountSites = sqliteTable(
  'account_site',
  {
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    siteId: text('site_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.siteId] }), index('account_site_site').on(table.siteId)],
);

/** Places beyond its own that an account or its whole organisation speaks for; ended, never deleted. */
export const placeGrants = sqliteTable(
  'place_grant',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    accountId: integer('account_id').references(() => accounts.id),
    organisationId: integer('organisation_id').references(() => organisations.id),
    /** A site id, or the first 4–12 digits of GLNs: a company's prefix. */
    place: text('place').notNull(),
    grantedAt: integer('granted_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('place_grant_account').on(table.accountId).where(sql`ended_at IS NULL`),
    index('place_grant_organisation').on(table.organisationId).where(sql`ended_at IS NULL`),
  ],
);

export const sessions = sqliteTable(
  'session',
  {
    /** SHA-256 of the cookie's value. */
    hash: text('hash').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('session_account').on(table.accountId), index('session_expiry').on(table.expiresAt)],
);

export const tokens = sqliteTable('token', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  hash: text('hash').notNull().unique(),
  accountId: integer('account_id')
    .notNull()
    .references(() => accounts.id),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
  revokedAt: integer('revoked_at'),
});

export const setUpLinks = sqliteTable('set_up_link', {
  hash: text('hash').primaryKey(),
  createdAt: integer('created_at').notNull(),
  usedAt: integer('used_at'),
});
