// Which lots a span of events speaks of, voided events of theirs included: what was worked out about other lots still holds.
import type { Db } from '../../store/db.ts';

/** Of the events after `from` and up to `until`; both are event ids. */
export function lotsTouched(db: Db, from: number, until: number): number[] {
  return db.sqlite
    .prepare(
      `SELECT DISTINCT h.lot_id FROM (
         SELECT holding_id FROM edge_in WHERE event_id > @from AND event_id <= @until
         UNION SELECT holding_id FROM edge_out WHERE event_id > @from AND event_id <= @until
         UNION SELECT i.holding_id FROM event e CROSS JOIN event v ON v.voided_by = e.id CROSS JOIN edge_in i ON i.event_id = v.id
           WHERE e.id > @from AND e.id <= @until AND e.declared_at > 0
         UNION SELECT o.holding_id FROM event e CROSS JOIN event v ON v.voided_by = e.id CROSS JOIN edge_out o ON o.event_id = v.id
           WHERE e.id > @from AND e.id <= @until AND e.declared_at > 0
       ) t CROSS JOIN holding h ON h.id = t.holding_id CROSS JOIN lot l ON l.id = h.lot_id WHERE l.kind <> 'process'`,
    )
    .pluck()
    .all({ from, until }) as number[];
}
