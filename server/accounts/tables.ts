// What accounts keep: people and programs, the sites they belong to, sessions, tokens, the set-up link.
import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
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
    /** `second`: the password was right, and the second factor is still asked for. */
    stage: text('stage', { enum: ['full', 'second'] })
      .notNull()
      .default('full'),
    /** Where it was opened from and with which browser, as its owner is shown them. */
    address: text('address'),
    agent: text('agent'),
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

export const linkKinds = ['invitation', 'reset'] as const;

/** A link that works once: it makes an account, or gives one a new password. */
export const oneTimeLinks = sqliteTable(
  'one_time_link',
  {
    /** SHA-256 of the key in its address. */
    hash: text('hash').primaryKey(),
    kind: text('kind', { enum: linkKinds }).notNull(),
    /** Whose password it resets; whom an invitation became, once it is used. */
    accountId: integer('account_id').references(() => accounts.id),
    /** JSON: what an invitation offers (see person/invitation.ts), or what a reset also does. */
    offer: text('offer').notNull(),
    createdBy: integer('created_by'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [index('one_time_link_account').on(table.accountId)],
);

/** What was done with an account and to it, as its owner may read it; kept for half a year. */
export const accountEvents = sqliteTable(
  'account_event',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Null: somebody tried to sign in under a name that nobody has. */
    accountId: integer('account_id').references(() => accounts.id),
    at: integer('at').notNull(),
    kind: text('kind').notNull(),
    address: text('address'),
    agent: text('agent'),
    /** Who did it, where it was not the account itself. */
    by: integer('by'),
  },
  (table) => [index('account_event_account').on(table.accountId, table.id), index('account_event_at').on(table.at)],
);

/** The secret of an authenticator app, sealed; unconfirmed until a first code has fitted. */
export const totps = sqliteTable('totp', {
  accountId: integer('account_id')
    .primaryKey()
    .references(() => accounts.id),
  secret: text('secret').notNull(),
  createdAt: integer('created_at').notNull(),
  confirmedAt: integer('confirmed_at'),
  /** The 30-second step of the last code used: none is taken twice. */
  lastStep: integer('last_step').notNull().default(0),
});

export const passkeys = sqliteTable(
  'passkey',
  {
    /** The credential's id, base64url. */
    id: text('id').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    name: text('name').notNull(),
    publicKey: blob('public_key', { mode: 'buffer' }).notNull(),
    counter: integer('counter').notNull(),
    /** JSON list. */
    transports: text('transports').notNull(),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
  },
  (table) => [index('passkey_account').on(table.accountId)],
);

/** Codes on paper for the day the phone is lost; each works once. */
export const recoveryCodes = sqliteTable(
  'recovery_code',
  {
    hash: text('hash').primaryKey(),
    accountId: integer('account_id')
      .notNull()
      .references(() => accounts.id),
    createdAt: integer('created_at').notNull(),
    usedAt: integer('used_at'),
  },
  (table) => [index('recovery_code_account').on(table.accountId)],
);

/** Who has been shown the first steps of their role: each account once. */
export const firstStepsShown = sqliteTable('first_steps_shown', {
  accountId: integer('account_id')
    .primaryKey()
    .references(() => accounts.id),
  at: integer('at').notNull(),
});
