// Every event that names a lot, for its history.
import type { EventLine } from '../../../views/trace/bench/bench-events.tsx';
import type { Db } from '../../store/db.ts';
import { hashUri } from '../chain/chain-store.ts';
import { placesOf } from '../place/place-store.ts';

export const listedEvents = 400;

type HistoryRow = {
  id: number;
  at: number;
  step: string | null;
  kind: string;
  siteId: string | null;
  hash: Buffer;
  voidedBy: number | null;
};

/** Every event that names a lot, voided ones too, newest first; those of a code that stood for it once are its no more. */
export function eventsOfLot(db: Db, lotId: number): EventLine[] {
  const rows = db.sqlite
    .prepare(
      `SELECT e.id, e.at, e.biz_step AS step, e.kind, e.hash, e.voided_by AS voidedBy, s.id AS siteId
       FROM (SELECT x.event_id AS id FROM holding h CROSS JOIN edge_in x ON x.holding_id = h.id AND x.voided_by IS NOT x.event_id WHERE h.lot_id = @lotId
         UNION SELECT x.event_id FROM holding h CROSS JOIN edge_out x ON x.holding_id = h.id AND x.voided_by IS NOT x.event_id WHERE h.lot_id = @lotId
         UNION SELECT event_id FROM mention WHERE lot_id = @lotId) n
       CROSS JOIN event e ON e.id = n.id LEFT JOIN site s ON s.key = coalesce(e.biz_location_key, e.read_point_key)
       ORDER BY e.at DESC, e.id DESC LIMIT @limit`,
    )
    .all({ lotId, limit: listedEvents }) as HistoryRow[];
  const places = placesOf(db, [...new Set(rows.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])))]);
  return rows.map(({ id, at, step, kind, siteId, hash, voidedBy }) => ({
    id,
    at,
    step: kind === 'TransformationEvent' ? 'transforming' : step,
    kind,
    place: siteId === null ? null : (places.get(siteId) ?? null),
    hash: hashUri(hash),
    voided: voidedBy === null ? 'valid' : 'voided',
  }));
}
