// What is kept of a party, a place and a product.
import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const parties = sqliteTable(
  'party',
  {
    id: integer('id').primaryKey(),
    gln: text('gln'),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    /** Food business licence (食品经营许可证) or the like. */
    licence: text('licence'),
    phone: text('phone'),
  },
  (table) => [uniqueIndex('party_gln').on(table.gln), uniqueIndex('party_licence').on(table.licence)],
);

export const sites = sqliteTable(
  'site',
  {
    /** Small integer that holdings and events join on. */
    key: integer('key').primaryKey(),
    /** The site id of both halves of the house: GLN, or `local:<slug>`. */
    id: text('id').notNull().unique(),
    partyId: integer('party_id').references(() => parties.id),
    name: text('name'),
    nameEn: text('name_en'),
    /** farm, slaughterhouse, importer, wholesaler, market, restaurant … as entered. */
    kind: text('kind'),
    address: text('address'),
    addressEn: text('address_en'),
    phone: text('phone'),
  },
  (table) => [index('site_party').on(table.partyId), index('site_name').on(table.name)],
);

export const products = sqliteTable(
  'product',
  {
    id: integer('id').primaryKey(),
    gtin: text('gtin'),
    /** What a product without a GTIN is called by, such as `local:pork-belly`. */
    ownCode: text('own_code'),
    name: text('name').notNull(),
    nameEn: text('name_en'),
    variety: text('variety'),
    /** UN/CEFACT code balances are kept in; null: pieces. */
    unit: text('unit'),
    /** JSON: unit code → how many of `unit` one of it is, such as {"CS": 12.5}. */
    factors: text('factors').notNull().default('{}'),
    /** What one pack with this GTIN holds several of: the GTIN of the next smaller packing; null: not known to be a pack. */
    unitGtin: text('unit_gtin'),
    coldMinC: real('cold_min_c'),
    coldMaxC: real('cold_max_c'),
    shelfLifeMs: integer('shelf_life_ms'),
  },
  (table) => [
    uniqueIndex('product_gtin').on(table.gtin),
    uniqueIndex('product_own_code').on(table.ownCode),
    index('product_unit_gtin').on(table.unitGtin),
  ],
);
