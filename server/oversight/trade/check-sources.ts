// Looks by the clock for goods received from a place that nobody registered: a finding of the buyer until it is registered.
import { dayMs } from '../../clock.ts';
import type { Deps } from '../../deps.ts';
import { writeTransaction } from '../../store/db.ts';
import { edgeRoles } from '../../trace/event/chain-links.ts';
import { keepFindings } from '../../trace/finding/finding-store.ts';

const lookBackMs = 30 * dayMs;
const mostPairs = 20_000;

type Pair = { readonly buyer: number; readonly sourceId: string; readonly name: string; readonly at: number };

/** The job `check-sources`; how many pairs of buyer and unregistered source there are. */
export function checkSources({ db, clock }: Pick<Deps, 'db' | 'clock'>): number {
  const now = clock();
  const pairs = db.sqlite
    .prepare(
      `SELECT h.site_key AS buyer, f.id AS sourceId, coalesce(f.name, f.id) AS name, min(o.at) AS at
       FROM event e INDEXED BY event_at CROSS JOIN edge_out o ON o.event_id = e.id AND o.role = ${edgeRoles.received} AND o.voided_by IS NULL
         JOIN holding h ON h.id = o.holding_id
         JOIN edge_in i ON i.event_id = o.event_id AND i.strand = o.strand AND i.role = ${edgeRoles.received} AND i.voided_by IS NULL
         JOIN holding g ON g.id = i.holding_id JOIN site f ON f.key = g.site_key
       WHERE e.at >= ? AND f.party_id IS NULL AND f.id NOT IN ('unknown', 'transit', 'process')
         AND NOT EXISTS (SELECT 1 FROM restaurant r WHERE r.site_id = f.id)
       GROUP BY h.site_key, f.key LIMIT ${mostPairs}`,
    )
    .all(now - lookBackMs) as Pair[];
  const found = pairs.map(({ buyer, sourceId, name, at }) => ({
    kind: 'unregistered_source' as const,
    subject: `unregistered_source/${buyer}/${sourceId}`,
    lotId: null,
    siteKey: buyer,
    eventId: null,
    at,
    detail: { name },
  }));
  writeTransaction(db, () => {
    const open = db.sqlite
      .prepare("SELECT subject FROM finding WHERE kind = 'unregistered_source' AND closed_at IS NULL")
      .pluck()
      .all() as string[];
    keepFindings(db, [...new Set([...open, ...found.map(({ subject }) => subject)])], found, now);
  });
  return pairs.length;
}
