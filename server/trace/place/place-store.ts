// Finds how places are named and where they lie, many at once.
import type { PlaceName } from '../../../views/trace/parts.tsx';
import type { Db } from '../../store/db.ts';

export function placesOf(db: Db, siteIds: readonly string[]): Map<string, PlaceName> {
  const rows = db.sqlite
    .prepare(
      `SELECT s.id, s.name, s.name_en AS nameEn, s.kind, s.address, s.address_en AS addressEn FROM json_each(?) j CROSS JOIN site s ON s.id = j.value`,
    )
    .all(JSON.stringify(siteIds)) as PlaceName[];
  return new Map(rows.map((row) => [row.id, row]));
}

/** The telephone of each place, or of who is behind it; places without one are left out. */
export function contactsOf(db: Db, siteIds: readonly string[]): Map<string, string> {
  const rows = db.sqlite
    .prepare(
      `SELECT s.id, coalesce(s.phone, p.phone) AS phone FROM json_each(?) j CROSS JOIN site s ON s.id = j.value
         LEFT JOIN party p ON p.id = s.party_id WHERE coalesce(s.phone, p.phone) IS NOT NULL`,
    )
    .all(JSON.stringify(siteIds)) as { id: string; phone: string }[];
  return new Map(rows.map(({ id, phone }) => [id, phone]));
}

/** Whether a place is registered, or goods were ever told of there. */
export function isOnRecord(db: Db, siteId: string): boolean {
  const row = db.sqlite
    .prepare(
      `SELECT 1 FROM site s WHERE s.id = ?
         AND (s.party_id IS NOT NULL OR EXISTS (SELECT 1 FROM holding h WHERE h.site_key = s.key))`,
    )
    .get(siteId);
  return row !== undefined;
}
