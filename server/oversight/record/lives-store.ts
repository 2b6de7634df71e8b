// The rows of the open data: kitchens, what was seen there and what was taken back, as the public may have them.

import type { CsvCell } from '../../http/csv-file.ts';
import { violationKind } from '../../kitchen/violation/violation-kinds.ts';
import type { Db } from '../../store/db.ts';
import { idCell, type LivesFile, type LivesSheet, legendRows, livesDay, livesFiles } from './lives.ts';

const mostKitchens = 50_000;
const mostRows = 500_000;
const yearsMs = 3 * 365 * 86_400_000;

/** `origin`: this server's own address, for whoever wonders where the file is from. */
export function livesSheets(db: Db, { now, origin }: { readonly now: number; readonly origin: string }): LivesSheet[] {
  const since = now - yearsMs;
  const sheet = (file: LivesFile, rows: LivesSheet['rows']): LivesSheet => ({
    file: `${file}.csv`,
    columns: livesFiles[file],
    rows,
  });
  return [
    sheet('businesses', businesses(db)),
    sheet('inspections', inspections(db, since)),
    sheet('violations', violations(db, since)),
    sheet('feed_info', [[livesDay(now), '1.0', 'Bright Kitchen', origin, '']]),
    sheet('legend', legendRows),
    sheet('corrections', corrections(db, since)),
  ];
}

function businesses(db: Db): CsvCell[][] {
  const rows = db.sqlite
    .prepare(
      `SELECT r.site_id, r.name, r.address, coalesce(d.name, ''), '', '', coalesce(p.latitude, ''), coalesce(p.longitude, ''), '',
         coalesce(k.grade, ''), iif(coalesce(p.dine_in, 1) = 1, 'yes', 'no'), coalesce(r.closed_on, '')
       FROM restaurant r LEFT JOIN site_district x ON x.site_id = r.site_id LEFT JOIN district d ON d.id = x.district_id
         LEFT JOIN premises p ON p.site_id = r.site_id LEFT JOIN risk_score k ON k.site_id = r.site_id
       ORDER BY r.id LIMIT ${mostKitchens}`,
    )
    .raw()
    .all() as [string, ...CsvCell[]][];
  return rows.map(([site, ...rest]) => [idCell(site), ...rest]);
}

/** Visits that were published, and reviews of cameras that a person confirmed and nobody took back, with the score after them. */
function inspections(db: Db, since: number): CsvCell[][] {
  const rows = db.sqlite
    .prepare(
      `SELECT * FROM (
         SELECT r.site_id AS site, e.after AS score, e.at, 'camera review' AS description, 'other' AS type
           FROM score_event e JOIN restaurant r ON r.id = e.restaurant_id WHERE e.reason = 'confirmed' AND e.at >= @since
             AND NOT EXISTS (SELECT 1 FROM rectification_order o WHERE o.id = e.order_id AND o.state = 'withdrawn')
         UNION ALL SELECT v.site_id, '', v.closed_at, coalesce(v.result, ''), 'routine' FROM visit v
           WHERE v.state = 'closed' AND v.published_at IS NOT NULL AND v.closed_at >= @since)
       ORDER BY at, site LIMIT ${mostRows}`,
    )
    .all({ since }) as { site: string; score: number | ''; at: number; description: string; type: string }[];
  return rows.map(({ site, score, at, description, type }) => [idCell(site), score, livesDay(at), description, type]);
}

type Ordered = { site: string; at: number; violation: string; closedAt: number | null };

function ordersOf(db: Db, since: number, states: string): Ordered[] {
  return db.sqlite
    .prepare(
      `SELECT r.site_id AS site, o.issued_at AS at, o.violation, o.closed_at AS closedAt
       FROM rectification_order o JOIN restaurant r ON r.id = o.restaurant_id
       WHERE o.issued_at >= ? AND o.state ${states} ORDER BY o.issued_at, o.id LIMIT ${mostRows}`,
    )
    .all(since) as Ordered[];
}

function violations(db: Db, since: number): CsvCell[][] {
  return ordersOf(db, since, "<> 'withdrawn'").map(({ site, at, violation }) => {
    const { zh, en } = violationKind(violation);
    return [idCell(site), livesDay(at), violation, `${en} ${zh}`];
  });
}

/** A verdict that was taken back is out of the other files, and stands here without what it was about. */
function corrections(db: Db, since: number): CsvCell[][] {
  return ordersOf(db, since, "= 'withdrawn'").map(({ site, at, closedAt }) => [
    idCell(site),
    livesDay(at),
    livesDay(closedAt ?? at),
    'violation withdrawn',
  ]);
}
