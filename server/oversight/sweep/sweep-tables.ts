// What is kept of sweeping the streets: the streets with their doors, the shops registered there, and where places lie.
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts, districts } from '../../accounts/tables.ts';
import { doorStates, shopStates } from './shop.ts';

export const streets = sqliteTable(
  'street',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    name: text('name').notNull(),
    districtId: integer('district_id').references(() => districts.id),
    createdAt: integer('created_at').notNull(),
    createdBy: integer('created_by')
      .notNull()
      .references(() => accounts.id),
  },
  (table) => [index('street_district').on(table.districtId)],
);

/** A house number or a shop front: what is to be swept. */
export const streetDoors = sqliteTable(
  'street_door',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    streetId: integer('street_id')
      .notNull()
      .references(() => streets.id),
    label: text('label').notNull(),
    state: text('state', { enum: doorStates }).notNull(),
    shopId: integer('shop_id'),
    at: integer('at'),
    by: integer('by').references(() => accounts.id),
  },
  (table) => [uniqueIndex('street_door_label').on(table.streetId, table.label)],
);

export const sweptShops = sqliteTable(
  'swept_shop',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    /** Of the form it came in: sent twice, it is one. */
    key: text('key').notNull(),
    doorId: integer('door_id').references(() => streetDoors.id),
    districtId: integer('district_id').references(() => districts.id),
    name: text('name').notNull(),
    /** As it is kept of a place; null: the shop has none. */
    licence: text('licence'),
    licenceUntil: text('licence_until'),
    address: text('address').notNull(),
    /** JSON list of kinds. */
    sells: text('sells').notNull(),
    camera: integer('camera', { mode: 'boolean' }).notNull(),
    licencePhoto: text('licence_photo'),
    frontPhoto: text('front_photo'),
    lat: real('lat'),
    lon: real('lon'),
    state: text('state', { enum: shopStates }).notNull(),
    /** JSON: every check with its reason. */
    checks: text('checks').notNull(),
    by: integer('by')
      .notNull()
      .references(() => accounts.id),
    at: integer('at').notNull(),
    decidedBy: integer('decided_by').references(() => accounts.id),
    decidedAt: integer('decided_at'),
    note: text('note'),
    /** The place it became. */
    siteId: text('site_id'),
  },
  (table) => [
    uniqueIndex('swept_shop_key').on(table.key),
    index('swept_shop_licence').on(table.licence),
    index('swept_shop_state').on(table.state, table.id),
  ],
);
