// What several tests of lot-sheet.test.ts share.
import { checkLots } from '../../server/trace/import/import-lots.ts';
import type { LotSheet } from '../../server/trace/import/lot-sheet.ts';

export const gtin = '6901234567892';

export const uri = (lot: string) => `https://id.gs1.org/01/0${gtin}/10/${lot}`;

export function check(text: string): LotSheet {
  return checkLots(Buffer.from(text));
}

/** `B2 fault cut_code`, of the sheet and its rows. */
export function told(sheet: LotSheet): string[] {
  return [...sheet.found, ...sheet.rows.flatMap(({ found }) => found)].map(
    ({ cell, level, code }) => `${cell} ${level} ${code}`,
  );
}
