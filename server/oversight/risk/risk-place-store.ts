// The places that are scored: every kitchen, and every supplier of the chain that is known by name.
import type { Db } from '../../store/db.ts';
import type { Grade } from './risk.ts';

export type ScoredPlace = {
  readonly site: string;
  readonly kind: 'kitchen' | 'supplier';
  /** As it stands; null before the first score. */
  readonly grade: Grade | null;
  readonly since: number | null;
  /** When it was visited last; it says when the next visit is due, and plays no part in the score. */
  readonly visitedAt: number | null;
};

/** All when `sites` is left out. */
export function placesToScore(db: Db, sites: readonly string[] | undefined): ScoredPlace[] {
  return db.sqlite
    .prepare(
      `SELECT p.site, p.kind, coalesce(k.grade, g.grade) AS grade, coalesce(k.grade_since, g.at) AS since,
         (SELECT max(v.closed_at) FROM visit v WHERE v.site_id = p.site) AS visitedAt FROM (
         SELECT site_id AS site, 'kitchen' AS kind FROM restaurant WHERE closed_on IS NULL
         UNION ALL SELECT s.id, 'supplier' FROM site s WHERE s.name IS NOT NULL AND s.id NOT IN ('unknown', 'transit', 'process')
           AND NOT EXISTS (SELECT 1 FROM restaurant r WHERE r.site_id = s.id)) p
       LEFT JOIN risk_score k ON k.site_id = p.site
       -- A kitchen that opens again stands where it stood: closing for a day washes no grade off.
       LEFT JOIN risk_grade g ON k.site_id IS NULL AND g.id = (SELECT max(id) FROM risk_grade WHERE site_id = p.site)
       WHERE @all OR p.site IN (SELECT value FROM json_each(@sites)) ORDER BY p.site`,
    )
    .all({ all: sites === undefined ? 1 : 0, sites: JSON.stringify(sites ?? []) }) as ScoredPlace[];
}
