// Pieces and their lots: what a scanned piece belongs to, and the pieces a recall of a lot has to reach.
import type { Db } from '../../store/db.ts';
import { namesOfLot, standsFor } from './lot-merge-store.ts';

/** The lot a piece is of, by row ids; undefined for what is no piece or was never said to be of a lot. */
export function lotIdOfPiece(db: Db, pieceId: number): number | undefined {
  return db.sqlite.prepare('SELECT lot_id FROM lot_piece WHERE piece_id = ?').pluck().get(pieceId) as
    | number
    | undefined;
}

/** The lot itself, the codes that were merged into it, and its pieces. */
export function lotAndPieces(db: Db, lotId: number): number[] {
  const names = namesOfLot(db, standsFor(db, lotId));
  const pieces = db.sqlite
    .prepare('SELECT piece_id FROM lot_piece WHERE lot_id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(names)) as number[];
  return [...names, ...pieces];
}
