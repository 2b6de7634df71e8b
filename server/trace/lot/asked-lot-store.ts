// The lot behind whatever was typed, pasted or scanned, or the refusal that says what to do next.

import { Problem } from '../../http/problem.ts';
import type { Db } from '../../store/db.ts';
import type { LotCodeRefusal } from '../code/lot-code.ts';
import { type Lot, searchLot } from './lot-store.ts';

const codeMeanings: Readonly<Record<LotCodeRefusal['fault'], string>> = {
  empty: 'Give a code.',
  too_long: 'The code is too long.',
  control_characters: 'The code contains control characters.',
  no_lot: 'The code names a product without a lot; add the lot.',
  no_product: 'The code names a lot without a product; add the GTIN or the origin.',
  not_a_lot: 'The code names a place or a party, not a lot.',
  check_digit: 'The check digit does not fit.',
  bad_value: 'A part of the code is not written correctly.',
  contradicts: 'Two parts of the code contradict each other.',
  excluded: 'Two parts of the code never stand together.',
  incomplete: 'A part of the code needs another one beside it.',
  bad_link: 'The address is no valid GS1 Digital Link.',
  bad_urn: 'The URN cannot be read.',
};

/** Throws `invalid_input` for a code that cannot be read or fits several lots, `not_found` for an unknown lot; `place` names the input. */
export function findLot(db: Db, input: string, place = 'code'): Lot {
  const search = searchLot(db, input);
  if (search.found === 'one') return search.lot;
  if (search.found === 'none')
    throw new Problem('not_found', { detail: `No lot is registered under ${search.key.slice(0, 200)}.` });
  throw new Problem('invalid_input', {
    faults: [search.found === 'unreadable' ? refusalFault(search.refusal, place) : severalFault(search.lots, place)],
  });
}

export function refusalFault(refusal: LotCodeRefusal, place: string) {
  const found = refusal.found === '' ? '' : ` (${refusal.found})`;
  return { place, code: refusal.fault, detail: `${codeMeanings[refusal.fault]}${found}` };
}

function severalFault(lots: readonly Lot[], place: string) {
  return {
    place,
    code: 'several_lots',
    detail: `${lots.length} lots fit; give one of: ${lots.map(({ code }) => code).join(' ')}`,
  };
}
