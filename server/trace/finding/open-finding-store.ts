// The open findings about given lots.
import type { FindingSaid } from '../../../views/trace/finding/finding-text.ts';
import type { Db } from '../../store/db.ts';
import { placesOf } from '../place/place-store.ts';

const mostFindings = 50;

/** Open findings about these lots, newest first. */
export function findingsOf(db: Db, lotIds: readonly number[]): (FindingSaid & { readonly at: number })[] {
  const rows = db.sqlite
    .prepare(
      `SELECT f.kind, f.detail, f.at, s.id AS siteId FROM json_each(?) j CROSS JOIN finding f ON f.lot_id = j.value AND f.closed_at IS NULL
       LEFT JOIN site s ON s.key = f.site_key ORDER BY f.at DESC LIMIT ?`,
    )
    .all(JSON.stringify(lotIds), mostFindings) as { kind: string; detail: string; at: number; siteId: string | null }[];
  const places = placesOf(db, [...new Set(rows.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])))]);
  return rows.map(({ kind, detail, at, siteId }) => ({
    kind,
    at,
    values: JSON.parse(detail) as FindingSaid['values'],
    place: siteId === null ? null : (places.get(siteId) ?? null),
  }));
}
