// Which lot the pieces that an event begins are of: by its lot number, or by the batch in a piece's own link.

import type { Epc, EpcisEvent } from './event.ts';
import { lotMasterData } from './event-master-data.ts';
import { epcOf } from './gs1-epc.ts';

export type PieceOfLot = { readonly piece: Epc; readonly lot: Epc };

/** What a lot can be called: one that GS1 has no characters for gets a code of our own. */
const batchShape = /^\P{Cc}{1,128}$/u;

/** `begun`: what the event brings into being. Pieces without a GTIN belong to nothing that could be named. */
export function piecesOfLots(event: Pick<EpcisEvent, 'ilmd' | 'context'>, begun: readonly Epc[]): PieceOfLot[] {
  const pieces = begun.filter(({ kind, gtin }) => kind === 'instance' && gtin !== undefined);
  if (pieces.length === 0) return [];
  const said = event.ilmd === undefined ? undefined : lotMasterData(event).lotNumber?.text;
  return pieces.flatMap((piece): PieceOfLot[] => {
    const batch = batchInLink(piece.given) ?? said;
    if (batch === undefined || piece.gtin === undefined || !batchShape.test(batch)) return [];
    return [{ piece, lot: epcOf(`https://id.gs1.org/01/${piece.gtin}/10/${encodeURIComponent(batch)}`) }];
  });
}

/** The batch a thing is named with: its own, or the one in a piece's link. */
export function batchOf({ lot, given }: Epc): string | undefined {
  return lot ?? batchInLink(given);
}

/** What an event brings into being. */
export function begunBy(
  event: Pick<EpcisEvent, 'kind' | 'epcs' | 'quantities' | 'outputs' | 'outputQuantities'>,
): Epc[] {
  const [single, counted] =
    event.kind === 'TransformationEvent' ? [event.outputs, event.outputQuantities] : [event.epcs, event.quantities];
  return [...single, ...counted.map(({ epcClass }) => epcClass)];
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
