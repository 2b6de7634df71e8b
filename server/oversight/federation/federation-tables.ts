// What is kept of the servers of districts: where they are, which places each tells of, what came, and recalls carried there.
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const federatedServers = sqliteTable('federated_server', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
  nameEn: text('name_en'),
  /** Origin, such as https://binjiang.example.cn. */
  address: text('address').notNull(),
  /** What this server calls with there. */
  sealedToken: text('sealed_token').notNull(),
  /** What its deliveries are signed with. */
  sealedKey: text('sealed_key').notNull(),
  /** The unguessable part of the address it delivers to. */
  inbox: text('inbox').notNull().unique(),
  /** Under which its events are captured: their author here. */
  accountId: integer('account_id').notNull(),
  addedAt: integer('added_at').notNull(),
  addedBy: integer('added_by').notNull(),
  removedAt: integer('removed_at'),
});

/** How it stands with a server just now. */
export const federatedContacts = sqliteTable('federated_contact', {
  serverId: integer('server_id').primaryKey(),
  subscription: text('subscription'),
  /** The last delivery, and the last answer to a call. */
  heardAt: integer('heard_at'),
  answeredAt: integer('answered_at'),
  fault: text('fault'),
  faultDetail: text('fault_detail'),
  faultAt: integer('fault_at'),
  /** 1: it is asked for its history again, from the beginning. */
  again: integer('again').notNull().default(0),
});

export const federatedDeliveries = sqliteTable(
  'federated_delivery',
  {
    serverId: integer('server_id').notNull(),
    /** The sender's own name of it: the same at every try. */
    deliveryId: text('delivery_id').notNull(),
    captureId: text('capture_id'),
    accepted: integer('accepted').notNull(),
    known: integer('known').notNull(),
    /** Events about places of another server, which were left out. */
    foreign: integer('foreign_count').notNull(),
    refused: integer('refused').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.serverId, table.deliveryId] })],
);

/** The server that tells of a place: the first that did. */
export const federatedSites = sqliteTable(
  'federated_site',
  {
    siteId: text('site_id').primaryKey(),
    serverId: integer('server_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [index('federated_site_server').on(table.serverId)],
);

/** A place of one server that another tells of too: its events are left out until somebody has settled whose it is. */
export const federatedDisputes = sqliteTable(
  'federated_dispute',
  {
    siteId: text('site_id').notNull(),
    /** Who tells of it besides. */
    serverId: integer('server_id').notNull(),
    events: integer('events').notNull(),
    firstAt: integer('first_at').notNull(),
    lastAt: integer('last_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.siteId, table.serverId] })],
);

export const carryStates = ['waiting', 'open', 'refused', 'closed'] as const;

/** A recall of this server carried to another: one lot of its scope that is or was at places of that server. */
export const federatedRecalls = sqliteTable(
  'federated_recall',
  {
    id: integer('id').primaryKey(),
    recallId: integer('recall_id').notNull(),
    serverId: integer('server_id').notNull(),
    code: text('code').notNull(),
    state: text('state', { enum: carryStates }).notNull(),
    /** What it is called there. */
    remoteId: text('remote_id'),
    /** 1: it was begun there from here, so that its end is carried too; null: it was open there already. */
    begun: integer('begun'),
    fault: text('fault'),
    at: integer('at').notNull(),
  },
  (table) => [uniqueIndex('federated_recall_lot').on(table.recallId, table.serverId, table.code)],
);

/** An answer of a holder there, brought here. */
export const federatedAnswers = sqliteTable(
  'federated_answer',
  {
    carriedId: integer('carried_id').notNull(),
    remoteId: integer('remote_id').notNull(),
    siteId: text('site_id').notNull(),
    /** 0: this server told no holder of that place, so it stands here alone. */
    taken: integer('taken').notNull(),
    /** What it is here. */
    answerId: integer('answer_id'),
    takenBackAt: integer('taken_back_at'),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.carriedId, table.remoteId] })],
);
