// Which lot a single piece (SGTIN) is of, as the event that began the piece says.
import { index, integer, sqliteTable } from 'drizzle-orm/sqlite-core';
import { lots } from '../chain/chain-tables.ts';

export const lotPieces = sqliteTable(
  'lot_piece',
  {
    /** The piece's own row of `lot`. */
    pieceId: integer('piece_id')
      .primaryKey()
      .references(() => lots.id),
    lotId: integer('lot_id')
      .notNull()
      .references(() => lots.id),
  },
  (table) => [index('lot_piece_lot').on(table.lotId)],
);
