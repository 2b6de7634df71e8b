// What may be lost, late and near its end before it is a finding: a row for everything (product 0), one for a product.
import { integer, real, sqliteTable } from 'drizzle-orm/sqlite-core';

export const findingRules = sqliteTable('finding_rule', {
  productId: integer('product_id').primaryKey(),
  /** 0–1 of what was put into a transformation; null: as everything. */
  lossShare: real('loss_share'),
  transitHours: integer('transit_hours'),
  nearDays: integer('near_days'),
});
