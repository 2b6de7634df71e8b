// From whom one can order, and what: places of partners who have an account, and what was bought of them before.
import type { Db } from '../../store/db.ts';

const mostSuppliers = 300;
const mostProducts = 200;

/** Site ids: those ordered from lately first, then by name. An account there is needed, else nobody would read the order. */
export function suppliersFor(db: Db, sites: readonly string[]): string[] {
  return db.sqlite
    .prepare(
      `SELECT x.site_id FROM account_site x JOIN account a ON a.id = x.account_id AND a.disabled_at IS NULL AND a.role = 'partner'
         LEFT JOIN site s ON s.id = x.site_id
         LEFT JOIN (SELECT supplier, max(id) AS last FROM purchase_order
           WHERE buyer IN (SELECT value FROM json_each(@sites)) GROUP BY supplier) o ON o.supplier = x.site_id
       WHERE x.site_id NOT IN (SELECT value FROM json_each(@sites))
       GROUP BY x.site_id ORDER BY o.last DESC NULLS LAST, coalesce(s.name, x.site_id) LIMIT ${mostSuppliers}`,
    )
    .pluck()
    .all({ sites: JSON.stringify(sites) }) as string[];
}

/** Names of goods these places ordered before. */
export function productsOrdered(db: Db, sites: readonly string[]): string[] {
  return db.sqlite
    .prepare(
      `SELECT l.product FROM purchase_order o JOIN purchase_line l ON l.order_id = o.id
       WHERE o.buyer IN (SELECT value FROM json_each(?)) GROUP BY l.product ORDER BY max(l.id) DESC LIMIT ${mostProducts}`,
    )
    .pluck()
    .all(JSON.stringify(sites)) as string[];
}
