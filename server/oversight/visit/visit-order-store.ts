// Orders that visits led to: those of a place, and one of them.
import type { Db } from '../../store/db.ts';
import type { visitOrders } from './visit-tables.ts';

export type VisitOrder = Omit<typeof visitOrders.$inferSelect, 'items'> & { readonly items: readonly string[] };

const columns = `o.id, o.visit_id AS visitId, o.site_id AS siteId, o.items, o.state, o.issued_at AS issuedAt, o.due_at AS dueAt,
  o.answer, o.photo_hash AS photoHash, o.answered_at AS answeredAt, o.answered_by AS answeredBy, o.accepted_at AS acceptedAt`;
const mostOrders = 100;

export function orderById(db: Db, id: number): VisitOrder | undefined {
  const row = db.sqlite.prepare(`SELECT ${columns} FROM visit_order o WHERE o.id = ?`).get(id);
  return row === undefined ? undefined : read(row);
}

/** Of these places; those still open first, then the newest. */
export function ordersOfSites(db: Db, sites: readonly string[]): VisitOrder[] {
  const rows = db.sqlite
    .prepare(
      `SELECT ${columns} FROM visit_order o WHERE o.site_id IN (SELECT value FROM json_each(?))
       ORDER BY o.state = 'accepted', o.id DESC LIMIT ${mostOrders}`,
    )
    .all(JSON.stringify(sites));
  return rows.map(read);
}

/** The order a visit issued or looked at again. */
export function orderOfVisit(
  db: Db,
  visit: { readonly id: number; readonly rechecksOrder: number | null },
): VisitOrder | undefined {
  const id = db.sqlite.prepare('SELECT id FROM visit_order WHERE visit_id = ?').pluck().get(visit.id) as
    | number
    | undefined;
  const order = id ?? visit.rechecksOrder;
  return order === null ? undefined : orderById(db, order);
}

function read(row: unknown): VisitOrder {
  const { items, ...order } = row as VisitOrder & { items: string };
  return { ...order, items: JSON.parse(items) as string[] };
}
