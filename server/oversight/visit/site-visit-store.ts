// Which places were visited lately: what a draw leaves out of its pool.
import type { Db } from '../../store/db.ts';
import type { VisitReasonKind, VisitResult } from './visit.ts';

export function visitedSince(db: Db, at: number): ReadonlySet<string> {
  const rows = db.sqlite.prepare(`SELECT DISTINCT site_id FROM visit WHERE state = 'closed' AND closed_at >= ?`);
  return new Set(rows.pluck().all(at) as string[]);
}

export type VisitOfSite = { readonly id: number; readonly siteId: string; readonly result: VisitResult | null };

/** The visits that something asked for, such as `draw/3`, by site. */
export function visitsOfRef(db: Db, kind: VisitReasonKind, ref: string): ReadonlyMap<string, VisitOfSite> {
  const rows = db.sqlite
    .prepare(
      `SELECT v.id, v.site_id AS siteId, v.result FROM visit_reason r JOIN visit v ON v.id = r.visit_id
       WHERE r.kind = ? AND r.ref = ?`,
    )
    .all(kind, ref) as VisitOfSite[];
  return new Map(rows.map((row) => [row.siteId, row]));
}
