// The rules of loss, transit and expiry as they stand, and the products that have their own.
import type { Db } from '../../store/db.ts';
import { type LossRules, lossRules, type RuleRow } from './loss.ts';

export function readRules(db: Db): LossRules {
  return lossRules(
    db.sqlite
      .prepare(
        'SELECT product_id AS productId, loss_share AS lossShare, transit_hours AS transitHours, near_days AS nearDays FROM finding_rule',
      )
      .all() as RuleRow[],
  );
}

export type NamedRule = RuleRow & {
  readonly name: string;
  readonly nameEn: string | null;
  readonly gtin: string | null;
};

/** Products with a rule of their own, by name. */
export function namedRules(db: Db): NamedRule[] {
  return db.sqlite
    .prepare(
      `SELECT r.product_id AS productId, r.loss_share AS lossShare, r.transit_hours AS transitHours, r.near_days AS nearDays,
         p.name, p.name_en AS nameEn, p.gtin
       FROM finding_rule r CROSS JOIN product p ON p.id = r.product_id ORDER BY p.name LIMIT 500`,
    )
    .all() as NamedRule[];
}

/** The product under a GTIN or an own code. */
export function productIdOf(db: Db, code: string): number | undefined {
  return db.sqlite.prepare('SELECT id FROM product WHERE gtin = ? OR own_code = ? LIMIT 1').pluck().get(code, code) as
    | number
    | undefined;
}
