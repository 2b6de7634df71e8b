// Pieces and their lots: what a scanned piece belongs to, and the pieces a recall of a lot has to reach.
import { type Db, prepared } from '../../store/db.ts';
import { namesOfLot, standsFor } from './lot-merge-store.ts';

/** The lot a piece is of, by row ids; undefined for what is no piece or was never said to be of a lot. */
export function lotIdOfPiece(db: Db, pieceId: number): number | undefined {
  return db.sqlite.prepare('SELECT lot_id FROM lot_piece WHERE piece_id = ?').pluck().get(pieceId) as
    | number
    | undefined;
}

/** The lot itself, the codes that were merged into it, the same batch in larger and smaller packings, and the pieces of all. */
export function lotAndPieces(db: Db, lotId: number): number[] {
  const own = namesOfLot(db, standsFor(db, lotId));
  const names = [...new Set([...own, ...own.flatMap((id) => packingsOf(db, id)).flatMap((id) => namesOfLot(db, id))])];
  const pieces = db.sqlite
    .prepare('SELECT piece_id FROM lot_piece WHERE lot_id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(names)) as number[];
  return [...names, ...pieces];
}

// A pallet of cases of boxes of packs of pieces.
const mostLevels = 8;

/** The same batch under the GTINs of larger and smaller packings of its product; none where nobody said what a pack holds. */
export function packingsOf(db: Db, lotId: number): number[] {
  return statementsOf(db).packings.all({ lotId, most: mostLevels }) as number[];
}

const statementsOf = prepared((db: Db) => ({
  packings: db.sqlite
    .prepare(
      `WITH RECURSIVE family(gtin, level) AS (
         SELECT gtin, 0 FROM lot WHERE id = @lotId AND gtin IS NOT NULL AND batch IS NOT NULL
         UNION SELECT p.unit_gtin, f.level + 1 FROM family f CROSS JOIN product p ON p.gtin = f.gtin
           WHERE p.unit_gtin IS NOT NULL AND f.level < @most
         UNION SELECT p.gtin, f.level + 1 FROM family f CROSS JOIN product p ON p.unit_gtin = f.gtin WHERE f.level < @most)
       SELECT DISTINCT o.id FROM lot l CROSS JOIN family f
         CROSS JOIN lot o ON o.code = 'https://id.gs1.org/01/' || f.gtin || '/10/' || substr(l.code, length('https://id.gs1.org/01/' || l.gtin || '/10/') + 1)
       WHERE l.id = @lotId AND o.id <> l.id AND o.kind = 'lot' ORDER BY o.id`,
    )
    .pluck(),
}));
