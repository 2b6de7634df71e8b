// What accounts keep: people and programs, the sites they belong to, sessions, tokens, the set-up link.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { roles } from './caller.ts';

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
