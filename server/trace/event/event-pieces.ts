// Which lot the pieces that an event begins are of: by its lot number, or by the batch in a piece's own link.

import { lotCodeFromGtinAndBatch } from '../code/lot-code.ts';
import type { Epc, EpcisEvent } from './event.ts';
import { lotMasterData } from './event-master-data.ts';
import { epcOf } from './gs1-epc.ts';

export type PieceOfLot = { readonly piece: Epc; readonly lot: Epc };

/** Batches are 1 to 20 characters of CSET 82 (GS1 General Specifications §7.11). */
const batchShape = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/;

/** `begun`: what the event brings into being. Pieces without a GTIN belong to nothing that could be named. */
export function piecesOfLots(event: Pick<EpcisEvent, 'ilmd' | 'context'>, begun: readonly Epc[]): PieceOfLot[] {
  const pieces = begun.filter(({ kind, gtin }) => kind === 'instance' && gtin !== undefined);
  if (pieces.length === 0) return [];
  const said = event.ilmd === undefined ? undefined : lotMasterData(event).lotNumber;
  return pieces.flatMap((piece): PieceOfLot[] => {
    const batch = batchInLink(piece.given) ?? said;
    if (batch === undefined || piece.gtin === undefined || !batchShape.test(batch)) return [];
    return [{ piece, lot: epcOf(lotCodeFromGtinAndBatch(piece.gtin, batch)) }];
  });
}

/** `…/01/{gtin}/10/{batch}/21/{serial}`: the piece names its batch itself. */
function batchInLink(given: string): string | undefined {
  const found = /^https?:\/\/.*\/(?:01|gtin)\/\d{8,14}\/(?:10|lot)\/([^/?#]+)\/(?:21|ser)\//.exec(given)?.[1];
  try {
    return found === undefined ? undefined : decodeURIComponent(found);
  } catch {
    return undefined;
  }
}
