// What is kept of a notice: its words, who was told by which way, when they read it, and how each person wants to be told.
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { deliveryStates, noticeChannels, noticeKinds } from './notice.ts';

export const notices = sqliteTable(
  'notice',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Unguessable; what a receiver of webhooks knows it by. */
    publicId: text('public_id').notNull().unique(),
    /** The same key is the same notice, told once. */
    key: text('key'),
    kind: text('kind', { enum: noticeKinds }).notNull(),
    title: text('title').notNull(),
    titleEn: text('title_en'),
    body: text('body').notNull(),
    bodyEn: text('body_en'),
    href: text('href'),
    /** JSON of whom it was for. */
    audience: text('audience').notNull(),
    /** Null: the house said it. */
    accountId: integer('account_id'),
    at: integer('at').notNull(),
  },
  (table) => [
    uniqueIndex('notice_key').on(table.key).where(sql`key IS NOT NULL`),
    index('notice_account').on(table.accountId),
  ],
);

export const noticeReaders = sqliteTable(
  'notice_reader',
  {
    noticeId: integer('notice_id')
      .notNull()
      .references(() => notices.id),
    accountId: integer('account_id').notNull(),
    readAt: integer('read_at'),
  },
  (table) => [
    primaryKey({ columns: [table.noticeId, table.accountId] }),
    index('notice_reader_account').on(table.accountId, table.noticeId),
    index('notice_reader_unread').on(table.accountId).where(sql`read_at IS NULL`),
  ],
);

/** One way out of the house to one person: tried until it is taken, or dead. */
export const noticeDeliveries = sqliteTable(
  'notice_delivery',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** The same however often it is tried. */
    deliveryId: text('delivery_id').notNull().unique(),
    noticeId: integer('notice_id')
      .notNull()
      .references(() => notices.id),
    accountId: integer('account_id').notNull(),
    channel: text('channel', { enum: noticeChannels }).notNull(),
    state: text('state', { enum: deliveryStates }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    nextTryAt: integer('next_try_at').notNull(),
    endedAt: integer('ended_at'),
    /** Why the last try failed. */
    fault: text('fault'),
  },
  (table) => [
    uniqueIndex('notice_delivery_way').on(table.noticeId, table.accountId, table.channel),
    index('notice_delivery_due').on(table.nextTryAt).where(sql`state = 'waiting'`),
    index('notice_delivery_dead').on(table.noticeId).where(sql`state = 'dead'`),
  ],
);

/** How a person wants to be told; without a row: in the app alone, in Chinese. */
export const noticeSettings = sqliteTable('notice_setting', {
  accountId: integer('account_id').primaryKey(),
  lang: text('lang', { enum: ['zh-CN', 'en'] }).notNull(),
  email: text('email'),
  webhook: text('webhook'),
  /** What webhooks are signed with, sealed. */
  sealedToken: text('sealed_token'),
  /** Minutes after midnight, Beijing time; equal: no quiet hours. */
  quietFrom: integer('quiet_from').notNull(),
  quietUntil: integer('quiet_until').notNull(),
  at: integer('at').notNull(),
});
