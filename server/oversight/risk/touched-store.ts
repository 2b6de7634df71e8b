// Which places something happened to since the last look, as the ledger tells it.
import type { Db } from '../../store/db.ts';

const entriesAtOnce = 5_000;

/** `until`: the last entry that was looked at; undefined when there was none. */
export function sitesTouched(db: Db, after: number): { readonly sites: string[]; readonly until: number | undefined } {
  const until = db.sqlite
    .prepare('SELECT max(seq) FROM (SELECT seq FROM ledger_entry WHERE seq > ? ORDER BY seq LIMIT ?)')
    .pluck()
    .get(after, entriesAtOnce) as number | null;
  if (until === null) return { sites: [], until: undefined };
  const sites = db.sqlite
    .prepare(
      `WITH said AS (SELECT kind, subject, substr(subject, instr(subject, '/') + 1) AS id FROM ledger_entry
         WHERE seq > @after AND seq <= @until AND kind IN ('verdict', 'order', 'complaint', 'complaint-step', 'lab-test', 'restaurant', 'visit'))
       SELECT r.site_id FROM said JOIN flag f ON f.id = said.id JOIN restaurant r ON r.id = f.restaurant_id WHERE said.kind = 'verdict'
       UNION SELECT r.site_id FROM said JOIN rectification_order o ON o.id = said.id JOIN restaurant r ON r.id = o.restaurant_id WHERE said.kind = 'order'
       UNION SELECT r.site_id FROM said JOIN restaurant r ON r.id = said.id WHERE said.kind = 'restaurant'
       UNION SELECT v.site_id FROM said JOIN visit v ON v.id = said.id WHERE said.kind = 'visit'
       UNION SELECT c.site_id FROM said JOIN complaint c ON c.public_id = said.id WHERE said.kind LIKE 'complaint%' AND c.site_id IS NOT NULL
       -- One that was moved counts no more where it stood before.
       UNION SELECT json_extract(e.body, '$.site') FROM said JOIN ledger_entry e ON e.subject = said.subject
         WHERE said.kind = 'complaint-step' AND e.kind LIKE 'complaint%' AND json_extract(e.body, '$.site') IS NOT NULL
       UNION SELECT s.id FROM said JOIN lot l ON l.code = said.subject JOIN holding h ON h.lot_id = l.id JOIN site s ON s.key = h.site_key
         WHERE said.kind = 'lab-test' AND s.id NOT IN ('unknown', 'transit', 'process')`,
    )
    .pluck()
    .all({ after, until }) as string[];
  return { sites, until };
}
