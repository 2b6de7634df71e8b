// Keeps what an event says about the lots that begin with it: production and expiry, origin, certificates.
import type { Caller } from '../../accounts/caller.ts';
import { type Db, prepared } from '../../store/db.ts';
import type { LotFacts } from '../event/event-lot-facts.ts';
import { toldByOthers } from './authority-store.ts';
import type { CaptureRows } from './capture-rows.ts';

type Batch = { readonly db: Db; readonly rows: CaptureRows; readonly caller: Caller | null };

/** What was known of a lot before stays; only what is missing is filled in. */
export function keepLotFacts({ db, rows, caller }: Batch, { begun, said, certificates, pieces }: LotFacts): void {
  const { lot, certificate, link, piece, pieceOnce } = statementsOf(db);
  for (const { piece: one, lot: whole } of pieces) {
    const pieceId = rows.lotRef(one).id;
    // Another maker's piece stays a piece of that maker's lot.
    (toldByOthers(db, caller, pieceId) ? pieceOnce : piece).run(pieceId, rows.lotRef(whole).id);
  }
  for (const epc of begun) {
    const { id } = rows.lotRef(epc);
    if (said !== undefined) lot.run({ id, ...said });
    for (const row of certificates) link.run(id, certificate.get(row));
  }
}

const statementsOf = prepared(prepare);

function prepare({ sqlite }: Db) {
  return {
    lot: sqlite.prepare(
      `UPDATE lot SET produced_at = coalesce(produced_at, @producedAt), expires_at = coalesce(expires_at, @expiresAt),
         origin = coalesce(origin, @origin) WHERE id = @id`,
    ),
    certificate: sqlite
      .prepare(
        `INSERT INTO certificate (kind, number, issuer, uri) VALUES (@kind, @number, @issuer, @uri)
         ON CONFLICT (kind, number) DO UPDATE SET issuer = coalesce(issuer, excluded.issuer) RETURNING id`,
      )
      .pluck(),
    // Whoever speaks last is right: a corrected event comes after the wrong one.
    piece: sqlite.prepare(
      'INSERT INTO lot_piece (piece_id, lot_id) VALUES (?, ?) ON CONFLICT (piece_id) DO UPDATE SET lot_id = excluded.lot_id',
    ),
    pieceOnce: sqlite.prepare('INSERT INTO lot_piece (piece_id, lot_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
    link: sqlite.prepare('INSERT INTO lot_certificate (lot_id, certificate_id) VALUES (?, ?) ON CONFLICT DO NOTHING'),
  };
}
